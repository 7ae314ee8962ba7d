/** What starts a flow, and what it gets: the start card as type, inputs and options of the flow. */
import type { Field } from '@flowdeck/engine';
import { type DeckFlow, fieldName, isUnsafeKey } from '@flowdeck/engine/kit';
import { isObject, type JsonObject, member, textOf } from '../json.js';
import { isFork, isKind, nameOf, type RawCard, type RawFlow, type RawGraph, type Sequence } from '../read/index.js';
import { fieldOf, isUnset } from './types.js';

export interface Trigger {
  readonly type: DeckFlow['type'];
  /** The graph that holds the cards: the flow's own, or that of an event wrapper. */
  readonly graph: RawGraph;
  readonly isWrapped: boolean;
  /** The card that is the source of events. */
  readonly event: RawCard | null;
  readonly inputs: readonly Field[];
  readonly options: readonly Field[];
  /** Renamed start values: tokens of a reference by the field's own name. */
  readonly startNames: ReadonlyMap<string, readonly string[]>;
}

/** Roles of a connector's flows, by the address in the metadata of their start cards. */
const CONNECTOR_TYPES: Readonly<Record<string, DeckFlow['type']>> = {
  connector_action: 'action',
  connector_authping: 'authping',
  connector_child_flo: 'helper',
  connector_revoke: 'revoke',
  connector_webhook: 'webhook',
  connector_webhook_register: 'webhook-register',
  connector_webhook_deregister: 'webhook-deregister',
  connector_polling: 'polling',
};

export function triggerOf(flow: RawFlow, graph: RawGraph): Trigger {
  const start = graph.start;
  const plain = { graph, isWrapped: false, event: null, inputs: [], options: [], startNames: new Map() };
  if (!start) return { ...plain, type: 'manual' };
  if (start.kind.channel !== null && start.model['webhook'] === true) return eventTrigger(graph, start);
  if (isKind(start, 'http:accept'))
    return { ...plain, type: 'api', inputs: declared(start, wiredFields(graph, start)) };
  if (isKind(start, 'http:delegated')) return { ...plain, type: 'delegated', inputs: declared(start) };
  if (!isKind(start, 'control:callable')) return { ...plain, type: 'manual' };
  const role = connectorRole(start);
  if (role !== null) return connectorTrigger(plain, start, role);
  const type = flow.settings['scheduled'] === true || !isUnset(flow.settings['cron']) ? 'schedule' : 'helper';
  return { ...plain, type, inputs: declared(start) };
}

function connectorRole(start: RawCard): DeckFlow['type'] | null {
  const address = textOf(member(start.model['meta'], 'type'), 'address');
  return address === undefined ? null : (CONNECTOR_TYPES[address] ?? 'helper');
}

function isContext(field: { readonly group: string | null }): boolean {
  return field.group === 'context';
}

function declared(start: RawCard, wanted: (name: string) => boolean = () => true): Field[] {
  const fields = start.outputs
    .filter((field) => !isContext(field) && isSafe(field) && wanted(nameOf(field)))
    .map((field) => fieldOf(field));
  return unique(fields);
}

function isSafe(field: { readonly group: string | null; readonly key: string }): boolean {
  return !isUnsafeKey(field.key) && !isUnsafeKey(field.group ?? '') && field.key.trim() !== '';
}

function unique(fields: readonly Field[]): Field[] {
  return [...new Map(fields.map((field) => [fieldName(field), field])).values()];
}

/** The whole request is always there; a signature that is for people names it only when the flow reads it. */
function wiredFields(graph: RawGraph, start: RawCard): (name: string) => boolean {
  const wired = new Set<string>();
  for (const inputs of graph.pins.values()) {
    for (const pins of inputs.values()) {
      for (const pin of pins) if (pin.from === start) wired.add(nameOf(pin.output));
    }
  }
  return (name) => !name.startsWith('raw/') || wired.has(name);
}

/** An event flow is a wrapper of the event card and a loop over its deliveries, whose block holds all that is visible. */
function eventTrigger(graph: RawGraph, event: RawCard): Trigger {
  const block = wrappedBlock(graph.sequence, event);
  const common = { type: 'event', event, options: [], startNames: new Map() } as const;
  if (!block) return { ...common, graph, isWrapped: false, inputs: declared(event) };
  return { ...common, graph: block, isWrapped: true, inputs: block.start ? declared(block.start) : [] };
}

function wrappedBlock(sequence: Sequence, event: RawCard): RawGraph | null {
  const [first, loop, more] = sequence;
  if (first !== event || loop === undefined || more !== undefined || isFork(loop)) return null;
  if (!isKind(loop, 'list:asyncEach')) return null;
  return loop.inputs.find((field) => field.key === 'flo')?.block ?? null;
}

/** In a connector's flow, the connection is a root of references, and fields are named by their labels. */
function connectorTrigger(plain: Omit<Trigger, 'type'>, start: RawCard, type: DeckFlow['type']): Trigger {
  const startNames = new Map<string, readonly string[]>();
  const inputs: Field[] = [];
  const options: Field[] = [];
  for (const field of start.outputs) {
    if (isContext(field) || !isSafe(field)) continue;
    if (field.group === 'auth' && field.key === 'blob') {
      startNames.set(nameOf(field), ['connection']);
      continue;
    }
    const isOption = field.group === 'Options';
    const list = isOption ? options : inputs;
    const label = field.metadata['groupKey'] === undefined ? undefined : textOf(field.metadata, 'displayname');
    const isLabelled = label !== undefined && label.trim() !== '' && !isUnsafeKey(label);
    const own = isLabelled ? fieldOf(field, label, null) : fieldOf(field);
    if ([...inputs, ...options].some((other) => fieldName(other) === fieldName(own))) continue;
    list.push(own);
    if (isLabelled) startNames.set(nameOf(field), [isOption ? 'options' : 'inputs', label]);
  }
  return { ...plain, type, inputs, options, startNames };
}

/** The schedule of a flow as a cron expression of five parts. */
export function scheduleOf(settings: JsonObject): DeckFlow['schedule'] | null {
  const { cron } = settings;
  if (!isObject(cron) || Object.keys(cron).length === 0) return null;
  const parts = ['minutes', 'hours', 'dayOfTheMonth', 'month', 'dayOfTheWeek'].map((part) => textOf(cron, part) || '*');
  const zone = textOf(cron, 'timeZone');
  return { cron: parts.join(' '), ...(zone === undefined || zone === '' ? {} : { timeZone: zone }) };
}
