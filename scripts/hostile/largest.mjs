// The largest inputs that a run may hold, for every card: what a host would have to sit out.
import { standard } from '@flowdeck/cards';
import { DEFAULT_LIMITS } from '@flowdeck/engine';

const { listLength: ITEMS, textLength: LENGTH } = DEFAULT_LIMITS;
/** Members of an object: as many as it may have. */
const MEMBERS = 50_000;

const list = (make, length = ITEMS) => Array.from({ length }, (_, n) => make(n));
const filled = (part) => part.repeat(Math.ceil(LENGTH / part.length)).slice(0, LENGTH);
const spread = (n) => (n * 7919) % 1_000_003;

/** Values by the kind of input, and by what they are hard for. Made when they are asked for: all at once would fill the memory. */
const LARGEST = {
  text: {
    letters: () => filled('lorem ipsum, dolor '),
    'letters beyond ASCII': () => filled('aé€😀 '),
    blanks: () => filled(' \n'),
    placeholders: () => filled('{{a}}{{{b}}}'),
    'a list in JSON': () => `[${'1,'.repeat(LENGTH / 2 - 2)}1]`,
    'base64, or digits': () => filled('1234'),
    percents: () => filled('%C3%A9'),
    elements: () => `<r>${'<a b="c">d</a>'.repeat(LENGTH / 14 - 1)}</r>`,
  },
  list: {
    numbers: () => list(spread),
    texts: () => list((n) => `item ${spread(n)}`),
    objects: () => list((n) => ({ a: spread(n), key: `k${n % MEMBERS}`, value: n })),
    lists: () => list((n) => [`k${spread(n) % MEMBERS}`, n]),
    'long lists': () => list(() => list(spread, ITEMS / 100), 100),
  },
  object: {
    'many members': () => Object.fromEntries(list((n) => [`k${n}`, { a: n }], MEMBERS)),
    'a long list': () => ({ a: list(spread), b: list((n) => `k${n}`) }),
    'a long text': () => ({ a: filled('aé€😀 '), b: filled('<&>') }),
  },
};
/** What a run gives is looked at and copied: without it, the card alone is timed. */
export const END = { card: 'flow.return', in: {} };

/** A flow that gives its item as it came. */
const HELPER = {
  id: 'h',
  type: 'helper',
  inputs: [{ key: 'item', type: 'any' }],
  cards: [{ card: 'flow.return', in: { value: { from: '/inputs/item' } } }],
};

/** With which kinds of value an input is tried: one of any type with all. */
function kindsOf({ type, list: isList }) {
  if (isList) return type === 'file' || type === 'flow' ? [] : ['list'];
  return type === 'any' ? ['text', 'list', 'object'] : type in LARGEST ? [type] : [];
}

/**
 * Every card with one input as large as may be, and with all of a kind: `{ card, why, source, inputs }`; `inputs` makes the
 * values. Effects have limits of their own, and blocks hold cards.
 *
 * @param only A part of the ids that are asked for.
 */
export function* largestFlows(only = '') {
  for (const card of standard.cards) {
    if (!card.id.includes(only) || card.kind === 'effect' || card.blocks !== undefined) continue;
    const example = card.examples?.find(({ error }) => error === undefined);
    if (example === undefined) continue;
    const fields = [...card.inputs, ...extraOf(card, example)];
    for (const kind of Object.keys(LARGEST)) {
      const fitting = fields.filter((field) => kindsOf(field).includes(kind)).map(({ key }) => key);
      const choices = [...fitting.map((key) => [key]), ...(fitting.length > 1 ? [fitting] : [])];
      for (const keys of choices)
        for (const name of Object.keys(LARGEST[kind])) yield flowOf(card, example, keys, kind, name);
    }
  }
}

/** The extra inputs that the example names. */
function extraOf({ inputs, extraInputs }, example) {
  if (extraInputs === undefined || extraInputs.forward !== undefined) return [];
  const declared = new Set(inputs.map(({ key }) => key));
  const named = Object.keys(example.in).filter((key) => !declared.has(key));
  return named.map((key) => ({ key, type: extraInputs.type ?? 'any', list: extraInputs.list ?? false }));
}

function flowOf(card, example, keys, kind, name) {
  const bound = Object.fromEntries(Object.entries(example.in).map(([key, value]) => [key, { value }]));
  for (const { key, type } of card.inputs) if (type === 'flow') bound[key] = { flow: 'h' };
  for (const key of keys) bound[key] = { from: '/inputs/large' };
  const type = kind === 'list' ? { type: 'any', list: true } : { type: kind };
  const named =
    card.extraOutputs === undefined
      ? {}
      : { outputs: Object.keys(example.out ?? {}).map((key) => ({ key, type: 'any' })) };
  return {
    card: card.id,
    why: `${keys.join(', ')}: ${name}`,
    source: {
      flowdeck: 1,
      flows: [
        {
          id: 'main',
          type: 'manual',
          inputs: [{ key: 'large', ...type }],
          cards: [{ id: 'c', card: card.id, in: bound, ...named }, END],
        },
        HELPER,
      ],
    },
    inputs: () => ({ large: LARGEST[kind][name]() }),
  };
}
