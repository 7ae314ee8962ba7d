/** Who registers at a service, and what a registration was made for: by that it is ended when its flow has changed or is gone. */
import { manifestIn, type RegistrationPolicy } from '@flowdeck/connect';
import type { DataObject, Engine, JsonData } from '@flowdeck/engine';
import { type ConnectorEvent, deepEqual } from '@flowdeck/engine/kit';
import type { ConnectedFlow } from '../serve/connected-flows.js';
import { isObject } from './delivery.js';

/** The subscription of a flow, or what is left of one. */
export interface Registrant extends Pick<ConnectedFlow, 'connector' | 'connection' | 'options' | 'engine' | 'deck'> {
  readonly flow: { readonly id: string };
  readonly event: ConnectorEvent;
}

type Hooks = Pick<ConnectorEvent, 'register' | 'exists' | 'renew' | 'deregister'>;

/** What is kept of a registrant beside its registration. */
export interface RegisteredFor {
  readonly flow: string;
  /** Of the connector that registered, for people. */
  readonly version: string;
  /** Of its flows. */
  readonly revision: string;
  /** The flows that registered, and that end it. */
  readonly hooks: Hooks;
  /** Another subject is another registration. */
  readonly subject: Subject;
}

interface Subject {
  readonly connector: string;
  readonly event: string;
  readonly scope: 'flow' | 'app';
  readonly connection: string;
  readonly options: DataObject;
}

export function registeredForOf(registrant: Registrant): RegisteredFor {
  const { flow, connector, engine, deck, event } = registrant;
  const { register, exists, renew, deregister } = event;
  return {
    flow: flow.id,
    version: manifestIn(engine, connector)?.version ?? '',
    revision: deck.revision,
    hooks: Object.fromEntries(
      Object.entries({ register, exists, renew, deregister }).filter(([, id]) => id !== undefined),
    ),
    subject: webhookSubject(registrant),
  };
}

function webhookSubject({ connector, event, connection, options }: Registrant): Subject {
  // Options stand in a document, which is JSON.
  const settled = options as DataObject;
  return { connector, event: event.key, scope: event.delivery?.scope ?? 'flow', connection, options: settled };
}

/** Whether both would register the same. */
export function isSameSubject(one: Registrant, other: Registrant): boolean {
  return deepEqual({ ...webhookSubject(one) }, { ...webhookSubject(other) });
}

/** Whether the registrant would register what was. */
export function isRegisteredFor({ subject }: RegisteredFor, registrant: Registrant): boolean {
  return deepEqual({ ...subject }, { ...webhookSubject(registrant) });
}

/** Why nobody can end a registration. */
export interface Nobody {
  readonly reason: string;
}

/** Who ends what was registered, with the connector as it is now. */
export function registrantOf({ flow, version, hooks, subject }: RegisteredFor, engine: Engine): Registrant | Nobody {
  const { connector, event: key, connection, options } = subject;
  const manifest = manifestIn(engine, connector);
  const by = `It was made by version ${version} of the connector "${connector}"`;
  if (manifest === null) return { reason: `${by}, which is not there.` };
  const deck = engine.connector(connector);
  const event = manifest.events?.find((each) => each.key === key) ?? { key, flow: '', ...hooks };
  const { deregister } = event;
  if (deregister !== undefined && !deck.flows.some(({ id }) => id === deregister)) {
    return { reason: `${by}, and the one that is there has no flow "${deregister}".` };
  }
  return { flow: { id: flow }, connector, connection, options, engine, deck, event };
}

/** What was kept; null: an earlier version of the host kept the registration alone. */
export function keptRegisteredFor(kept: JsonData | undefined): RegisteredFor | null {
  // We have written it: the log's checksum vouches for it.
  return isObject(kept) ? (kept as unknown as RegisteredFor) : null;
}

/** What the connector of a registrant can do. */
export function policyOf({ event: { exists, renew, deregister } }: Registrant): RegistrationPolicy {
  return { exists: exists !== undefined, renew: renew !== undefined, deregister: deregister !== undefined };
}
