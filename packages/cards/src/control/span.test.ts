import { RunError } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { momentAfter, SPAN_UNITS } from './span.js';

const at = (text: string) => Date.parse(text);

test('units of fixed length', () => {
  const start = at('2024-01-31T10:00:00Z');
  assert.is(momentAfter(start, 90, 'second'), at('2024-01-31T10:01:30Z'));
  assert.is(momentAfter(start, 1.5, 'minute'), at('2024-01-31T10:01:30Z'));
  assert.is(momentAfter(start, 2, 'hour'), at('2024-01-31T12:00:00Z'));
  assert.is(momentAfter(start, 1, 'day'), at('2024-02-01T10:00:00Z'));
  assert.is(momentAfter(start, 2, 'week'), at('2024-02-14T10:00:00Z'));
});

test('months and years of the calendar stay within the month', () => {
  assert.is(momentAfter(at('2024-01-31T10:00:00Z'), 1, 'month'), at('2024-02-29T10:00:00Z'));
  assert.is(momentAfter(at('2023-01-31T10:00:00Z'), 1, 'month'), at('2023-02-28T10:00:00Z'));
  assert.is(momentAfter(at('2024-02-29T00:00:00Z'), 1, 'year'), at('2025-02-28T00:00:00Z'));
  assert.is(momentAfter(at('2024-11-15T00:00:00Z'), 2, 'month'), at('2025-01-15T00:00:00Z'));
});

function codeOf(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    return error instanceof RunError ? error.code : String(error);
  }
  return undefined;
}

test('an unknown unit is an error that names the known ones', () => {
  assert.is(
    codeOf(() => momentAfter(0, 1, 'fortnight')),
    'unknown-unit',
  );
  assert.is(
    codeOf(() => momentAfter(0, 1, 'toString')),
    'unknown-unit',
  );
  assert.ok(SPAN_UNITS.length === 7);
});

test('a wait beyond what a date can hold is an error', () => {
  for (const unit of SPAN_UNITS) {
    assert.is(
      codeOf(() => momentAfter(0, 1e300, unit)),
      'invalid-delay',
      unit,
    );
  }
});

test.run();
