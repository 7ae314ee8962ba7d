/** Events that the host's own code tells of: durable before they count, and run as those of services are. */
import { manifestIn } from '@flowdeck/connect';
import {
  type Engine,
  type EventTrigger,
  FlowdeckError,
  type FlowInfo,
  type JsonData,
  type Value,
} from '@flowdeck/engine';
import { closest, decodeValue, encodeValue, isPlainObject } from '@flowdeck/engine/kit';
import type { HostCode } from '../codes.js';
import { inputsKnownTo } from '../events/flow-inputs.js';
import type { Acceptance, NewEvent } from '../events/types.js';

/** What the host's own code says of an event. */
export interface EmitOptions {
  /** Tells it from others of its name: one that was emitted before is not run again, for 7 days. Default: it is like no other. */
  readonly id?: string;
  /** Events of one key are run one after the other. Default: beside all others. */
  readonly key?: string;
}

/** What an event brings, by key; members of an object whose key is a group of the flow are the inputs of that group. */
export type EventInputs = Readonly<Record<string, Value>>;

/** What became of an event for one of the flows that hear it. */
export interface EmittedEvent {
  /** Id of the flow. */
  readonly flow: string;
  /** `repeated`: it has one of that id already. `conflict`: it has one of that id with other inputs. */
  readonly kind: Acceptance['kind'];
  /** Of its run; null: there is none. */
  readonly runId: string | null;
}

/** The flows that hear an event of the host's own. */
export function flowsThatHear(triggers: ReadonlyMap<string, EventTrigger>, name: string): readonly string[] {
  const own = [...triggers].filter(([, { connector }]) => connector === undefined);
  const found = own.flatMap(([flow, trigger]) => (trigger.name === name ? [flow] : []));
  if (found.length === 0) throw eventUnknown(`No flow hears an event ${JSON.stringify(name)}`, name, namesOf(own));
  return found;
}

function namesOf(triggers: readonly (readonly [string, EventTrigger])[]): readonly string[] {
  return [...new Set(triggers.map(([, { name }]) => name))];
}

/** Of a trigger that names what the connector does not have, or a connector that nobody has loaded. */
export function nothingOfThatName(engine: Engine, connector: string, name: string): FlowdeckError {
  const manifest = manifestIn(engine, connector);
  if (manifest === null) {
    return new FlowdeckError<HostCode>('event-unknown', `There is no connector ${JSON.stringify(connector)}.`, {
      hint: 'Load its package or directory with --pack.',
    });
  }
  const known = [...(manifest.events ?? []), ...(manifest.polls ?? [])].map(({ key }) => key);
  return eventUnknown(`Connector "${connector}" has no event or poll ${JSON.stringify(name)}`, name, known);
}

function eventUnknown(message: string, name: string, known: readonly string[]): FlowdeckError {
  const meant = closest(name, known);
  return new FlowdeckError<HostCode>('event-unknown', `${message}.`, {
    hint: meant === null ? `There are: ${known.join(', ') || 'none'}.` : `Did you mean ${JSON.stringify(meant)}?`,
  });
}

/** @throws ConversionError for inputs that cannot be kept. */
export function emittedEvent(flow: string, inputs: EventInputs, { id, key }: EmitOptions): NewEvent {
  const kept = encodeValue(inputs);
  return {
    flow,
    id: id ?? null,
    key: key ?? null,
    data: { inputs: kept },
    content: id === undefined ? null : JSON.stringify(kept),
  };
}

export function emittedOf(flow: string, taken: Acceptance): EmittedEvent {
  return { flow, kind: taken.kind, runId: taken.kind === 'accepted' ? taken.event.runId : null };
}

/** What was emitted, as far as the flow has inputs for it. */
export function givenTo(flow: FlowInfo, kept: JsonData): EventInputs {
  const given = decodeValue(kept);
  return inputsKnownTo(flow, isPlainObject(given) ? given : {});
}
