/** The flow that has everything that a crash may meet, and what it comes to. */
import { act, ITEM, manual, VALUE, waitCard } from './shapes.js';

/** What a run carries about beside its values: beyond a limit `recordBytes` of 1,000, the annex has it. */
const BALLAST = 'x'.repeat(2_000);

/** What a flow says of an effect that may take place at most once. */
export const SENT = 'sent';
export const UNKNOWN = 'unknown-outcome';

/** What may not be repeated, and what the flow hears of it. */
export const sending = {
  id: 'attempt',
  card: 'error.ifError',
  outputs: [{ key: 'why', type: 'text' }],
  blocks: {
    try: {
      cards: [
        { ...act('send'), atMostOnce: true },
        { card: 'flow.return', in: { why: SENT } },
      ],
    },
    catch: { cards: [{ card: 'flow.return', in: { why: { from: '/error/code' } } }] },
  },
};

/** Everything that a crash may meet: waits, an If Error around a call, a retry, loops of four at a time, what may not be repeated, a flow beside, a pause. */
const everything = manual('everything', [
  act('first'),
  waitCard('wait', 0.03),
  {
    id: 'attempt',
    card: 'error.ifError',
    outputs: [{ key: 'why', type: 'text' }],
    blocks: {
      try: { cards: [{ id: 'bad', card: 'flow.call', in: { flow: { flow: 'bad' } } }] },
      catch: {
        cards: [act('caught'), { card: 'flow.return', in: { why: { from: '/error/message' } } }],
      },
    },
  },
  {
    id: 'each',
    card: 'list.map',
    in: { list: { expr: '[1..8]' }, flow: { flow: 'heavy' }, concurrency: 4, value: { item: '' }, ballast: BALLAST },
  },
  {
    id: 'sends',
    card: 'list.map',
    in: { list: { expr: '[1..4]' }, flow: { flow: 'send' }, concurrency: 4, value: { item: '' } },
  },
  { id: 'aside', card: 'flow.callAsync', in: { flow: { flow: 'heavy' }, value: 'aside', ballast: BALLAST } },
  { id: 'called', card: 'flow.call', in: { flow: { flow: 'heavier' }, value: 'called', ballast: BALLAST } },
  act('ask'),
  { id: 'approval', card: 'control.pause', outputs: [{ key: 'by', type: 'text' }] },
  act('last', { value: { from: '/approval/by' } }),
  {
    card: 'flow.return',
    in: {
      why: { from: '/attempt/why' },
      each: { from: '/each/new list' },
      sends: { from: '/sends/new list' },
      called: { from: '/called/output' },
      last: { from: '/last/output' },
    },
  },
]);

/** Keys of those effects of `everything` that may take place at most once, without the id of the run: a crash may keep them from it. */
export const ONCE_KEYS: readonly string[] = [0, 1, 2, 3].map((index) => `/sends.${index}/send`);

/** Keys of all its other effects. */
export const EVERYTHING_KEYS: readonly string[] = [
  '/first',
  '/bad/x',
  '/bad/x#2',
  '/caught',
  ...[0, 1, 2, 3, 4, 5, 6, 7].flatMap((index) => [`/each.${index}/a`, `/each.${index}/b`]),
  '/aside/a',
  '/aside/b',
  '/called/a',
  '/called/b',
  '/ask',
  '/last',
];

/** What `everything` gives when nobody disturbs it, resumed by `{ by: 'ann' }`. */
export const EVERYTHING_OUTPUTS = {
  why: 'Busy.',
  each: ['1!', '2!', '3!', '4!', '5!', '6!', '7!', '8!'],
  sends: ONCE_KEYS.map(() => SENT),
  called: 'called!',
  last: 'ann!',
};

/** An item that is called with much and that remembers much; what it gives beside its output is `more`. */
function heavy(id: string, more: object) {
  return {
    ...ITEM,
    id,
    inputs: [...VALUE, { key: 'ballast', type: 'text' }],
    outputs: [...ITEM.outputs, ...Object.keys(more).map((key) => ({ key, type: 'text' }))],
    cards: [
      act('a', { ballast: BALLAST.length }),
      waitCard('wait', 0.01),
      act('b'),
      { card: 'flow.return', in: { output: { from: '/b/output' }, ...more } },
    ],
  };
}

/** The flow, and those that it calls. */
export const everythingFlows = [
  everything,
  heavy('heavy', {}),
  heavy('heavier', { rest: { from: '/inputs/ballast' } }),
  {
    id: 'bad',
    type: 'helper',
    cards: [
      {
        id: 'x',
        card: 'contract.effect',
        in: { fail: true },
        onError: { retry: { times: 1, delay: 5, when: [503] } },
      },
    ],
  },
  {
    ...ITEM,
    id: 'send',
    cards: [sending, { card: 'flow.return', in: { output: { from: '/attempt/why' } } }],
  },
];
