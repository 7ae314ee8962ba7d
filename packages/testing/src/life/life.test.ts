/** Steps of a case with a host: each says no when it should, and the first that does ends the case. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readSuite } from '../cases/read.js';
import type { Case, Suite } from '../cases/types.js';
import { scriptedService } from '../http/case-service.js';
import type { Adapter } from '../run/adapter.js';
import { runCase } from '../run/run-case.js';
import type { HostChange, HostCommand, HostData, ServedHost } from './served.js';
import type { HostStep } from './types.js';

/** A host that remembers what it was asked, and reaches what it is sent. */
class FakeHost implements ServedHost {
  readonly asked: HostCommand[] = [];
  readonly runs: HostData[] = [];
  readonly moments: number[] = [];
  readonly changes: HostChange[] = [];
  isClosed = false;
  #url = 'http://127.0.0.1:1/';

  constructor(url?: string) {
    if (url !== undefined) this.#url = url;
  }

  async facts() {
    return { 'host.url': this.#url, 'greet.url': `${this.#url}greet` };
  }
  async flow(id: string) {
    return id === 'greet' ? { on: this.asked.length > 0 } : null;
  }
  async ask(command: HostCommand): Promise<HostData> {
    this.asked.push(command);
    if (command.do === 'on' && command.flow !== 'greet') return { error: { code: 'flow-unknown' } };
    if (command.do === 'start') this.runs.push({ flow: command.flow, status: 'success' });
    return { done: command.do };
  }
  async ended() {
    return this.runs;
  }
  async parked() {
    return [{ number: 7 }];
  }
  async passTo(moment: number) {
    this.moments.push(moment);
  }
  async again(_how: 'stop' | 'crash', _at: number | null, change: HostChange) {
    this.changes.push(change);
    this.runs.push({ flow: 'again', status: 'success' });
  }
  async stop() {}
  async close() {
    this.isClosed = true;
  }
}

function adapterFor(host: ServedHost | null): Adapter {
  const run = () => Promise.reject(new Error('A case with steps is not one run.'));
  return { name: 'fake', namespaces: [], check: () => [], run, ...(host === null ? {} : { serve: async () => host }) };
}

const suite: Suite = { suite: 's', cases: [] };

/** Half of it is what a step waits for that does not come. */
const IMPATIENT = { timeoutMs: 1_000 };

/** Plays steps against a host, and tells where it failed. */
async function places(
  steps: readonly HostStep[],
  more: Partial<Case> = {},
  host = new FakeHost(),
  options: { readonly timeoutMs?: number } = {},
) {
  const entry: Case = { id: 'a', flows: [{ id: 'greet' }], steps, expect: {}, ...more };
  const { failures, status } = await runCase(suite, entry, adapterFor(host), {
    services: { scripted: scriptedService },
    ...options,
  });
  assert.is(host.isClosed, true);
  assert.is(status, failures.length === 0 ? 'passed' : 'failed');
  return failures.map(({ where }) => where);
}

test('what a step comes to is compared, and a step that says nothing must not fail', async () => {
  assert.equal(await places([{ on: 'greet' }, { off: 'greet', expect: { done: 'off' } }]), []);
  assert.equal(await places([{ on: 'other' }, { on: 'greet', expect: { done: 'never' } }]), ['steps/0']);
  assert.equal(await places([{ on: 'other', expect: { error: { code: 'flow-unknown' } } }]), []);
  assert.equal(await places([{ on: 'greet', expect: { done: 'off' } }]), ['steps/0/done']);
});

test('what is waited for and does not come fails the step', async () => {
  const missing = (step: HostStep) => places([step], {}, new FakeHost(), IMPATIENT);
  assert.equal(await missing({ until: { flow: 'greet', is: { on: true } } }), ['steps/0']);
  assert.equal(await places([{ on: 'greet' }, { until: { flow: 'greet', is: { on: true } } }]), []);
  assert.equal(await missing({ until: { ended: 1 } }), ['steps/0']);
  assert.equal(await places([{ until: { parked: 1 } }]), []);
  assert.equal(await missing({ asked: { path: '/x' } }), ['steps/0']);
});

test('the end is judged: runs, what is parked, and requests', async () => {
  const ran = [{ flow: 'greet', status: 'success' }];
  const start: HostStep = { start: 'greet', inputs: { name: 'Ada' } };
  assert.equal(await places([start], { expect: { runs: ran, parked: [{ number: 7 }] } }), []);
  assert.equal(await places([start], { expect: { runs: [] } }), ['runs']);
  assert.equal(await places([start], { expect: { runs: [{ flow: 'greet', status: 'error' }] } }), ['runs/0/status']);
  assert.equal(await places([start], { expect: { parked: [] } }), ['parked']);
  const service = { exchanges: [{ request: { method: 'GET', path: '/' }, response: { status: 200 } }] };
  assert.equal(await places([start], { service, expect: { requests: [{ path: '/' }] } }), ['requests', 'service']);
});

test('what is kept stands for itself later, and what is not there cannot be kept', async () => {
  const host = new FakeHost();
  const steps: HostStep[] = [{ on: 'greet', keep: { what: '/done' } }, { start: '{{what}}-{{unknown}}' }];
  assert.equal(await places(steps, {}, host), []);
  assert.equal(host.asked[1], { do: 'start', flow: 'on-{{unknown}}', inputs: {} });
  assert.equal(await places([{ on: 'greet', keep: { what: '/nothing/there' } }]), ['steps/0/keep/what']);
});

/** Of `1.{"a":1}` under `s`: by `openssl dgst -sha256 -hmac s`. */
const MAC = '9ee1ad6f760d468f81be85f1adb88495d48cfa39890cf5c44cb06f95e883c435';

test('a request is really sent, signed where it says so, and a refusal is seen', async () => {
  const exchanges = [
    {
      request: { method: 'POST', path: '/greet', json: { a: 1 }, headers: { 'x-mac': `v1=${MAC}` } },
      response: { status: 201, json: { id: 'h1' } },
    },
    { request: { method: 'GET', path: '/gone' }, response: { status: 410, body: 'gone' }, times: 2 },
  ];
  const signed = {
    url: '{{greet.url}}',
    json: { a: 1 },
    hmac: { header: 'x-mac', secret: 's', signed: '1.{{body}}', prefix: 'v1=' },
  };
  const service = await scriptedService({ exchanges });
  const host = () => new FakeHost(`${service.facts['url']}/`);
  try {
    assert.equal(await places([{ send: signed, expect: { status: 201, json: { id: 'h1' } } }], {}, host()), []);
    assert.equal(await places([{ send: { url: 'gone' } }], {}, host()), ['steps/0']);
    assert.equal(await places([{ send: { url: 'gone' }, expect: { status: 410, text: 'gone' } }], {}, host()), []);
    assert.equal(service.problems(), []);
  } finally {
    await service.close();
  }
});

test('a parked event is named by its place, and moments are moments', async () => {
  const host = new FakeHost();
  assert.equal(
    await places([{ replay: 0 }, { drop: 3 }, { clock: '2030-01-01T00:00:00Z' }, { again: 'crash' }], {}, host),
    [],
  );
  assert.equal(host.asked, [
    { do: 'replay', event: 7 },
    { do: 'drop', event: null },
  ]);
  assert.equal(host.moments, [Date.UTC(2030, 0, 1)]);
});

test('events, delegated flows and logins are asked for with all that they need', async () => {
  const host = new FakeHost();
  const steps: HostStep[] = [
    { emit: 'order.placed', inputs: { number: '17' }, id: 'order-17', key: 'k' },
    { emit: 'order.placed' },
    { delegate: 'approve', caller: { id: 'u1' }, inputs: { order: '17' } },
    { connect: 'shop', auth: { access_token: 't' } },
  ];
  assert.equal(await places(steps, {}, host), []);
  assert.equal(host.asked, [
    { do: 'emit', event: 'order.placed', inputs: { number: '17' }, id: 'order-17', key: 'k' },
    { do: 'emit', event: 'order.placed', inputs: {}, id: null, key: null },
    { do: 'delegate', flow: 'approve', caller: { id: 'u1' }, inputs: { order: '17' } },
    { do: 'connect', connection: 'shop', auth: { access_token: 't' } },
  ]);
});

test('the next host serves what the one before did, or a new version of it', async () => {
  const host = new FakeHost();
  const steps: HostStep[] = [
    { again: 'stop' },
    { again: 'stop', flows: [{ id: 'greet' }], connectors: [{ flowdeck: 1 }] },
  ];
  assert.equal(await places(steps, {}, host), []);
  assert.equal(host.changes, [
    { document: null, connectors: null },
    { document: { flowdeck: 1, flows: [{ id: 'greet' }] }, connectors: [{ flowdeck: 1 }] },
  ]);
});

test('an engine without a host skips the case, and says so', async () => {
  const entry: Case = { id: 'a', flows: [{}], steps: [{ on: 'x' }], expect: {} };
  const { status, reason } = await runCase(suite, entry, adapterFor(null));
  assert.equal([status, reason], ['skipped', 'The engine has no host.']);
});

test('a file that could pass by mistake is refused', () => {
  const told = (entry: object): string => {
    try {
      readSuite({ cases: [{ id: 'a', ...entry }] }, 'a.json');
      return '';
    } catch (error) {
      return (error as { diagnostics: { message: string }[] }).diagnostics.map(({ message }) => message).join();
    }
  };
  const good = { flows: [{ id: 'f' }], steps: [{ on: 'f' }], expect: { runs: [] } };
  assert.is(told(good), '');
  assert.match(told({ ...good, expect: { outputs: {} } }), '"outputs" is of one run.');
  assert.match(told({ ...good, mocks: [] }), 'A host reaches what there is.');
  assert.match(told({ ...good, flows: undefined }), /is not a list|serves flows/);
  assert.match(told({ steps: [{ on: 'f' }], expect: { runs: [] } }), 'A host serves flows.');
  assert.match(told({ ...good, steps: [{ on: 'f', off: 'f' }] }), 'exclude each other');
  assert.match(told({ ...good, steps: [{}] }), 'A step has one of');
  assert.match(told({ ...good, steps: [{ on: 'f', inputs: {} }] }), '"inputs" belongs to "start", "emit", "delegate".');
  assert.match(told({ ...good, steps: [{ start: 'f', id: 'e1' }] }), '"id" belongs to "emit".');
  assert.match(told({ ...good, steps: [{ emit: 'e', caller: {} }] }), '"caller" belongs to "delegate".');
  assert.match(told({ ...good, steps: [{ on: 'f', flows: [] }] }), '"flows" belongs to "again".');
  assert.match(told({ ...good, steps: [{ test: 'c', auth: {} }] }), '"auth" belongs to "connect".');
  assert.match(told({ ...good, steps: [{ clock: 'soon' }] }), 'is not a moment');
  assert.match(told({ flow: { cards: [] }, expect: { runs: [] } }), '"expect/runs" is of a host.');
  assert.match(told({ card: 'a.b', flows: [{}], expect: { value: 1 } }), '"flows" is of a host.');
});

test.run();
