/** What a pack author gets: a sound pack passes, and each fault that the checks look for is found. */

import { execSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import dns from 'node:dns';
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { type CardType, defineCard, definePack, FlowdeckError, type Pack } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { acme } from '../../test/acme.js';
import { conformance } from './conformance.js';

// The three lines of a pack author, for real.
conformance({ packs: [acme], cases: new URL('../../test/acme-cases/', import.meta.url), test });

/** Runs the checks of one card, and gives the names and messages of those that fail. */
async function complaints(card: CardType, parts: Partial<Pack> = {}): Promise<Record<string, string>> {
  const tests: [name: string, run: () => Promise<void>][] = [];
  const pack = definePack({ name: 'bad', namespace: 'bad', version: '1.0.0', cards: [card], ...parts });
  conformance({ packs: [pack], test: (name, run) => tests.push([name, run]) });
  assert.ok(tests.length > 0);
  const failed: Record<string, string> = {};
  for (const [name, run] of tests) {
    try {
      await run();
    } catch (error) {
      assert.instance(error, FlowdeckError);
      failed[name] = (error as FlowdeckError).message; // just asserted
    }
  }
  return failed;
}

const base = {
  id: 'bad.card',
  title: 'Bad',
  description: 'A card with a fault.',
  kind: 'pure',
  inputs: [{ key: 'list', type: 'any', list: true, label: 'list' }],
  outputs: [{ key: 'n', type: 'number', description: 'How many.' }],
} as const;

test('a card without an example is refused', async () => {
  const failed = await complaints(defineCard({ ...base, run: () => ({ n: 1 }) }));
  assert.equal(Object.keys(failed), ['bad.card has an example or a case']);
});

test('an example that is not true is refused', async () => {
  const failed = await complaints(
    defineCard({ ...base, examples: [{ in: { list: [1] }, out: { n: 2 } }], run: (list) => ({ n: list.length }) }),
  );
  assert.equal(Object.keys(failed), ['bad.card keeps its example 1']);
  assert.match(failed['bad.card keeps its example 1'] ?? '', '/n');
});

test('an example with an error that does not come is refused', async () => {
  const errors = { conversion: 'It is no number.' };
  const calm = await complaints(
    defineCard({ ...base, errors, examples: [{ in: {}, error: 'conversion' }], run: () => ({ n: 1 }) }),
  );
  assert.match(calm['bad.card keeps its example 1'] ?? '', 'Expected the error');
});

test('a pure card that gives something else each time is refused', async () => {
  let count = 0;
  const failed = await complaints(defineCard({ ...base, examples: [{ in: {} }], run: () => ({ n: count++ }) }));
  assert.match(failed['bad.card keeps its example 1'] ?? '', 'something else');
});

test('a card that changes its inputs is refused', async () => {
  const card = defineCard({
    ...base,
    examples: [{ in: { list: [2, 1] } }],
    // Only a card in JavaScript, or a careless cast, gets this far.
    run: (list) => ({ n: (list as unknown[]).sort().length }),
  });
  assert.match(
    (await complaints(card))['bad.card leaves its inputs alone, and gives outputs of the declared types'] ?? '',
    'The card changes its input "list"',
  );
});

test('a card that crashes at null is refused', async () => {
  const card = defineCard({
    ...base,
    inputs: [{ key: 'text', type: 'text', label: 'text' }],
    examples: [{ in: { text: 'a' } }],
    run: (text) => ({ n: (text as string).length }),
  });
  assert.equal(Object.keys(await complaints(card)), ['bad.card bears null as "text"']);
});

test('an output of another type is refused', async () => {
  const card = defineCard({ ...base, examples: [{ in: {} }], run: () => ({ n: 'one' as unknown as number }) });
  assert.match(
    (await complaints(card))['bad.card leaves its inputs alone, and gives outputs of the declared types'] ?? '',
    'number is declared',
  );
});

test('a secret that a card hands on stays hidden', async () => {
  const card = defineCard({
    ...base,
    inputs: [{ key: 'key', type: 'text', secret: true, required: true, label: 'key' }],
    outputs: [{ key: 'n', type: 'text', label: 'n' }],
    examples: [{ in: { key: 'k' } }],
    run: (key) => ({ n: `-${key}-` }),
  });
  assert.equal(await complaints(card), {});
});

test('a secret that is not declared as one is not tested as one', async () => {
  const names: string[] = [];
  conformance({ packs: [acme], test: (name) => names.push(name) });
  assert.not(names.some((name) => name.includes('secret')));
});

const AS_DECLARED = 'bad.card leaves its inputs alone, and gives outputs of the declared types';

test('a field, an error that nobody explains is refused', async () => {
  const examples = [{ in: {} }];
  const run = () => ({ n: 1 });
  const blank = defineCard({ ...base, examples, run, outputs: [{ key: 'n', type: 'number', description: ' ' }] });
  assert.match((await complaints(blank))['bad.card is explained'] ?? '', '"n" is not explained');
  const bare = defineCard({ ...base, examples, run, inputs: [{ key: 'list', type: 'any', list: true }] });
  assert.match((await complaints(bare))['bad.card is explained'] ?? '', '"list" is not explained');
});

test('an output that nobody declared is refused', async () => {
  const run = () => ({ n: 1, more: 2 });
  const card = defineCard({ ...base, examples: [{ in: {} }], run });
  assert.match((await complaints(card))[AS_DECLARED] ?? '', 'gives "more"');
  const later = defineCard({ ...base, kind: 'effect', examples: [{ in: {} }], run: async () => run() });
  assert.match((await complaints(later))[AS_DECLARED] ?? '', 'gives "more"');
});

test('a pure card that reads the clock is refused, however slowly that shows', async () => {
  const card = defineCard({ ...base, examples: [{ in: {} }], run: () => ({ n: new Date().getFullYear() }) });
  assert.match((await complaints(card))['bad.card keeps its example 1'] ?? '', 'at another time');
  const expired = Date.UTC(2030, 0, 1);
  const late = defineCard({ ...base, examples: [{ in: {} }], run: () => ({ n: Date.now() > expired ? 1 : 2 }) });
  assert.match((await complaints(late))['bad.card keeps its example 1'] ?? '', 'at another time');
});

test('a pure card that remembers what it was asked before is refused', async () => {
  let last = 0;
  const card = defineCard({
    ...base,
    examples: [{ in: { list: [] } }, { in: { list: [1, 2] } }],
    run: (list) => {
      const n = list?.length === 0 ? last : 0;
      last = list?.length ?? 0;
      return { n };
    },
  });
  assert.match((await complaints(card))['bad.card keeps its example 1'] ?? '', 'asked again');
});

test('a pure card is asked again wherever it is asked: a true example does not hide chance, state and time', async () => {
  let asked = 0;
  for (const [other, message] of [
    [() => Math.random(), 'uses chance with null as "list"'],
    [() => performance.now(), 'asked again with null as "list"'],
    [() => asked++, 'asked again with null as "list"'],
    [() => new Date().getFullYear(), 'at another time with null as "list"'],
  ] as const) {
    const examples = [{ in: { list: [1] }, out: { n: 1 } }];
    const card = defineCard({ ...base, examples, run: (list) => ({ n: list?.length === 1 ? 1 : other() }) });
    const failed = await complaints(card);
    assert.equal(Object.keys(failed), ['bad.card bears null as "list"']);
    assert.match(failed['bad.card bears null as "list"'] ?? '', message);
  }
});

test('a card that goes past its host into the web is refused', async () => {
  const effect = { ...base, kind: 'effect', examples: [{ in: {} }] } as const;
  const fetching = defineCard({
    ...effect,
    run: async () => ({ n: (await fetch('https://example.com/').catch(() => ({ status: 0 }))).status }),
  });
  assert.match((await complaints(fetching))[AS_DECLARED] ?? '', 'uses fetch https://example.com/');
  const dialling = defineCard({
    ...effect,
    run: () =>
      new Promise<{ n: number }>((resolve) => {
        const socket = connect({ host: '127.0.0.1', port: 9 });
        socket.on('error', () => resolve({ n: 0 }));
      }),
  });
  assert.match((await complaints(dialling))[AS_DECLARED] ?? '', 'uses a socket to 127.0.0.1:9');
  for (const [go, told] of [
    [() => lookup('graz.example.com'), 'uses DNS for graz.example.com'],
    [() => new Promise((done) => dns.lookup('graz.example.com', done)), 'uses DNS for graz.example.com'],
    [async () => execSync('curl graz.example.com'), 'uses a process: curl graz.example.com'],
    [async () => spawn('curl', ['graz.example.com']), 'uses a process: curl'],
    [async () => createSocket('udp4').unref().send('a', 9, '127.0.0.1'), 'uses a datagram'],
  ] as const) {
    const run = async () => ({
      n: await go().then(
        () => 1,
        () => 0,
      ),
    });
    assert.match((await complaints(defineCard({ ...effect, run })))[AS_DECLARED] ?? '', told);
  }
});

test('a host that neither an input nor the pack names is refused', async () => {
  const card = defineCard({
    ...base,
    kind: 'effect',
    inputs: [{ key: 'where', type: 'text', required: true, label: 'where' }],
    examples: [{ in: { where: 'graz.example.com' } }],
    run: async (where, ctx) => {
      const { signal } = ctx;
      await ctx.http.request({ method: 'GET', url: 'https://count.example.net/', headers: {}, signal });
      if (where !== '') await ctx.http.request({ method: 'GET', url: `https://${where}/`, headers: {}, signal });
      return { n: 1 };
    },
  });
  assert.match((await complaints(card))[AS_DECLARED] ?? '', 'asks count.example.net');
  assert.match((await complaints(card, { hosts: ['example.net'] }))[AS_DECLARED] ?? '', 'asks count.example.net');
  assert.equal(await complaints(card, { hosts: ['count.example.net'] }), {});
  assert.equal(await complaints(card, { hosts: ['*.example.net'] }), {});
});

test('a secret on the console is refused, anything else there is not', async () => {
  const inputs = [{ key: 'key', type: 'text', secret: true, required: true, label: 'key' }] as const;
  const printing = (print: (key: string) => void) =>
    defineCard({
      ...base,
      inputs,
      examples: [{ in: { key: 'k' } }],
      run: (key) => {
        print(key);
        return { n: 1 };
      },
    });
  const inBase64 = (text: string) => Buffer.from(text).toString('base64');
  for (const [print, how] of [
    [console.log, ''],
    [console.error, ''],
    [(key: string) => process.stderr.write(`got ${key}`), ''],
    [(key: string) => console.log(inBase64(key)), ' in base64'],
    [(key: string) => console.log(inBase64(`a:${key}:`)), ' in base64'],
    [(key: string) => console.log(`Basic ${inBase64(`ab:${key}`)}`), ' in base64'],
    [(key: string) => console.log(Buffer.from(key).toString('hex')), ' in hex'],
    [(key: string) => console.log(`https://a.example/?key=${encodeURIComponent(key)}`), ' percent-encoded'],
    [(key: string) => console.log([...key].reverse().join('')), ' backwards'],
  ] as const) {
    const failed = await complaints(printing((key) => void print(key)));
    const message = failed['bad.card keeps its secret input "key" out of events'] ?? '';
    assert.match(message, `prints the value of "key"${how}.`);
  }
  assert.equal(await complaints(printing(() => console.log('asked'))), {});
});

test('an effect that does not let go of its request is refused', async () => {
  const card = defineCard({
    ...base,
    kind: 'effect',
    examples: [{ in: {} }],
    run: async (_list, ctx) => {
      const answer = await ctx.http.request({ method: 'GET', url: 'https://example.com/', headers: {} });
      return { n: answer.status };
    },
  });
  assert.equal(Object.keys(await complaints(card, { hosts: ['example.com'] })), [
    'bad.card gives up a request when its time is up',
    'bad.card gives up a request when the run is cancelled',
  ]);
});

test('a failing case is told with what it proves, what was expected and what came', async () => {
  const suite = {
    suite: 'acme/wrong',
    cases: [
      {
        id: 'wrong',
        proves: 'It is wrong.',
        source: 'nowhere',
        card: 'acme.initials',
        in: { name: 'A' },
        expect: { outputs: { initials: 'B' } },
      },
    ],
  };
  const tests: (() => Promise<void>)[] = [];
  conformance({ packs: [acme], cases: [suite], test: (name, run) => name.startsWith('acme/') && tests.push(run) });
  assert.is(tests.length, 1);
  const message = await tests[0]?.().catch((error: unknown) => (error instanceof Error ? error.message : ''));
  for (const part of [
    'acme/wrong/wrong',
    'It is wrong. (nowhere)',
    'outputs/initials',
    'expected "B"',
    'actual   "A"',
  ]) {
    assert.match(String(message), part);
  }
});

test.run();
