/** The decks that every runtime is tried with, as data. */

const VALUE = [{ key: 'value', type: 'any' }];
const ITEM = { id: 'item', type: 'helper', inputs: VALUE, outputs: [{ key: 'output', type: 'any' }] };

function act(id: string, more: object = {}) {
  return { id, card: 'contract.effect', in: { value: { from: '/inputs/value' }, ...more } };
}

function waitCard(id: string, seconds: number) {
  return { id, card: 'control.waitFor', in: { delay: seconds, unit: 'second' } };
}

function manual(id: string, cards: readonly object[]) {
  return { id, type: 'manual', inputs: VALUE, cards };
}

/** Everything that a crash may meet: waits, an If Error around a call, a retry, a loop of four at a time, a flow beside, a pause. */
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
    in: { list: { expr: '[1..8]' }, flow: { flow: 'item' }, concurrency: 4, value: { item: '' } },
  },
  { id: 'aside', card: 'flow.callAsync', in: { flow: { flow: 'item' }, value: 'aside' } },
  { id: 'called', card: 'flow.call', in: { flow: { flow: 'item' }, value: 'called' } },
  act('ask'),
  { id: 'approval', card: 'control.pause', outputs: [{ key: 'by', type: 'text' }] },
  act('last', { value: { from: '/approval/by' } }),
  {
    card: 'flow.return',
    in: {
      why: { from: '/attempt/why' },
      each: { from: '/each/new list' },
      called: { from: '/called/output' },
      last: { from: '/last/output' },
    },
  },
]);

/** Keys of the effects of `everything`, without the id of the run. */
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

/** What `everything` gives, resumed by `{ by: 'ann' }`. */
export const EVERYTHING_OUTPUTS = {
  why: 'Busy.',
  each: ['1!', '2!', '3!', '4!', '5!', '6!', '7!', '8!'],
  called: 'called!',
  last: 'ann!',
};

export const CONTRACT_DECK = {
  flowdeck: 1,
  flows: [
    everything,
    {
      ...ITEM,
      cards: [
        act('a'),
        waitCard('wait', 0.01),
        act('b'),
        { card: 'flow.return', in: { output: { from: '/b/output' } } },
      ],
    },
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
    // The later an item begins, the sooner it ends.
    manual('order', [
      {
        id: 'each',
        card: 'list.map',
        in: { list: { expr: '[1..12]' }, flow: { flow: 'late' }, concurrency: 4, value: { item: '' } },
      },
      { card: 'flow.return', in: { each: { from: '/each/new list' } } },
    ]),
    {
      ...ITEM,
      id: 'late',
      cards: [
        { id: 'wait', card: 'control.waitFor', in: { delay: { expr: '(12 - inputs.value) / 100' }, unit: 'second' } },
        { card: 'flow.return', in: { output: { expr: 'inputs.value * 10' } } },
      ],
    },
    manual('long', [
      { id: 'said', card: 'contract.long', in: { length: 50_000 } },
      {
        id: 'each',
        card: 'list.map',
        in: { list: { expr: '[1..4]' }, flow: { flow: 'item' }, concurrency: 2, value: { from: '/said/output' } },
      },
      { id: 'called', card: 'flow.call', in: { flow: { flow: 'item' }, value: { from: '/said/output' } } },
      act('ask', { value: 'short' }),
      { id: 'approval', card: 'control.pause' },
      { id: 'items', card: 'contract.length', in: { value: { from: '/each/new list' } } },
      { id: 'one', card: 'contract.length', in: { value: { from: '/called/output' } } },
      { card: 'flow.return', in: { items: { from: '/items/output' }, one: { from: '/one/output' } } },
    ]),
    manual('many', [
      {
        id: 'each',
        card: 'list.map',
        in: { list: { expr: '[1..1000]' }, flow: { flow: 'one' }, concurrency: 50, value: { item: '' } },
      },
      {
        card: 'flow.return',
        in: { count: { expr: '$count(each."new list")' }, sum: { expr: '$sum(each."new list")' } },
      },
    ]),
    {
      ...ITEM,
      id: 'one',
      cards: [
        { id: 'step', card: 'contract.count', in: { value: { from: '/inputs/value' } } },
        { card: 'flow.return', in: { output: { from: '/step/output' } } },
      ],
    },
    manual('signal', [
      act('before'),
      { id: 'answer', card: 'control.pause', outputs: [{ key: 'by', type: 'text' }] },
      act('after', { value: { from: '/answer/by' } }),
      { card: 'flow.return', in: { by: { from: '/after/output' } } },
    ]),
    manual('timeout', [
      {
        id: 'attempt',
        card: 'error.ifError',
        outputs: [{ key: 'why', type: 'text' }],
        blocks: {
          try: { cards: [{ id: 'never', card: 'contract.await', in: { ms: 50 } }] },
          catch: { cards: [{ card: 'flow.return', in: { why: { from: '/error/code' } } }] },
        },
      },
      { card: 'flow.return', in: { why: { from: '/attempt/why' } } },
    ]),
    // A run of which three generations wait, one of them beside it.
    manual('tree', [
      { id: 'aside', card: 'flow.callAsync', in: { flow: { flow: 'branch' }, value: 'aside' } },
      {
        id: 'each',
        card: 'list.map',
        in: { list: { expr: '[1..3]' }, flow: { flow: 'branch' }, concurrency: 3, value: { item: '' } },
      },
      act('never'),
    ]),
    { ...ITEM, id: 'branch', cards: [{ id: 'inner', card: 'flow.call', in: { flow: { flow: 'leaf' } } }] },
    { ...ITEM, id: 'leaf', cards: [act('begun'), waitCard('wait', 3), act('ended')] },
    manual('once', [
      {
        id: 'attempt',
        card: 'error.ifError',
        outputs: [{ key: 'why', type: 'text' }],
        blocks: {
          try: {
            cards: [
              { ...act('send'), atMostOnce: true },
              { card: 'flow.return', in: { why: 'sent' } },
            ],
          },
          catch: { cards: [{ card: 'flow.return', in: { why: { from: '/error/code' } } }] },
        },
      },
      act('after'),
      { card: 'flow.return', in: { why: { from: '/attempt/why' } } },
    ]),
    manual('huge', [
      {
        id: 'attempt',
        card: 'error.ifError',
        outputs: [{ key: 'why', type: 'text' }],
        blocks: {
          try: { cards: [{ id: 'said', card: 'contract.long', in: { length: 100_000_000 } }] },
          catch: { cards: [{ card: 'flow.return', in: { why: { from: '/error/message' } } }] },
        },
      },
      act('after'),
      { card: 'flow.return', in: { why: { from: '/attempt/why' } } },
    ]),
    manual('sleep', [
      act('before'),
      waitCard('wait', 0.5),
      act('after'),
      { card: 'flow.return', in: { now: { expr: '$millis()' } } },
    ]),
  ],
};

/** The same deck after somebody has changed it: of another revision. */
export const CHANGED_DECK = { ...CONTRACT_DECK, name: 'Changed' };
