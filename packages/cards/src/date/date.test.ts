/** Calendar arithmetic against Moment's, reading by format codes, and the cards that need a clock. */
import { type Outputs, RunError, type ValueObject } from '@flowdeck/engine';
import { fakeContext, ManualClock, runCard } from '@flowdeck/testing';
import fc from 'fast-check';
import moment from 'moment-timezone';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DATE_UNITS, monthsBetween, moveInstant } from './arithmetic.js';
import { fromText } from './from-text.js';
import { now } from './now.js';

const instant = fc.date({ min: new Date('1800-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });

/** A context whose clock stands still. */
function at(text: string) {
  return fakeContext({ clock: new ManualClock({ start: Date.parse(text) }) });
}

async function read(inputs: ValueObject, today = '2016-09-07T16:55:25.670Z'): Promise<string> {
  // A card without blocks gives its outputs.
  const { output } = (await runCard(fromText, inputs, at(today))) as Outputs;
  return output instanceof Date ? output.toISOString() : String(output);
}

test('moving an instant agrees with Moment for every unit', () => {
  const amount = fc.oneof(
    fc.integer({ min: -500, max: 500 }),
    fc.integer({ min: -40, max: 40 }).map((half) => half / 4),
  );
  fc.assert(
    fc.property(instant, amount, fc.constantFrom(...DATE_UNITS), (date, count, unit) => {
      const expected = moment.utc(date).add(count, unit as moment.DurationInputArg2);
      assert.is(moveInstant(date, count, unit).toISOString(), expected.toISOString());
    }),
    { numRuns: 2000 },
  );
});

test('months between two instants agree with Moment', () => {
  fc.assert(
    fc.property(instant, instant, (start, end) => {
      const expected = moment.utc(end).diff(moment.utc(start), 'months', true);
      assert.ok(Math.abs(monthsBetween(start, end) - expected) < 1e-9, `${monthsBetween(start, end)} ${expected}`);
    }),
    { numRuns: 2000 },
  );
});

test('adding whole months and taking the span gives the months back', () => {
  const early = fc.date({ min: new Date('1900-01-01'), max: new Date('1900-01-28'), noInvalidDate: true });
  fc.assert(
    fc.property(early, fc.integer({ min: -2000, max: 2000 }), (date, months) =>
      Object.is(monthsBetween(date, moveInstant(date, months, 'months')) + 0, months + 0),
    ),
  );
});

test('Text to Date: every example', async () => {
  for (const example of fromText.examples ?? []) {
    if (example.error !== undefined) {
      await refused(example.error, () => read(example.in));
      continue;
    }
    const { output } = example.out ?? {};
    assert.instance(output, Date);
    if (output instanceof Date) assert.is(await read(example.in), output.toISOString());
  }
});

test('Text to Date: what the format does not name comes from the clock of the run', async () => {
  assert.is(await read({ text: '10/3', format: 'MM/DD' }), '2016-10-03T00:00:00.000Z');
  assert.is(await read({ text: '12', format: 'DD' }), '2016-09-12T00:00:00.000Z');
  assert.is(await read({ text: 'May', format: 'MMM' }), '2016-05-01T00:00:00.000Z');
  assert.is(await read({ text: '9:15 pm', format: 'h:mm a' }), '2016-09-07T21:15:00.000Z');
  assert.is(await read({ text: '9:15 PM', format: 'LT' }), '2016-09-07T21:15:00.000Z');
  assert.is(await read({ text: '60', format: 'DDD' }), '2016-02-29T00:00:00.000Z');
  assert.is(await read({ text: '60', format: 'DDD' }, '2017-06-01T00:00:00Z'), '2017-03-01T00:00:00.000Z');
  assert.is(await read({ text: '29.2.', format: 'D.M.' }), '2016-02-29T00:00:00.000Z');
  await refused('date-parse', () => read({ text: '29.2.', format: 'D.M.' }, '2017-06-01T00:00:00Z'));
});

test('Text to Date: text that holds nothing of the format is refused, whatever the format leaves to the clock', async () => {
  for (const format of ['YYYY', 'MM/DD', 'h:mm a', 'D', 'X', 'dddd']) {
    await refused('date-parse', () => read({ text: 'abc', format }));
    await refused('date-parse', () => read({ text: null, format }));
  }
});

test('Text to Date: seconds, milliseconds and weeks stand on their own', async () => {
  assert.is(await read({ text: '1473267325', format: 'X' }), '2016-09-07T16:55:25.000Z');
  assert.is(await read({ text: '1473267325670', format: 'x' }), '2016-09-07T16:55:25.670Z');
  assert.is(await read({ text: '2016-W36-3', format: 'GGGG-[W]WW-E' }), '2016-09-07T00:00:00.000Z');
});

test('Text to Date reads what Date to Text wrote, for formats that name the whole date', () => {
  const formats = ['YYYY-MM-DDTHH:mm:ss.SSSZ', 'MMMM D, Y h:mm:ss.SSS A ZZ', 'dddd, Do MMM YYYY HH:mm:ss.SSS', 'x'];
  return fc.assert(
    fc.asyncProperty(instant, fc.constantFrom(...formats), async (date, format) => {
      assert.is(await read({ text: moment.utc(date).format(format), format }), date.toISOString());
    }),
  );
});

test('Text to Date answers any text and any format with a date or an error with a code', () => {
  const code = fc.constantFrom(
    'YYYY',
    'MM',
    'DD',
    'DDDD',
    'dddd',
    'w',
    'GGGG',
    'HH',
    'a',
    'Z',
    'X',
    'x',
    'Q',
    'N',
    '[',
    ']',
  );
  const format = fc.array(fc.oneof(code, fc.string({ maxLength: 3 })), { maxLength: 8 }).map((parts) => parts.join(''));
  return fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 40 }), format, async (text, pattern) => {
      try {
        assert.match(await read({ text, format: pattern }), /^[+-]?\d+-\d\d-\d\dT/);
      } catch (error) {
        assert.instance(error, RunError, String(error));
      }
    }),
    { numRuns: 1000 },
  );
});

test('hostile texts are refused at once', async () => {
  await refused('date-parse', () => read({ text: '1'.repeat(10_000_000), format: 'YYYY-MM-DD' }));
  await refused('date-parse', () => read({ text: ' '.repeat(10_000_000), format: null }));
  await refused('date-format', () => read({ text: '2016', format: '['.repeat(10_000_000) }));
});

test('Now: all outputs describe the instant of the clock', () => {
  const { date: _, ...outputs } = runCard(now, {}, at('2016-09-07T16:55:25.670Z')) as Outputs;
  const { date: __, ...shown } = now.examples?.[0]?.out ?? {};
  assert.equal(outputs, shown);
});

test('Now: iso and full are texts that a date input reads', () => {
  const { date, iso, full } = runCard(now, {}, at('2024-02-29T01:02:03.004Z')) as Outputs;
  assert.is((date as Date).toISOString(), '2024-02-29T01:02:03.004Z');
  assert.is(iso, '2024-02-29T01:02:03+00:00');
  assert.is(full, 'February 29, 2024 01:02:03.004');
});

async function refused(code: string, action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    assert.instance(error, RunError);
    if (error instanceof RunError) {
      assert.is(error.code, code);
      assert.ok(error.hint);
    }
    return;
  }
  assert.unreachable(`no error ${code}`);
}

test.run();
