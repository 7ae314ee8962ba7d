/** Reading dates against moment and Luxon: ISO 8601 without a format, format codes, and the clocks of places. */
import { FlowdeckError } from '@flowdeck/engine';
import { parseDate } from '@flowdeck/engine/kit';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { moments as library } from './moments.js';
import { readDateIn, readFormatted } from './read.js';

const moments = await library();
const NOW = Date.UTC(2024, 1, 29, 12);

const digits = (count: number) =>
  fc.integer({ min: 0, max: 10 ** count - 1 }).map((n) => String(n).padStart(count, '0'));
const year = fc.oneof(digits(4), fc.integer({ min: 1990, max: 2040 }).map(String));
// The other library knows six digits for years of calendar dates only.
const longYear = fc.oneof(
  year,
  digits(4).map((y) => `+00${y}`),
);
const small = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
const offset = fc.oneof(
  fc.constantFrom('', 'Z'),
  fc.tuple(fc.constantFrom('+', '-'), small(11), fc.constantFrom('', '00', ':30')).map((parts) => parts.join('')),
);
const fraction = fc.oneof(
  fc.constant(''),
  fc.tuple(fc.constantFrom('.', ','), digits(3)).map((parts) => parts.join('')),
);

/** Dates of ISO 8601, some of which do not exist. */
const isoDates = fc.oneof(
  fc.tuple(longYear, small(13), small(32)).map(([y, m, d]) => [`${y}-${m}-${d}`, `${y}${m}${d}`] as const),
  fc
    .tuple(year, small(54), fc.integer({ min: 0, max: 8 }))
    .map(([y, w, d]) => [`${y}-W${w}-${d}`, `${y}W${w}${d}`] as const),
  fc.tuple(year, fc.integer({ min: 0, max: 367 })).map(([y, n]) => {
    const day = String(n).padStart(3, '0');
    return [`${y}-${day}`, `${y}${day}`] as const;
  }),
);
const isoTexts = fc
  .tuple(
    isoDates,
    fc.boolean(),
    fc.constantFrom('T', ' '),
    small(24),
    small(60),
    small(60),
    fraction,
    offset,
    fc.integer({ min: 0, max: 3 }),
  )
  .map(([[extended, basic], short, between, h, m, s, f, z, parts]) => {
    if (parts === 0) return short ? basic : extended;
    const colon = short ? '' : ':';
    const time = [h, m, s].slice(0, parts).join(colon) + (parts === 3 ? f : '');
    return `${short ? basic : extended}${between}${time}${z}`;
  });

/** Moment takes the midnight after the last day of a year below 100 for the one before its first. */
const MIDNIGHT_OF_OLD = /^(?:\+00)?00\d\d.*[T ]24/;

test('the midnight that ends a year below 100 begins the next', () => {
  assert.is(parseDate('+000000-12-31T24')?.toISOString(), '0001-01-01T00:00:00.000Z');
  assert.is(parseDate('0099-365T24:00')?.toISOString(), '0100-01-01T00:00:00.000Z');
  assert.is(moments.utc('0099-12-31T24', moments.ISO_8601, true).toISOString(), '0099-01-01T00:00:00.000Z');
});

test('what ISO 8601 allows is read as moment reads it', () => {
  fc.assert(
    fc.property(isoTexts, (text) => {
      fc.pre(!MIDNIGHT_OF_OLD.test(text));
      const theirs = moments.utc(text, moments.ISO_8601, true);
      const right = theirs.isValid() ? theirs.toISOString() : undefined;
      assert.is(parseDate(text)?.toISOString(), right, text);
    }),
    { numRuns: 20_000 },
  );
});

test('months, weeks and years of ISO 8601', () => {
  fc.assert(
    fc.property(year, small(54), (y, part) => {
      for (const text of [y, `${y}-${part}`, `${y}-W${part}`, `${y}W${part}`]) {
        const theirs = moments.utc(text, moments.ISO_8601, true);
        const right = theirs.isValid() ? theirs.toISOString() : undefined;
        assert.is(parseDate(text)?.toISOString(), right, text);
      }
    }),
  );
});

const ZONES = [
  'UTC',
  'Europe/Paris',
  'America/New_York',
  'Asia/Kolkata',
  'America/St_Johns',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
];
const zones = fc.constantFrom(...ZONES);
const instants = fc.date({ min: new Date('1975-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });

test('what a format writes in a zone it reads there', () => {
  const formats = fc.constantFrom(
    ...['YYYY-MM-DD HH:mm:ss.SSS', 'dddd, MMMM Do YYYY, h:mm:ss.SSS a', 'D MMM YY HH:mm:ss.SSS', 'YYYYDDDDHHmmssSSS'],
    ...['GGGG-[W]WW-E kk:mm:ss.SSS', 'gggg ww e HH:mm:ss.SSS', 'L LTS.SSS', 'X.SSS', 'x', 'YYYY-MM-DDTHH:mm:ss.SSSZ'],
    ...[
      'HH:mm:ss.SSS ZZ, DD/MM/Y',
      'YYYY-MM-DD HH:mm:ss.SSS z',
      'z YYYY-MM-DD HH:mm:ss.SSS',
      'YYYY-MM-DD z HH:mm:ss.SSS',
    ],
  );
  fc.assert(
    fc.property(formats, zones, instants, (format, zone, date) => {
      const text = moments.tz(date, zone).format(format);
      const read = readFormatted(moments, text, format, { zone, now: NOW });
      if (Object.is(read.getTime(), date.getTime())) return;
      if (format === 'X.SSS')
        return assert.is(Math.floor(read.getTime() / 1000), Math.floor(date.getTime() / 1000), text);
      // Seconds without their fraction, also in an hour that the clock shows twice.
      const seconds = (instant: Date) => moments.tz(instant, zone).format('L LTS');
      if (format === 'L LTS.SSS') return assert.is(seconds(read), seconds(date), text);
      // An hour that the clock shows twice: the first is meant, unless the text says which.
      assert.is(moments.tz(read, zone).format(format), text);
      assert.not.match(format, /[zZ]/);
      assert.is(date.getTime() - read.getTime(), zone === 'Australia/Lord_Howe' ? 1_800_000 : 3_600_000, text);
    }),
    { numRuns: 5000 },
  );
});

test('any text by any format is read as moment reads it, in any zone', () => {
  const codes = [
    'YYYY',
    'Y',
    'YY',
    'M',
    'MM',
    'MMM',
    'MMMM',
    'D',
    'DD',
    'Do',
    'DDD',
    'H',
    'HH',
    'h',
    'hh',
    'A',
    'a',
    'm',
    'mm',
  ];
  const piece = fc.constantFrom(
    ...codes,
    's',
    'ss',
    'S',
    'SSS',
    'Z',
    'ZZ',
    'ddd',
    'E',
    'Q',
    'LT',
    'l',
    ' ',
    '-',
    '/',
    ':',
    'T',
    '[at]',
  );
  const text = fc.oneof(
    isoTexts,
    instants.map((date) => date.toUTCString()),
    instants.map((date) => moments.utc(date).format('LLLL')),
    fc.string({ unit: fc.constantFrom(...'0123456789 -/:+TZapmM'), maxLength: 24 }),
  );
  let read = 0;
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 10 }), text, zones, (rest, given, zone) => {
      const format = ['YYYY MM DD', ...rest].join(' ');
      const theirs = moments.tz(given, format, 'en', zone);
      let ours: Date | null = null;
      try {
        ours = readFormatted(moments, given, format, { zone, now: NOW });
      } catch {
        // Told by null.
      }
      // What lacks a year, the library takes from the clock of the machine.
      if (theirs.isValid() && theirs.parsingFlags().parsedDateParts[0] === undefined) return;
      if (ours !== null) read++;
      assert.is(
        ours?.toISOString(),
        theirs.isValid() ? theirs.toISOString() : undefined,
        `${given} by ${format} in ${zone}`,
      );
    }),
    { numRuns: 10_000 },
  );
  assert.ok(read > 1000, `${read} were read`);
});

test('the clocks of places, around every change of two years, as Luxon has it', () => {
  for (const zone of ZONES.slice(1)) {
    for (let wall = Date.UTC(2023, 0, 1); wall < Date.UTC(2025, 0, 1); wall += 1_800_000) {
      const text = new Date(wall).toISOString().slice(0, 16);
      // Of two the other library takes any.
      const theirs = DateTime.fromISO(text, { zone }).getPossibleOffsets();
      const right = Math.min(...theirs.map((one) => one.toMillis()));
      assert.is(readDateIn(moments, text, zone).getTime(), right, `${text} ${zone}`);
    }
  }
});

test('a zone counts only where the text is silent', () => {
  const read = (text: string, format: string, zone = 'Europe/Paris') =>
    readFormatted(moments, text, format, { zone, now: NOW }).toISOString();
  assert.is(read('2024-07-01 09:00', 'YYYY-MM-DD HH:mm'), '2024-07-01T07:00:00.000Z');
  assert.is(read('2024-01-01 09:00', 'YYYY-MM-DD HH:mm'), '2024-01-01T08:00:00.000Z');
  assert.is(read('2024-01-01 09:00', 'YYYY-MM-DD HH:mm', '+05:30'), '2024-01-01T03:30:00.000Z');
  assert.is(read('2024-01-01 09:00 +0200', 'YYYY-MM-DD HH:mm ZZ'), '2024-01-01T07:00:00.000Z');
  assert.is(read('2024-01-01 09:00', 'YYYY-MM-DD HH:mm ZZ'), '2024-01-01T08:00:00.000Z');
  assert.is(read('1704099600', 'X'), '2024-01-01T09:00:00.000Z');
  assert.is(read('09:00', 'HH:mm'), '2024-02-29T08:00:00.000Z');
  assert.is(readDateIn(moments, '7/1/2024 9:00 AM', 'europe/paris').toISOString(), '2024-07-01T07:00:00.000Z');
  assert.is(readDateIn(moments, '7/1/2024 9:00 AM EST', 'Europe/Paris').toISOString(), '2024-07-01T14:00:00.000Z');
  assert.is(readDateIn(moments, '2024-07-01T09:00Z', 'Europe/Paris').toISOString(), '2024-07-01T09:00:00.000Z');
});

test('today is the day of the zone', () => {
  const now = Date.parse('2024-02-29T23:30:00Z');
  const read = (zone: string) => readFormatted(moments, '09:00', 'HH:mm', { zone, now }).toISOString();
  assert.is(read('UTC'), '2024-02-29T09:00:00.000Z');
  assert.is(read('Asia/Tokyo'), '2024-03-01T00:00:00.000Z');
});

test('names of zones in the text', () => {
  const read = (text: string, format = 'YYYY-MM-DD HH:mm z', zone = '') =>
    readFormatted(moments, text, format, { zone, now: NOW }).toISOString();
  assert.is(read('2024-01-05 10:00 EST'), '2024-01-05T15:00:00.000Z');
  assert.is(read('2024-01-05 10:00 (PDT)'), '2024-01-05T17:00:00.000Z');
  assert.is(read('2024-01-05 10:00EST'), '2024-01-05T15:00:00.000Z');
  assert.is(read('2024-01-05 10:00 Z'), '2024-01-05T10:00:00.000Z');
  assert.is(read('2024-01-05 10:00 GMT+2'), '2024-01-05T08:00:00.000Z');
  assert.is(read('2024-01-05 10:00 +05:30'), '2024-01-05T04:30:00.000Z');
  assert.is(read('2024-07-05 10:00 America/New_York'), '2024-07-05T14:00:00.000Z');
  assert.is(read('2024-01-05 10:00'), '2024-01-05T10:00:00.000Z');
  assert.is(read('2024-01-05 10:00', 'YYYY-MM-DD HH:mm z', 'Europe/Paris'), '2024-01-05T09:00:00.000Z');
  assert.is(read('2024-07-05 10:00 EST', 'YYYY-MM-DD HH:mm z', 'Europe/Paris'), '2024-07-05T15:00:00.000Z');
  assert.is(read('10:00 EST, 5 Jan 2024', 'HH:mm z, D MMM YYYY'), '2024-01-05T15:00:00.000Z');
  assert.is(read('EST 2024-01-05 10:00', 'z YYYY-MM-DD HH:mm'), '2024-01-05T15:00:00.000Z');
  assert.is(read('10:00 EST', 'HH:mm z'), '2024-02-29T15:00:00.000Z');
  assert.is(read('2024-01-05 10:00 +02:00 EST', 'YYYY-MM-DD HH:mm Z z'), '2024-01-05T08:00:00.000Z');
  assert.is(read('2024-07-05 10:00 Coordinated Universal Time', 'YYYY-MM-DD HH:mm zz'), '2024-07-05T10:00:00.000Z');
  // The z in brackets is a letter.
  assert.is(read('2024-01-05 z EST', 'YYYY-MM-DD [z]'), '2024-01-05T00:00:00.000Z');
  // An abbreviation of the given zone: of the two hours at the end of summer it says which.
  const inParis = (text: string) => read(text, 'YYYY-MM-DD HH:mm z', 'Europe/Paris');
  assert.is(inParis('2024-10-27 02:30 CEST'), '2024-10-27T00:30:00.000Z');
  assert.is(inParis('2024-10-27 02:30 CET'), '2024-10-27T01:30:00.000Z');
  assert.is(inParis('2024-10-27 02:30'), '2024-10-27T00:30:00.000Z');
  for (const unknown of ['CET', 'IST', 'XYZ', 'Mars/Base', '+24:00']) {
    assert.throws(() => read(`2024-01-05 10:00 ${unknown}`), hasCode('date-parse'), unknown);
  }
  // In summer Paris does not use it.
  assert.throws(() => inParis('2024-07-05 10:00 CET'), hasCode('date-parse'));
});

test('no zone of that name is an error, and never UTC', () => {
  for (const zone of ['Europe/Pariss', 'constructor', '__proto__', '+25:00', 'CEST']) {
    assert.throws(() => readDateIn(moments, '2024-07-01', zone), hasCode('date-zone'), zone);
    assert.throws(() => readFormatted(moments, '2024', 'YYYY', { zone, now: NOW }), hasCode('date-zone'), zone);
  }
});

test('the name of a zone alone is no date', () => {
  for (const format of ['z', ' z ', 'zz']) {
    const read = () => readFormatted(moments, 'EST 2024-01-05', format, { zone: '', now: NOW });
    assert.throws(read, hasCode('date-parse'), format);
  }
});

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof FlowdeckError && error.code === code;
}

test.run();
