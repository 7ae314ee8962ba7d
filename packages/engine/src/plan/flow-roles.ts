/** Holds the flows of a connector against the roles that its manifest gives them. */
import type { ConnectorDocument } from '../document/connector-types.js';
import type { DeckDocument, DeckFlow, FlowType } from '../document/types.js';
import { fieldName } from '../values/index.js';
import type { PlanDiagnostics } from './plan-diagnostics.js';
import { Spot } from './spot.js';

/** The types that a flow of each role may have. */
const ROLES = {
  authping: ['authping'],
  revoke: ['revoke'],
  httpHelper: ['helper'],
  actions: ['action'],
  event: ['webhook'],
  register: ['webhook-register'],
  exists: ['helper'],
  renew: ['helper'],
  deregister: ['webhook-deregister'],
  poll: ['polling'],
  config: ['helper'],
  lookup: ['helper', 'action'],
  action: ['action'],
} as const satisfies Record<string, readonly FlowType[]>;
type Role = keyof typeof ROLES;

/** Roles of flows that are run with a connection and nothing else. */
const ALONE: ReadonlySet<Role> = new Set(['authping', 'revoke']);

/** Types of which the manifest names every flow, and what becomes of one that it does not name. */
const NAMED: Readonly<Partial<Record<FlowType, { readonly use: string; readonly hint: (id: string) => string }>>> = {
  action: { use: 'no card is made of it', hint: (id) => `Add "${id}" to "actions" of the manifest.` },
  authping: { use: 'nobody runs it', hint: (id) => `Write "authping": "${id}" there.` },
  revoke: { use: 'nobody runs it', hint: (id) => `Write "revoke": "${id}" there.` },
  webhook: { use: 'no delivery reaches it', hint: (id) => `Add {"key": "${id}", "flow": "${id}"} to "events" there.` },
  'webhook-register': { use: 'nobody runs it', hint: (id) => `Write "register": "${id}" at the event it is for.` },
  'webhook-deregister': { use: 'nobody runs it', hint: (id) => `Write "deregister": "${id}" at the event it is for.` },
  polling: { use: 'nobody runs it', hint: (id) => `Add {"key": "${id}", "flow": "${id}"} to "polls" there.` },
};

/** A flow that the manifest names, and where. */
interface RoleNaming {
  readonly role: Role;
  readonly id: string;
  readonly spot: Spot;
}

/**
 * Reports `flow-role` and `duplicate-event`, and warns with `flow-without-role` of a flow that has the type of a role
 * and that the manifest does not name. `checkName` is asked about every flow that it names.
 */
export function checkRoles(
  { connector, flows }: DeckDocument,
  report: PlanDiagnostics,
  checkName: (id: string, spot: Spot) => void,
): void {
  if (!connector) return;
  const known = new Map(flows.map((flow) => [flow.id, flow]));
  const named = new Set<string>();
  for (const { role, id, spot } of namingsOf(connector)) {
    checkName(id, spot);
    // That something is said about an action makes no card of it.
    if (role !== 'action') named.add(id);
    const flow = known.get(id);
    if (flow) checkRole(role, flow, spot, report);
  }
  checkActionsOnce(connector, report);
  checkKeys(connector, report);
  for (const [index, flow] of flows.entries()) {
    if (!named.has(flow.id)) reportUnnamed(flow, Spot.root().at('flows').at(index).inFlow(flow.id), report);
  }
}

/** All flows that a manifest names, in its order. */
function namingsOf({
  flows,
  config = [],
  events = [],
  polls = [],
  lookups = [],
  requests = [],
}: ConnectorDocument): readonly RoleNaming[] {
  const root = Spot.root().at('connector');
  const named = (role: Role, id: string | undefined, spot: Spot): readonly RoleNaming[] =>
    id === undefined ? [] : [{ role, id, spot }];
  return [
    ...config.flatMap(({ flow }, index) => named('config', flow, root.at('config').at(index).at('flow'))),
    ...(['authping', 'revoke', 'httpHelper'] as const).flatMap((role) =>
      named(role, flows[role], root.at('flows').at(role)),
    ),
    ...(flows.actions ?? []).flatMap((id, index) => named('actions', id, root.at('flows').at('actions').at(index))),
    ...events.flatMap((event, index) => {
      const spot = root.at('events').at(index);
      const further = (['register', 'exists', 'renew', 'deregister'] as const).flatMap((role) =>
        named(role, event[role], spot.at(role)),
      );
      return [...named('event', event.flow, spot.at('flow')), ...further];
    }),
    ...polls.flatMap(({ flow }, index) => named('poll', flow, root.at('polls').at(index).at('flow'))),
    ...lookups.flatMap(({ flow, actions }, index) => {
      const spot = root.at('lookups').at(index);
      return [
        ...named('lookup', flow, spot.at('flow')),
        ...actions.flatMap((id, each) => named('action', id, spot.at('actions').at(each))),
      ];
    }),
    ...requests.flatMap(({ action }, index) => named('action', action, root.at('requests').at(index).at('action'))),
  ];
}

/** Events and polls are started by the same user's flows: their keys are one set of names. */
function checkKeys({ events = [], polls = [] }: ConnectorDocument, report: PlanDiagnostics): void {
  const taken = new Set<string>();
  const root = Spot.root().at('connector');
  for (const [part, list] of [
    ['events', events],
    ['polls', polls],
  ] as const) {
    for (const [index, { key }] of list.entries()) {
      if (taken.has(key)) {
        const message = `The key "${key}" is taken by another event or poll.`;
        report.add('error', 'duplicate-event', root.at(part).at(index).at('key'), message, 'Choose another key.');
      }
      taken.add(key);
    }
  }
}

/** Two cards of one name; other roles name one flow each, and one flow cannot have the types of two roles. */
function checkActionsOnce({ flows: { actions = [] } }: ConnectorDocument, report: PlanDiagnostics): void {
  const place = Spot.root().at('connector').at('flows').at('actions');
  for (const [index, id] of actions.entries()) {
    if (actions.indexOf(id) === index) continue;
    report.add('error', 'flow-role', place.at(index), `"${id}" is an action already.`, 'Name it once.');
  }
}

function checkRole(role: Role, flow: DeckFlow, spot: Spot, report: PlanDiagnostics): void {
  const { id, type } = flow;
  const types: readonly FlowType[] = ROLES[role];
  if (!types.includes(type)) {
    const message = `"${id}" is a flow of type "${type}", and "${role}" asks for one of type ${alternatives(types)}.`;
    const hint = `Name another flow here, or write "type": ${alternatives(types)} there.`;
    report.add('error', 'flow-role', spot, message, hint);
    return;
  }
  if (!ALONE.has(role)) return;
  const asked = [...(flow.options ?? []), ...(flow.inputs ?? [])];
  const needed = asked.find((field) => field.required === true && field.default === undefined);
  if (needed === undefined) return;
  const message = `"${id}" is run with a connection and nothing else, and asks for "${fieldName(needed)}".`;
  report.add('error', 'flow-role', spot, message, 'Read it from "/connection", or give it a default.');
}

function alternatives(types: readonly FlowType[]): string {
  return types.map((type) => `"${type}"`).join(' or ');
}

function reportUnnamed({ id, type }: DeckFlow, spot: Spot, report: PlanDiagnostics): void {
  const named = NAMED[type];
  if (named === undefined) return;
  const message = `The manifest of the connector does not name "${id}": ${named.use}.`;
  report.add('warning', 'flow-without-role', spot, message, named.hint(id));
}
