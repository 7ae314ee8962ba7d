/** Holds the flows of a connector against the roles that its manifest gives them. */
import type { DeckDocument, DeckFlow, FlowType } from '../document/types.js';
import { fieldName } from '../values/index.js';
import type { PlanDiagnostics } from './plan-diagnostics.js';
import { Spot } from './spot.js';

/** The type that a flow of each role has. */
const ROLES = {
  authping: 'authping',
  revoke: 'revoke',
  httpHelper: 'helper',
  actions: 'action',
} as const satisfies Record<string, FlowType>;
type Role = keyof typeof ROLES;

/** Roles of flows that are run with a connection and nothing else. */
const ALONE: ReadonlySet<Role> = new Set(['authping', 'revoke']);

/**
 * Reports `flow-role`, and warns with `flow-without-role` of a flow that has the type of a role and that the manifest
 * does not name. `checkName` is asked about every flow that it names.
 */
export function checkRoles(
  { connector, flows }: DeckDocument,
  report: PlanDiagnostics,
  checkName: (id: string, spot: Spot) => void,
): void {
  if (!connector) return;
  const known = new Map(flows.map((flow) => [flow.id, flow]));
  const named = new Set<string>();
  const look = (role: Role, id: string, spot: Spot) => {
    checkName(id, spot);
    named.add(id);
    const flow = known.get(id);
    if (flow) checkRole(role, flow, spot, report);
  };
  const place = Spot.root().at('connector').at('flows');
  for (const role of ['authping', 'revoke', 'httpHelper'] as const) {
    const id = connector.flows[role];
    if (id !== undefined) look(role, id, place.at(role));
  }
  for (const [index, id] of (connector.flows.actions ?? []).entries())
    look('actions', id, place.at('actions').at(index));
  for (const [index, flow] of flows.entries()) {
    if (!named.has(flow.id)) reportUnnamed(flow, Spot.root().at('flows').at(index).inFlow(flow.id), report);
  }
}

function checkRole(role: Role, flow: DeckFlow, spot: Spot, report: PlanDiagnostics): void {
  const { id, type } = flow;
  if (type !== ROLES[role]) {
    const message = `"${id}" is a flow of type "${type}", and "${role}" asks for one of type "${ROLES[role]}".`;
    const hint = `Name another flow here, or write "type": "${ROLES[role]}" there.`;
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

function reportUnnamed({ id, type }: DeckFlow, spot: Spot, report: PlanDiagnostics): void {
  const role = type === 'action' ? 'actions' : type === 'authping' || type === 'revoke' ? type : null;
  if (role === null) return;
  const use = role === 'actions' ? 'no card is made of it' : 'nobody runs it';
  const hint = role === 'actions' ? `Add "${id}" to "actions" of the manifest.` : `Write "${role}": "${id}" there.`;
  report.add(
    'warning',
    'flow-without-role',
    spot,
    `The manifest of the connector does not name "${id}": ${use}.`,
    hint,
  );
}
