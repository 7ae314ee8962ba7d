/**
 * What TypeScript refuses of a declaration, and what it knows of one. The type check sees each line say no; the tests see
 * that what gets past TypeScript is refused when the pack is declared.
 */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkPack } from './check/index.js';
import { type CardField, type CardType, defineCard } from './index.js';

const refused: CardType[] = [];
const bad = (card: CardType) => refused.push(card);

const BASE = { title: 'T', description: 'D.', kind: 'pure', outputs: [{ key: 'output', type: 'text' }] } as const;
const nothing = () => ({ output: null });

// An id needs a dot.
defineCard({ ...BASE, id: 'acme.a', inputs: [], run: nothing });
// @ts-expect-error no namespace
bad(defineCard({ ...BASE, id: 'a', inputs: [], run: nothing }));

// Unknown members, of the card and of all that it holds.
// @ts-expect-error unknown member
bad(defineCard({ ...BASE, id: 'acme.a', inputs: [], timeout: 10, run: nothing }));
// @ts-expect-error no such kind
bad(defineCard({ ...BASE, id: 'acme.a', kind: 'Pure', inputs: [], run: nothing }));
// @ts-expect-error no such type
bad(defineCard({ ...BASE, id: 'acme.a', inputs: [{ key: 'a', type: 'string' }], run: nothing }));
// @ts-expect-error secrets
bad(defineCard({ ...BASE, id: 'acme.a', inputs: [{ key: 'a', type: 'text', secrets: true }], run: nothing }));
// @ts-expect-error require
bad(defineCard({ ...BASE, id: 'acme.a', inputs: [{ key: 'a', type: 'text', require: true }], run: nothing }));
// @ts-expect-error choice
bad(defineCard({ ...BASE, id: 'acme.a', inputs: [{ key: 'a', type: 'text', choice: ['a'] }], run: nothing }));
bad(
  defineCard({
    ...BASE,
    id: 'acme.a',
    inputs: [],
    // @ts-expect-error unknown member of an output
    outputs: [{ key: 'output', type: 'text', lst: true }],
    run: nothing,
  }),
);
bad(
  defineCard({
    ...BASE,
    id: 'acme.a',
    // @ts-expect-error unknown member of a property
    inputs: [{ key: 'a', type: 'object', properties: [{ key: 'b', type: 'text', requird: true }] }],
    run: nothing,
  }),
);
// @ts-expect-error unknown member of extra inputs
bad(defineCard({ ...BASE, id: 'acme.a', inputs: [], extraInputs: { type: 'any', prefix: 'a' }, run: nothing }));
// @ts-expect-error unknown member of extra outputs
bad(defineCard({ ...BASE, id: 'acme.a', inputs: [], extraOutputs: { type: 'any', key: 'a' }, run: nothing }));
// @ts-expect-error unknown trait
bad(defineCard({ ...BASE, id: 'acme.a', inputs: [], traits: { leave: 'always' }, run: nothing }));
bad(
  defineCard({
    ...BASE,
    id: 'acme.a',
    kind: 'control',
    inputs: [],
    // @ts-expect-error unknown member of a block
    blocks: { then: { scope: 'inline', provide: ['item'] } },
    run: nothing,
  }),
);

// A field that others share may be declared apart; what it lacks is known all the same.
const SHARED = { key: 'shared', type: 'number', required: true } as const satisfies CardField;
defineCard({ ...BASE, id: 'acme.a', inputs: [SHARED], run: (shared) => ({ output: shared.toFixed() }) });

// Choices narrow the argument, unless others may come.
const MODE = { key: 'mode', type: 'text', required: true, default: 'fast', choices: ['fast', 'slow'] } as const;
defineCard({ ...BASE, id: 'acme.a', inputs: [MODE], run: (mode) => ({ output: mode satisfies 'fast' | 'slow' }) });
defineCard({
  ...BASE,
  id: 'acme.a',
  inputs: [MODE],
  // @ts-expect-error no such choice
  run: (mode) => ({ output: mode === 'quick' ? 'a' : 'b' }),
});
defineCard({
  ...BASE,
  id: 'acme.a',
  inputs: [{ ...MODE, openChoices: true }],
  run: (mode) => ({ output: mode === 'quick' ? 'a' : 'b' }),
});
defineCard({
  ...BASE,
  id: 'acme.a',
  inputs: [{ key: 'modes', type: 'text', list: true, choices: ['fast', 'slow'] }],
  run: (modes) => ({ output: (modes satisfies readonly ('fast' | 'slow' | null)[]).join() }),
});
defineCard({
  ...BASE,
  id: 'acme.a',
  inputs: [{ key: 'level', type: 'number', choices: [1, 2] }],
  run: (level) => ({ output: String(level satisfies 1 | 2 | null) }),
});
// An output with choices gives one of them.
defineCard({
  ...BASE,
  id: 'acme.a',
  inputs: [],
  outputs: [{ key: 'output', type: 'text', choices: ['a', 'b'] }],
  // @ts-expect-error no such choice
  run: () => ({ output: 'c' }),
});

// Examples are typed by the declaration.
const SHOWN = {
  ...BASE,
  id: 'acme.a',
  inputs: [
    { key: 'text', type: 'text' },
    { key: 'times', type: 'number' },
    { key: 'on', group: 'when', type: 'date' },
  ],
  errors: { 'acme-mute': 'There is no text.' },
  run: nothing,
} as const;
defineCard({ ...SHOWN, examples: [{ in: { text: 'a', times: '5', 'when/on': '2024-01-01' }, out: { output: 'a' } }] });
defineCard({ ...SHOWN, examples: [{ title: 'Silence', in: { times: {} }, error: 'acme-mute' }] });
// @ts-expect-error no such input
bad(defineCard({ ...SHOWN, examples: [{ in: { txet: 'a' } }] }));
// @ts-expect-error no such input of an error
bad(defineCard({ ...SHOWN, examples: [{ in: { txet: 'a' }, error: 'acme-mute' }] }));
// @ts-expect-error an object is no number
bad(defineCard({ ...SHOWN, examples: [{ in: { times: {} } }] }));
// @ts-expect-error no such output
bad(defineCard({ ...SHOWN, examples: [{ in: {}, out: { result: 'a' } }] }));
// @ts-expect-error no such error
bad(defineCard({ ...SHOWN, examples: [{ in: {}, error: 'acme-mut' }] }));
// @ts-expect-error outputs or an error, not both
bad(defineCard({ ...SHOWN, examples: [{ in: {}, out: {}, error: 'acme-mute' }] }));
// @ts-expect-error an example without inputs
bad(defineCard({ ...SHOWN, examples: [{ out: {} }] }));
// @ts-expect-error no such choice
bad(defineCard({ ...BASE, id: 'acme.a', inputs: [MODE], examples: [{ in: { mode: 'quick' } }], run: nothing }));
// Extra inputs and outputs are named by the author.
defineCard({
  ...BASE,
  id: 'acme.a',
  inputs: [MODE],
  extraInputs: { type: 'any', group: 'values' },
  extraOutputs: { type: 'any' },
  examples: [{ in: { mode: 'fast', 'values/a': 1 }, out: { anything: 1 } }],
  run: (_mode, extra) => extra,
});
bad(
  defineCard({
    ...BASE,
    id: 'acme.a',
    inputs: [MODE],
    extraInputs: { type: 'any', group: 'values' },
    // @ts-expect-error outside the group
    examples: [{ in: { a: 1 } }],
    run: nothing,
  }),
);

// @ts-expect-error unknown member of the connection
bad(defineCard({ ...BASE, id: 'acme.a', kind: 'effect', inputs: [], connection: { key: 'acme' }, run: nothing }));
// A required connection is there, an optional one may not be.
defineCard({
  ...BASE,
  id: 'acme.a',
  kind: 'effect',
  inputs: [],
  connection: { connector: 'acme' },
  run: (ctx) => ({ output: ctx.connection.connector }),
});
defineCard({
  ...BASE,
  id: 'acme.a',
  kind: 'effect',
  inputs: [],
  connection: { optional: true },
  // @ts-expect-error it may be null
  run: (ctx) => ({ output: ctx.connection.connector }),
});

test('what TypeScript refuses is refused when the pack is declared, with one fault', () => {
  assert.ok(refused.length > 20);
  for (const card of refused) {
    const faults = checkPack({ name: 'acme', namespace: 'acme', version: '1.0.0', cards: [card] });
    assert.is(faults.length, 1, JSON.stringify([card, faults], null, 1));
  }
});

test.run();
