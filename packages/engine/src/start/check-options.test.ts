/** Options that there are not, and options of another kind: each is refused with its place and what to write. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createEngine } from '../engine.js';
import { FlowdeckError } from '../errors.js';
import { flow, testEngine } from '../testing/cards.js';

interface Mistake {
  readonly options: unknown;
  readonly code: 'option-unknown' | 'option-invalid' | 'limit-invalid';
  readonly field?: string;
  readonly hint: RegExp;
}

const acme = { connector: 'acme', auth: { token: 'hunter2' } };

const ENGINE: Readonly<Record<string, Mistake>> = {
  'a port beside the ports': {
    options: { runtime: { open() {}, close() {}, signal() {} } },
    code: 'option-unknown',
    field: 'runtime',
    hint: /createEngine\(\{ ports: \{ runtime \} \}\)/,
  },
  'connections beside the ports': {
    options: { connections: {} },
    code: 'option-unknown',
    field: 'connections',
    hint: /ports: \{ connections \}/,
  },
  'a limit beside the limits': {
    options: { steps: 5 },
    code: 'option-unknown',
    field: 'steps',
    hint: /limits: \{ steps \}/,
  },
  'an option of a run': { options: { inputs: {} }, code: 'option-unknown', field: 'inputs', hint: /engine\.run\(deck/ },
  'a misspelt option': { options: { pack: [] }, code: 'option-unknown', field: 'pack', hint: /Did you mean "packs"\?/ },
  'an option like nothing': {
    options: { verbosity: 3 },
    code: 'option-unknown',
    field: 'verbosity',
    hint: /createEngine takes packs, ports, interceptors, limits/,
  },
  'a pack without its list': {
    options: { packs: { name: 'p' } },
    code: 'option-invalid',
    field: 'packs',
    hint: /packs: \[pack\]/,
  },
  'options that are a list': { options: [], code: 'option-invalid', hint: /createEngine takes packs/ },
  'options that are null': { options: null, code: 'option-invalid', hint: /createEngine takes packs/ },
  'a misspelt port': {
    options: { ports: { htp: {} } },
    code: 'option-unknown',
    field: 'ports/htp',
    hint: /Did you mean "http"\?/,
  },
  'fetch as HTTP port': {
    options: { ports: { http: fetch } },
    code: 'option-invalid',
    field: 'ports/http',
    hint: /fetchPort\(\)/,
  },
  'a clock without all its methods': {
    options: { ports: { clock: { now: () => 0 } } },
    code: 'option-invalid',
    field: 'ports/clock',
    hint: /ManualClock/,
  },
  'Date as clock': { options: { ports: { clock: Date } }, code: 'option-invalid', field: 'ports/clock', hint: /Clock/ },
  'Math.random as randomness': {
    options: { ports: { random: Math.random } },
    code: 'option-invalid',
    field: 'ports/random',
    hint: /Leave it out/,
  },
  'a function as logger': {
    options: { ports: { logger: () => {} } },
    code: 'option-invalid',
    field: 'ports/logger',
    hint: /log\(level/,
  },
  'a Map of connections': {
    options: { ports: { connections: new Map([['main', acme]]) } },
    code: 'option-invalid',
    field: 'ports/connections',
    hint: /Object\.fromEntries/,
  },
  'a list of connections': {
    options: { ports: { connections: [acme] } },
    code: 'option-invalid',
    field: 'ports/connections',
    hint: /connections: \{ main/,
  },
  'an interceptor that is no list': {
    options: { interceptors: { effect: () => undefined } },
    code: 'option-invalid',
    field: 'interceptors/effect',
    hint: /effect: \[/,
  },
  'an interceptor that is no function': {
    options: { interceptors: { http: ['trace'] } },
    code: 'option-invalid',
    field: 'interceptors/http',
    hint: /http: \[/,
  },
  'interceptors of something else': {
    options: { interceptors: { effects: [] } },
    code: 'option-unknown',
    field: 'interceptors/effects',
    hint: /Did you mean "effect"\?/,
  },
  'a misspelt limit': {
    options: { limits: { walltimeMs: 5 } },
    code: 'limit-invalid',
    field: 'walltimeMs',
    hint: /Did you mean "wallTimeMs"\?/,
  },
  'limits that are a number': {
    options: { limits: 100 },
    code: 'option-invalid',
    field: 'limits',
    hint: /Limits: steps/,
  },
};

const RUN: Readonly<Record<string, Mistake>> = {
  'the input itself': {
    options: { phone: '1' },
    code: 'option-unknown',
    field: 'phone',
    hint: /run takes flow, inputs/,
  },
  'a misspelt option': {
    options: { input: {} },
    code: 'option-unknown',
    field: 'input',
    hint: /Did you mean "inputs"\?/,
  },
  'an option of the engine': { options: { ports: {} }, code: 'option-unknown', field: 'ports', hint: /createEngine/ },
  'the name of the flow alone': { options: 'main', code: 'option-invalid', hint: /run takes flow/ },
  'inputs in their order': { options: { inputs: ['a'] }, code: 'option-invalid', field: 'inputs', hint: /inputs: \{/ },
  'a controller for its signal': {
    options: { signal: new AbortController() },
    code: 'option-invalid',
    field: 'signal',
    hint: /AbortController/,
  },
  'an empty run id': { options: { runId: '' }, code: 'option-invalid', field: 'runId', hint: /leave it out/ },
  'a Date as start': {
    options: { startedAt: new Date() },
    code: 'option-invalid',
    field: 'startedAt',
    hint: /Milliseconds/,
  },
  'a misspelt limit': {
    options: { limits: { step: 5 } },
    code: 'limit-invalid',
    field: 'step',
    hint: /Did you mean "steps"\?/,
  },
};

const LOAD: Readonly<Record<string, Mistake>> = {
  'the name of the file alone': { options: 'a.json', code: 'option-invalid', hint: /load takes file/ },
  'a misspelt option': { options: { fil: 'a' }, code: 'option-unknown', field: 'fil', hint: /Did you mean "file"\?/ },
  'a size as text': { options: { maxBytes: '1MB' }, code: 'option-invalid', field: 'maxBytes', hint: /bytes/ },
};

function refused(act: () => unknown, { code, field, hint }: Mistake): void {
  try {
    act();
  } catch (error) {
    assert.instance(error, FlowdeckError);
    const { code: found, at, hint: told, message } = error as FlowdeckError; // held by the line above
    assert.is(found, code, message);
    assert.is(at?.field, field, message);
    assert.match(told ?? '', hint);
    assert.not.match(`${message} ${told}`, /hunter2/); // a value may be a secret
    return;
  }
  assert.unreachable('it was taken');
}

for (const [name, mistake] of Object.entries(ENGINE)) {
  test(`createEngine refuses ${name}`, () => refused(() => createEngine(mistake.options as never), mistake));
}
const engine = testEngine();
const deck = engine.load(flow([]));
for (const [name, mistake] of Object.entries(RUN)) {
  test(`start refuses ${name}`, () => refused(() => engine.start(deck, mistake.options as never), mistake));
}
for (const [name, mistake] of Object.entries(LOAD)) {
  test(`load refuses ${name}`, () => refused(() => engine.load(flow([]), mistake.options as never), mistake));
}

test('run rejects what start throws', async () => {
  const error = await engine.run(deck, { phone: '1' } as never).then(
    () => null,
    (reason: unknown) => reason,
  );
  assert.is(error instanceof FlowdeckError && error.code, 'option-unknown');
});

test('what is no deck is told', () => {
  refused(() => engine.start('flow.json' as never), {
    options: null,
    code: 'not-a-deck' as never,
    hint: /engine\.load/,
  });
});

test('undefined counts as absent, and ports may be of any class', async () => {
  class Loud {
    log(): void {}
  }
  const made = createEngine({ packs: undefined, ports: { logger: new Loud(), http: undefined } } as never);
  const result = await made.run(made.load(flow([])), { inputs: undefined, signal: undefined } as never);
  assert.is(result.status, 'success');
});

test.run();
