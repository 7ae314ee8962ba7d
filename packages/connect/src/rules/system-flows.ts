/** System flows: one of each that there may be one of, with the inputs and outputs that their roles need. */
import type { Diagnostic, FlowType } from '@flowdeck/engine';
import { closest, type DeckFlow, fieldName } from '@flowdeck/engine/kit';
import type { ConnectCode } from '../codes.js';
import type { ConnectorDeck } from '../manifest/types.js';
import { fault } from './rule.js';

const SINGLE: Readonly<Partial<Record<FlowType, ConnectCode>>> = {
  authping: 'connector-authping-twice',
  revoke: 'connector-revoke-twice',
};

interface Needs {
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
}

/** Who starts a flow of these types gives these inputs, and reads these outputs. */
const NEEDS: Readonly<Partial<Record<FlowType, Needs>>> = {
  authping: { outputs: ['working'] },
  revoke: { outputs: ['working'] },
  'webhook-register': { inputs: ['eventUrl'], outputs: ['registration'] },
  'webhook-deregister': { inputs: ['registration'] },
  polling: { inputs: ['cursor'], outputs: ['cursor', 'items'] },
};

/** The same of helpers that an event names. */
const NEEDS_OF_HELPERS = {
  exists: { inputs: ['registration'], outputs: ['exists'] },
  renew: { inputs: ['registration'], outputs: ['registration'] },
} as const satisfies Record<string, Needs>;

export function* systemFlows({ flows, connector }: ConnectorDeck): Iterable<Diagnostic<ConnectCode>> {
  const seen = new Set<FlowType>();
  for (const [index, flow] of flows.entries()) {
    const code = SINGLE[flow.type];
    if (code !== undefined && seen.has(flow.type)) {
      const message = `The connector has another flow of type "${flow.type}" already.`;
      yield fault(code, `/flows/${index}/type`, message, 'Keep one; let the other be a helper.');
    }
    seen.add(flow.type);
    yield* missingFields(flow, index, NEEDS[flow.type] ?? {}, flow.type);
  }
  const helpers = new Map<string, keyof typeof NEEDS_OF_HELPERS>();
  for (const event of connector.events ?? [])
    for (const role of ['exists', 'renew'] as const) {
      const id = event[role];
      if (id !== undefined) helpers.set(id, role);
    }
  for (const [id, role] of helpers) {
    const index = flows.findIndex((flow) => flow.id === id);
    const flow = flows[index];
    if (flow) yield* missingFields(flow, index, NEEDS_OF_HELPERS[role], role);
  }
  yield* configFlows({ flows, connector });
}

/** A helper that gives a config value runs before there is a connection. */
function* configFlows({ flows, connector }: Pick<ConnectorDeck, 'flows' | 'connector'>) {
  for (const id of new Set((connector.config ?? []).flatMap(({ flow }) => flow ?? []))) {
    const index = flows.findIndex((flow) => flow.id === id);
    const flow = flows[index];
    if (flow) yield* missingFields(flow, index, { outputs: ['value'] }, 'config');
  }
}

function* missingFields(flow: DeckFlow, index: number, needs: Needs, role: string): Iterable<Diagnostic<ConnectCode>> {
  for (const part of ['inputs', 'outputs'] as const) {
    const declared = (flow[part] ?? []).map(fieldName);
    for (const needed of needs[part] ?? []) {
      if (declared.includes(needed)) continue;
      const meant = closest(needed, declared);
      const what = part === 'inputs' ? 'input' : 'output';
      const message = `"${flow.id}" has no ${what} "${needed}", which its role "${role}" needs.`;
      const hint =
        meant === null
          ? `Add { "key": "${needed}", ... } to "${part}".`
          : `Did you mean it by "${meant}"? The key has to be "${needed}".`;
      yield fault('connector-fields', `/flows/${index}${flow[part] === undefined ? '' : `/${part}`}`, message, hint);
    }
  }
}
