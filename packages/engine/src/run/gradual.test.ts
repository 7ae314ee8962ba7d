/** Outputs of a pure card that come in pieces: others have their turn meanwhile, and what ends the run ends the work. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defineCard, Gradual } from '../cards/index.js';
import type { CardNode } from '../document/index.js';
import { RunError } from '../errors.js';
import { systemClock } from '../ports/memory/index.js';
import type { EngineOptions } from '../start/engine-options.js';
import { flow, from, testEngine } from '../testing/cards.js';

/** A world in which each look at the clock, and so each piece, takes so many milliseconds. */
function world(pieceMs: number, more: EngineOptions = {}) {
  const seen = { pieces: 0, turns: 0 };
  let now = 0;
  const long = defineCard({
    id: 'x.long',
    title: 'X',
    description: 'X.',
    kind: 'pure',
    inputs: [{ key: 'pieces', type: 'number', required: true }],
    outputs: [
      { key: 'output', type: 'any' },
      // A method of that name must not be taken for an output.
      { key: 'next', type: 'any' },
    ],
    run: (pieces) =>
      new Gradual(
        (function* () {
          for (let done = 0; done < pieces; done++) {
            seen.pieces++;
            yield;
          }
          if (pieces === 13) throw new RunError('card-failed', 'thirteen');
          return { output: pieces, next: null };
        })(),
      ),
  });
  const clock = {
    ...systemClock(),
    elapsed: () => {
      now += pieceMs;
      return now;
    },
    yield: () => {
      seen.turns++;
      return new Promise<void>((resolve) => setImmediate(resolve));
    },
  };
  const engine = testEngine({ cards: [long], ...more, ports: { clock } });
  return { engine, seen };
}

const long = (pieces: number): CardNode => ({ id: 'long', card: 'x.long', in: { pieces } });
const give: CardNode = { id: 'after', card: 't.give', in: { value: from('/long/output') } };
const ret: CardNode = { card: 't.return', in: { x: from('/after/output') } };

for (const [title, onEvent] of [
  ['', undefined],
  [', listened to', () => undefined],
] as const) {
  test(`short work is done in one go, and long work lets others have their turn${title}`, async () => {
    const quick = world(0);
    const result = await quick.engine.run(quick.engine.load(flow([long(100), give, ret])), onEvent ? { onEvent } : {});
    assert.equal(result.outputs, { x: 100 });
    assert.is(quick.seen.pieces, 100);
    assert.ok(quick.seen.turns <= 1, 'one, to watch over the event loop');
    const slow = world(6);
    const later = await slow.engine.run(slow.engine.load(flow([long(100), give, ret])), onEvent ? { onEvent } : {});
    assert.equal(later.outputs, { x: 100 });
    assert.ok(slow.seen.turns > 20, String(slow.seen.turns));
    assert.is(later.steps, 3);
  });

  test(`the wall time and a cancel end the work${title}`, async () => {
    const slow = world(6);
    const deck = slow.engine.load(flow([long(1_000), give, ret]));
    const late = await slow.engine.run(deck, { limits: { wallTimeMs: 600 }, ...(onEvent ? { onEvent } : {}) });
    assert.is(late.status, 'error');
    assert.match(late.error?.message ?? '', /wallTimeMs/);
    assert.is(late.error?.at.card, 'long');
    assert.ok(slow.seen.pieces < 110, String(slow.seen.pieces));

    const other = world(6);
    const cancelling = new AbortController();
    const run = other.engine.run(other.engine.load(flow([long(1_000), give, ret])), {
      signal: cancelling.signal,
      ...(onEvent ? { onEvent } : {}),
    });
    setImmediate(() => cancelling.abort());
    assert.is((await run).status, 'cancelled');
    const { pieces } = other.seen;
    assert.ok(pieces < 100, String(pieces));
    await new Promise((resolve) => setImmediate(resolve));
    assert.is(other.seen.pieces, pieces, 'nothing goes on');
  });
}

test('what the work throws is the error of the card', async () => {
  for (const pieceMs of [0, 6]) {
    const { engine } = world(pieceMs);
    const { error } = await engine.run(engine.load(flow([long(13), give, ret])));
    assert.is(error?.message, 'thirteen');
    assert.is(error?.at.card, 'long');
  }
});

test('an interceptor gets the outputs, and others their turn', async () => {
  const given: unknown[] = [];
  const { engine, seen } = world(6, {
    interceptors: {
      pure: [
        async (card, next) => {
          const outputs = await next();
          if (card.card === 'long') given.push(outputs);
          return outputs;
        },
      ],
    },
  });
  const result = await engine.run(engine.load(flow([long(100), give, ret])));
  assert.equal(result.outputs, { x: 100 });
  assert.equal(given, [{ output: 100, next: null }]);
  assert.ok(seen.turns > 20, String(seen.turns));
});

test('outside of a run the work is awaited', async () => {
  const work = new Gradual(
    (function* () {
      yield;
      return { output: 1 };
    })(),
  );
  assert.equal(await work, { output: 1 });
  const failing = new Gradual(
    // biome-ignore lint/correctness/useYield: it fails before there is a piece.
    (function* () {
      throw new Error('no');
    })(),
  );
  let message = '';
  try {
    await failing;
  } catch (error) {
    message = String(error);
  }
  assert.is(message, 'Error: no');
});

test.run();
