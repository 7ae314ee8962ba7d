// Flows that were written to outlive their limits: each kind a way to keep a host busy, its numbers by chance.
import { CALLS } from './kinds-calls.mjs';
import { DATA } from './kinds-data.mjs';
import { VALUES } from './kinds-values.mjs';
import { call, callAsync, picker } from './parts.mjs';

const SINGLE = { ...CALLS, ...VALUES, ...DATA };

/** The flows of a deck under names of their own, to stand beside others. */
function renamed({ flows, tables = [] }, prefix) {
  const rename = (value) => {
    if (Array.isArray(value)) return value.map(rename);
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value).map(([key, inner]) => [
      key,
      key === 'flow' && typeof inner === 'string' ? `${prefix}${inner}` : rename(inner),
    ]);
    return Object.fromEntries(entries);
  };
  return {
    flows: flows.map((flow) => ({ ...rename(flow), id: `${prefix}${flow.id}`, type: 'helper' })),
    tables,
  };
}

const KINDS = {
  ...SINGLE,
  /** One kind beside another, and after it a third one. */
  'some at once': (pick) => {
    const parts = ['a', 'b', 'c'].map((prefix) =>
      renamed(SINGLE[pick.oneOf(Object.keys(SINGLE))](pick).source, prefix),
    );
    const cards = [callAsync('amain'), call('bmain'), call('cmain')];
    const tables = parts.flatMap(({ tables }) => tables);
    return {
      source: {
        flowdeck: 1,
        flows: [{ id: 'main', type: 'manual', cards }, ...parts.flatMap(({ flows }) => flows)],
        ...(tables.length > 0 ? { tables: tables.slice(0, 1) } : {}),
      },
    };
  },
};

/** Raised limits leave the wall time alone to end a run. */
const RAISED = Object.freeze({
  steps: Number.POSITIVE_INFINITY,
  liveFlows: Number.POSITIVE_INFINITY,
  spawnedFlows: Number.POSITIVE_INFINITY,
});

export const KIND_NAMES = Object.keys(KINDS);

/**
 * A hostile flow, the same for the same seed and index: `{ kind, source, limits, cancelMs }`. `cancelMs` is null
 * where only the limits end it.
 */
export function hostileFlow(seed, index) {
  const pick = picker(`${seed}/${index}`);
  const kind = KIND_NAMES[index % KIND_NAMES.length];
  const { source } = KINDS[kind](pick);
  return {
    kind,
    source,
    limits: { wallTimeMs: pick.number(20, 400), ...(pick.random() < 0.5 ? RAISED : {}) },
    cancelMs: pick.random() < 0.25 ? pick.number(1, 200) : null,
  };
}
