/** Errors know one another across copies of the engine, and a code that is not in the table does not compile. */
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import * as own from './errors.js';

/** What a pack that brings its own engine has. */
const entry = fileURLToPath(new URL('./errors.ts', import.meta.url));
const built = buildSync({ entryPoints: [entry], bundle: true, write: false, format: 'esm', target: 'es2022' });
const code = built.outputFiles[0]?.text ?? '';
// The module is the very one that is checked, loaded a second time.
const other = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as typeof own;

test('instanceof knows the errors of another copy, by their class', () => {
  const error = new other.HttpError<'http-status'>('http-status', 'No.', {
    statusCode: 503,
    hint: 'Wait.',
  }) as unknown;
  assert.is(Object.getPrototypeOf(error) === own.HttpError.prototype, false);
  assert.ok(error instanceof own.FlowdeckError);
  assert.ok(error instanceof own.HttpError);
  assert.not.ok(error instanceof own.LimitError);
  assert.not.ok(error instanceof own.ConnectionError);
  assert.ok(error instanceof own.RunError && error.statusCode === 503 && error.hint === 'Wait.');
  assert.ok(new own.PlanError([]) instanceof other.DocumentError);
  assert.not.ok(new own.DocumentError([]) instanceof other.PlanError);
});

test('an error has the name of its class, whatever the bundler calls that', () => {
  for (const { RunError, PlanError } of [own, other]) {
    class SoldOut extends RunError<'acme-sold-out'> {}
    assert.is(RunError.name, 'RunError');
    assert.is(new RunError('card-failed', 'x').name, 'RunError');
    assert.match(String(new PlanError([])), /^PlanError:/);
    assert.is(new SoldOut('acme-sold-out', 'x').name, 'SoldOut');
  }
});

test('nothing else is an error of the engine', () => {
  class Lookalike extends Error {
    readonly code = 'http-status';
  }
  for (const value of [null, undefined, 'http-status', new Error('x'), new Lookalike('x'), {}, Object.create(null)])
    assert.not.ok(value instanceof own.FlowdeckError, String(Object.prototype.toString.call(value)));
});

test('a class of a pack is only itself', () => {
  class SoldOut extends own.RunError<'acme-sold-out'> {}
  const error = new SoldOut('acme-sold-out', 'Sold out.') as unknown;
  assert.ok(error instanceof SoldOut && error.code === 'acme-sold-out');
  assert.ok(error instanceof own.RunError);
  assert.not.ok(new own.RunError('card-failed', 'x') instanceof SoldOut);
  assert.not.ok(new other.RunError('card-failed', 'x') instanceof SoldOut);
});

test('codes are checked by the compiler', () => {
  // Each line holds a fault: without one, the directive above it is itself an error of the compiler.
  const faults = [
    // @ts-expect-error: a typo of one of the engine's codes
    new own.FlowdeckError('unknwon-flow', ''),
    // @ts-expect-error: the same, where a type is asked for
    ((): own.RunError => new own.RunError('card-faild', ''))(),
    // @ts-expect-error: not one of those that the maker names
    new own.RunError<'acme-sold-out'>('acme-soldout', ''),
    // @ts-expect-error: a finding with a code that is not in the table
    { severity: 'error', code: 'unknown-crd', message: '', pointer: '' } satisfies own.Diagnostic<'unknown-card'>,
  ];
  assert.is(faults.length, 4);
});

test.run();
