/** A case is run twice, listened to and not, and both must come to the same. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Case, Suite } from '../cases/types.js';
import type { Adapter, Observed, RunRequest } from './adapter.js';
import { runCase } from './run-case.js';
import type { CaseService } from './service.js';

const calm: Observed = {
  status: 'success',
  outputs: { n: 1 },
  value: 1,
  error: null,
  answer: null,
  children: [],
  ignored: [],
  tables: [],
  steps: 1,
  durationMs: 0,
  waits: [],
};

const started = { type: 'card', phase: 'started', card: 'card' };

/** An engine that does what a test says, and the requests that it got. */
function engine(run: (request: RunRequest) => Partial<Observed>): Adapter & { readonly requests: RunRequest[] } {
  const requests: RunRequest[] = [];
  return {
    name: 'fake',
    namespaces: [],
    requests,
    check: () => [],
    run: async (_program, request) => {
      requests.push(request);
      request.onEvent?.(started);
      return { ...calm, ...run(request) };
    },
  };
}

const entry: Case = { id: 'a', card: 'any.card', expect: { outputs: { n: 1 } } };
const suite: Suite = { suite: 's', cases: [entry] };

/** Where the case failed. */
async function places(adapter: Adapter, written: Partial<Case> = {}, services = {}): Promise<readonly string[]> {
  const { failures } = await runCase(suite, { ...entry, ...written }, adapter, { services });
  return failures.map(({ where }) => where);
}

test('every case is run with a listener and without', async () => {
  const adapter = engine(() => ({}));
  assert.equal(await places(adapter, { expect: { outputs: { n: 1 }, ran: ['card'], events: [started] } }), []);
  assert.equal(
    adapter.requests.map(({ onEvent }) => onEvent === null),
    [false, true],
  );
});

test('what is expected is expected of both runs', async () => {
  const adapter = engine(({ onEvent }) => (onEvent === null ? { outputs: { n: 2 }, value: 2 } : {}));
  assert.equal(await places(adapter), [
    'outputs/n (with nobody listening)',
    'outputs/n (with nobody listening)',
    'value (with nobody listening)',
  ]);
});

test('what no case names must be the same, too', async () => {
  const differing: readonly Partial<Observed>[] = [
    { steps: 2 },
    { value: 2 },
    { answer: { status: 202 } },
    { children: [{ flow: 'f' }] },
    { ignored: [{ index: 0 }] },
    { tables: [{ table: 't' }] },
  ];
  for (const other of differing) {
    const adapter = engine(({ onEvent }) => (onEvent === null ? other : {}));
    const [place = ''] = await places(adapter);
    assert.is(place.split(/[/ ]/)[0], Object.keys(other)[0]);
  }
  const slower = engine(({ onEvent }) => (onEvent === null ? { waits: [5], durationMs: 5 } : {}));
  assert.equal(await places(slower), [], 'real time is nobody’s promise');
  assert.equal(await places(slower, { clock: 'instant' }), [
    'waits (with nobody listening)',
    'durationMs (with nobody listening)',
  ]);
});

test('items that were ignored and rows that were changed are compared, all of them', async () => {
  const told = { ignored: [{ index: 1, card: 'loop' }], tables: [{ table: 't', inserted: 2 }] };
  const adapter = engine(() => told);
  assert.equal(await places(adapter, { expect: { ignored: [{ index: 1 }], tableChanges: [{ inserted: 2 }] } }), []);
  assert.equal(await places(adapter, { expect: { ignored: [{ index: 2 }] } }), ['ignored/0/index']);
  assert.equal(await places(adapter, { expect: { tableChanges: [{ inserted: 1 }] } }), ['tableChanges/0/inserted']);
  assert.ok((await places(adapter, { expect: { ignored: [] } })).length > 0);
  assert.ok(
    (
      await places(
        engine(() => ({})),
        { expect: { tableChanges: [{ table: 't' }] } },
      )
    ).length > 0,
  );
  const secret = engine(() => ({ ignored: [{ error: { message: 'hunter22' } }] }));
  assert.equal(await places(secret, { expect: { hides: ['hunter22'] } }), ['ignored']);
});

test('two limits may race where the case takes either of them, and nowhere else', async () => {
  const failed = (code: string, steps: number) => ({
    status: 'error',
    error: { code },
    value: null,
    outputs: null,
    steps,
  });
  const racing = engine(
    ({ onEvent }) => failed(onEvent === null ? 'timeout' : 'limit', onEvent === null ? 7 : 9) as never,
  );
  assert.equal(await places(racing, { expect: { error: { code: { $match: '^(limit|timeout)$' } } } }), []);
  assert.ok((await places(racing, { expect: { error: { code: 'limit' } } })).length > 0);
  const stopping = engine(({ onEvent }) => (onEvent === null ? {} : (failed('limit', 9) as never)));
  assert.ok((await places(stopping, { expect: { error: { code: { $match: '^(limit|timeout)$' } } } })).length > 0);
});

test('the moment of the real world is each run’s own, any other date is not', async () => {
  let now = Date.now();
  const telling = (write: (date: Date) => string) =>
    engine(() => {
      now += 1000;
      return { value: write(new Date(now)) };
    });
  assert.equal(await places(telling((date) => date.toISOString())), []);
  assert.equal(await places(telling((date) => date.toUTCString())), []);
  now = Date.UTC(2024, 0, 1);
  assert.equal(await places(telling((date) => date.toISOString())), ['value (with nobody listening)']);
});

test('each run has a service of its own, and its address is no difference', async () => {
  let port = 4000;
  const closed: number[] = [];
  const start = async (): Promise<CaseService> => {
    const own = port++;
    const host = `127.0.0.1:${own}`;
    return {
      facts: { url: `http://${host}`, host },
      host,
      requests: () => [],
      problems: () => [],
      close: async () => {
        closed.push(own);
      },
    };
  };
  const adapter = engine(({ inputs }) => ({ value: `called ${String(inputs['url'])}` }));
  const written = { inputs: { url: '{{service.url}}/a' }, service: { own: {} }, expect: { steps: 1 } };
  assert.equal(await places(adapter, written, { own: start }), []);
  assert.equal(closed, [4000, 4001]);
});

test('a secret input that has to stay hidden stands in the document, and not among the inputs, which are shown', async () => {
  const documents: unknown[] = [];
  const adapter = engine(() => ({}));
  const noting: Adapter = {
    ...adapter,
    run: (program, request) => {
      documents.push('document' in program ? program.document : null);
      request.onEvent?.({ type: 'execution', inputs: request.inputs });
      return adapter.run(program, request);
    },
  };
  const given = { in: { key: 'hunter22', place: 'Graz' } };
  assert.equal(await places(noting, { ...given, expect: { hides: ['hunter22'] } }), []);
  assert.equal(adapter.requests[0]?.inputs, { place: 'Graz' });
  assert.match(JSON.stringify(documents[0]), '"key":{"value":"hunter22"}');
  // Whoever shows it is still found.
  const telling = engine(({ onEvent }) => {
    onEvent?.({ type: 'card', inputs: { key: 'hunter22' } });
    return {};
  });
  assert.equal(await places(telling, { ...given, expect: { hides: ['hunter22'] } }), ['events (card)']);
});

test('a case that cancels at an event is run with a listener alone', async () => {
  const adapter = engine(({ signal }) => ({ status: signal.aborted ? 'cancelled' : 'success' }));
  assert.equal(await places(adapter, { cancelOn: started, expect: { status: 'cancelled' } }), []);
  assert.is(adapter.requests.length, 1);
});

test.run();
