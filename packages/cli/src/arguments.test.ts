/** What is promised of arguments: read by the table, refused with a hint, never guessed. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeck } from '../test/support.js';

const REFUSED: readonly (readonly [argv: readonly string[], code: string, told: string])[] = [
  [['run'], 'operands', 'Usage: flowdeck run FILE|DIR|-'],
  [['run', 'a.json', 'b.json'], 'operands', '"b.json"'],
  [['run', 'a.json', '--jsn'], 'unknown-option', 'Did you mean "--json"?'],
  [['run', 'a.json', '-x'], 'unknown-option', 'flowdeck run --help'],
  [['run', 'a.json', '--flow'], 'option-value', '--flow ID|NAME'],
  [['run', 'a.json', '--flow', '--trace'], 'option-value', '--flow ID|NAME'],
  [['run', 'a.json', '--trace=yes'], 'option-value', 'takes no value'],
  [['run', 'a.json', '--flow', 'a', '--flow', 'b'], 'option-repeated', 'given twice'],
  [['run', 'a.json', '--timeout', 'soon'], 'timeout-option', '--timeout 30'],
  [['run', 'a.json', '--timeout', '0'], 'timeout-option', 'above 0'],
  [['rnu'], 'unknown-command', 'Did you mean "run"?'],
  [['help', 'everything'], 'unknown-command', 'Commands: run'],
  [['graph', 'a.json', '--format', 'svgg'], 'unknown-format', 'Did you mean "svg"?'],
  [['connection', 'check', 'a.json'], 'operands', 'Actions: create, login, test, list'],
];

for (const [argv, code, told] of REFUSED) {
  test(`flowdeck ${argv.join(' ')} is refused: ${code}`, async () => {
    const ran = await flowdeck(argv);
    assert.is(ran.code, 2);
    assert.is(ran.stdout, '');
    assert.ok(ran.stderr.includes(`[${code}]`), ran.stderr);
    assert.ok(ran.stderr.includes(told), ran.stderr);
    assert.is(ran.stderr.includes('\n    at '), argv.includes('--trace'), 'a stack only by --trace');
  });
}

test('--json turns a refusal into an object of the shape that the command promises', async () => {
  const ran = await flowdeck(['run', 'missing.flow.json', '--json']);
  assert.is(ran.code, 2);
  assert.is(ran.stderr, '');
  const { error, ...rest } = JSON.parse(ran.stdout);
  assert.is(error.code, 'file-missing');
  assert.equal(rest, { status: 'error', outputs: null, runId: null, steps: 0, durationMs: 0 });
});

test('arguments after -- are operands', async () => {
  const ran = await flowdeck(['validate', '--', '--json']);
  assert.is(ran.code, 2);
  assert.ok(ran.stderr.includes('[file-missing]'));
});

test.run();
