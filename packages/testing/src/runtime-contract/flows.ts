/** The decks that every runtime is tried with, as data. */
import { everythingFlows, sending } from './everything.js';
import { act, ITEM, manual, waitCard } from './shapes.js';

export const CONTRACT_DECK = {
  flowdeck: 1,
  flows: [
    ...everythingFlows,
    {
      ...ITEM,
      cards: [
        act('a'),
        waitCard('wait', 0.01),
        act('b'),
        { card: 'flow.return', in: { output: { from: '/b/output' } } },
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
    manual('once', [sending, act('after'), { card: 'flow.return', in: { why: { from: '/attempt/why' } } }]),
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
