/** Format codes and zones against an independent calendar (Luxon on the platform's own zones), and their bounds. */
import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { formatDate } from './format.js';
import { moments as library } from './moments.js';

const moments = await library();

/** What every code prints, told by the other library: one of its own formats, or a function. */
const CODES: Readonly<Record<string, string | ((at: DateTime) => string)>> = {
  YYYYYY: (at) => `+${pad(at.year, 6)}`,
  YYYY: (at) => pad(at.year, 4),
  YY: (at) => pad(at.year % 100, 2),
  Y: (at) => String(at.year),
  yyyy: (at) => pad(at.year, 4),
  yy: (at) => pad(at.year, 2),
  y: (at) => String(at.year),
  yo: (at) => ordinal(at.year),
  N: () => 'AD',
  NNNN: () => 'Anno Domini',
  Q: (at) => String(at.quarter),
  Qo: (at) => ordinal(at.quarter),
  M: 'M',
  MM: 'MM',
  MMM: 'MMM',
  MMMM: 'MMMM',
  Mo: (at) => ordinal(at.month),
  D: 'd',
  DD: 'dd',
  Do: (at) => ordinal(at.day),
  DDD: (at) => String(at.ordinal),
  DDDD: (at) => pad(at.ordinal, 3),
  DDDo: (at) => ordinal(at.ordinal),
  d: (at) => String(at.weekday % 7),
  do: (at) => ordinal(at.weekday % 7),
  dd: (at) => at.toFormat('EEE').slice(0, 2),
  ddd: 'EEE',
  dddd: 'EEEE',
  E: (at) => String(at.weekday),
  e: (at) => String(at.weekday % 7),
  w: (at) => String(usWeek(at).week),
  ww: (at) => pad(usWeek(at).week, 2),
  wo: (at) => ordinal(usWeek(at).week),
  gg: (at) => pad(usWeek(at).year % 100, 2),
  gggg: (at) => String(usWeek(at).year),
  ggggg: (at) => pad(usWeek(at).year, 5),
  W: (at) => String(at.weekNumber),
  WW: (at) => pad(at.weekNumber, 2),
  Wo: (at) => ordinal(at.weekNumber),
  GG: (at) => pad(at.weekYear % 100, 2),
  GGGG: (at) => String(at.weekYear),
  GGGGG: (at) => pad(at.weekYear, 5),
  H: (at) => String(at.hour),
  HH: (at) => pad(at.hour, 2),
  h: 'h',
  hh: 'hh',
  k: (at) => String(at.hour || 24),
  kk: (at) => pad(at.hour || 24, 2),
  m: (at) => String(at.minute),
  mm: (at) => pad(at.minute, 2),
  s: (at) => String(at.second),
  ss: (at) => pad(at.second, 2),
  Hmm: 'Hmm',
  Hmmss: 'Hmmss',
  hmm: 'hmm',
  hmmss: 'hmmss',
  S: (at) => pad(at.millisecond, 3).slice(0, 1),
  SS: (at) => pad(at.millisecond, 3).slice(0, 2),
  SSS: (at) => pad(at.millisecond, 3),
  SSSSSS: (at) => `${pad(at.millisecond, 3)}000`,
  a: (at) => at.toFormat('a').toLowerCase(),
  A: 'a',
  Z: 'ZZ',
  ZZ: 'ZZZ',
  X: (at) => String(at.toUnixInteger()),
  x: (at) => String(at.toMillis()),
  LT: 'h:mm a',
  LTS: 'h:mm:ss a',
  L: 'MM/dd/yyyy',
  LL: 'MMMM d, yyyy',
  LLL: 'MMMM d, yyyy h:mm a',
  LLLL: 'EEEE, MMMM d, yyyy h:mm a',
  l: 'M/d/yyyy',
  ll: 'MMM d, yyyy',
  lll: 'MMM d, yyyy h:mm a',
  llll: 'EEE, MMM d, yyyy h:mm a',
};

/** Zones, and their abbreviations by minutes east of Greenwich in the years of the test. */
const ZONES: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  UTC: { 0: 'UTC' },
  'Etc/UTC': { 0: 'UTC' },
  'US/Pacific': { [-480]: 'PST', [-420]: 'PDT' },
  'America/Los_Angeles': { [-480]: 'PST', [-420]: 'PDT' },
  'America/New_York': { [-300]: 'EST', [-240]: 'EDT' },
  'America/Chicago': { [-360]: 'CST', [-300]: 'CDT' },
  'America/Phoenix': { [-420]: 'MST' },
  'America/St_Johns': { [-210]: 'NST', [-150]: 'NDT' },
  'America/Sao_Paulo': { [-180]: '-03', [-120]: '-02' },
  'America/Argentina/Buenos_Aires': { [-180]: '-03', [-120]: '-02' },
  'Europe/London': { 0: 'GMT', 60: 'BST' },
  'Europe/Paris': { 60: 'CET', 120: 'CEST' },
  'Europe/Helsinki': { 120: 'EET', 180: 'EEST' },
  'Africa/Johannesburg': { 120: 'SAST' },
  'Africa/Lagos': { 60: 'WAT' },
  'Asia/Kolkata': { 330: 'IST' },
  'Asia/Kathmandu': { 345: '+0545' },
  'Asia/Tokyo': { 540: 'JST' },
  'Australia/Sydney': { 600: 'AEST', 660: 'AEDT' },
  'Australia/Lord_Howe': { 630: '+1030', 660: '+11' },
  'Pacific/Auckland': { 720: 'NZST', 780: 'NZDT' },
};

const HOUR = 3_600_000;
const FROM = Date.UTC(1992, 0, 1);
const TO = Date.UTC(2037, 0, 1);

test('every code, in 21 zones, at 1,000 instants', () => {
  const names = Object.keys(CODES);
  const format = `${names.join(' | ')} | z`;
  // Asked for at once: a call of the other library is slow.
  const borrowed = Object.values(CODES).filter((code) => typeof code === 'string');
  const instants = fc.sample(fc.integer({ min: FROM, max: TO }), { numRuns: 1000, seed: 7 });
  for (const [zone, abbreviations] of Object.entries(ZONES)) {
    for (const instant of instants) {
      const at = DateTime.fromMillis(instant, { zone, locale: 'en-US' });
      const fields = at.toFormat(borrowed.join('|')).split('|').values();
      const expected = Object.values(CODES).map((code) => (typeof code === 'string' ? fields.next().value : code(at)));
      const printed = formatDate(moments, new Date(instant), format, zone);
      const right = [...expected, abbreviations[at.offset]].join(' | ');
      if (printed !== right) assert.is(printed, right, `${at.toISO()} ${zone}`);
    }
  }
});

test('the hours around every change of the clocks in two years', () => {
  let changes = 0;
  for (const zone of Object.keys(ZONES)) {
    const rules = IANAZone.create(zone);
    for (let day = Date.UTC(2023, 0, 1); day < Date.UTC(2025, 0, 1); day += 24 * HOUR) {
      if (rules.offset(day) === rules.offset(day + 24 * HOUR)) continue;
      changes++;
      for (let instant = day; instant < day + 24 * HOUR; instant += HOUR / 4) {
        const right = DateTime.fromMillis(instant, { zone }).toFormat('yyyyMMddHHmm ZZZ');
        assert.is(formatDate(moments, new Date(instant), 'YYYYMMDDHHmm ZZ', zone), right, zone);
      }
    }
  }
  assert.is(changes, 44);
});

test('codes are told apart as the format library does it', () => {
  const codes = fc.constantFrom(
    ...Object.keys(CODES),
    'zz',
    'z',
    'NN',
    'yyyyy',
    'eHHmm',
    'GGG',
    'ggg',
    'LLLLL',
    'lllll',
  );
  const others = fc.constantFrom(
    '[',
    ']',
    '[at]',
    '[YYYY]',
    '[]',
    'T',
    ' ',
    '/',
    'é',
    '\\',
    '|',
    '.',
    '\u{1f600}',
    'o',
    'w|',
  );
  const piece = fc.oneof(codes, others, fc.string({ unit: 'grapheme-ascii', maxLength: 4 }));
  const instant = fc.date({ min: new Date(FROM), max: new Date(TO), noInvalidDate: true });
  const zone = fc.constantFrom(...Object.keys(ZONES));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), instant, zone, (pieces, date, name) => {
      const format = pieces.join('');
      if (format === '') return;
      assert.is(formatDate(moments, date, format, name), moments.tz(date, name).format(format), format);
    }),
    { numRuns: 10_000 },
  );
});

test('zones: any case, legacy names, none, and unknown ones', () => {
  const date = new Date('2016-09-07T00:01:25.670Z');
  const inZone = (zone: string | null) => formatDate(moments, date, 'HH:mm z', zone);
  assert.is(inZone('EUROPE/paris'), '02:01 CEST');
  assert.is(inZone(' US/Pacific '), '17:01 PDT');
  assert.is(inZone('EST5EDT'), '20:01 EDT');
  assert.is(inZone(null), '00:01 UTC');
  assert.is(inZone(''), '00:01 UTC');
  for (const unknown of ['America/Pacific', 'constructor', '__proto__', 'toString', '%', 'x'.repeat(100_000)]) {
    assert.is(inZone(unknown), '00:01 ', unknown.slice(0, 40));
  }
});

test('zones: offsets, with and without the letters in front, and abbreviations of RFC 2822', () => {
  const date = new Date('2016-09-07T00:01:25.670Z');
  const inZone = (zone: string) => formatDate(moments, date, 'YYYY-MM-DD HH:mm Z z', zone);
  assert.is(inZone('+05:30'), '2016-09-07 05:31 +05:30 +0530');
  assert.is(inZone('-0930'), '2016-09-06 14:31 -09:30 -0930');
  assert.is(inZone('+00:10'), '2016-09-07 00:11 +00:10 +0010');
  assert.is(inZone('GMT+2'), '2016-09-07 02:01 +02:00 +02');
  assert.is(inZone('utc-3'), '2016-09-06 21:01 -03:00 -03');
  assert.is(inZone('UTC+5:30'), '2016-09-07 05:31 +05:30 +0530');
  assert.is(inZone('+14:00'), '2016-09-07 14:01 +14:00 +14');
  assert.is(inZone('PST'), '2016-09-06 16:01 -08:00 PST');
  assert.is(inZone('Z'), '2016-09-07 00:01 +00:00 Z');
  // POSIX counts the other way round.
  assert.is(inZone('Etc/GMT+2'), '2016-09-06 22:01 -02:00 -02');
  assert.is(formatDate(moments, date, null, '+05:30'), '2016-09-07T05:31:25+05:30');
  assert.is(formatDate(moments, date, null, '+00:00'), '2016-09-07T00:01:25Z');
  for (const unknown of ['+24:00', '+05:60', '+530', 'GMT+', '05:30', 'UTC+05:30:00']) {
    assert.is(inZone(unknown), '2016-09-07 00:01 +00:00 ', unknown);
  }
});

test('the ends of the range of dates', () => {
  assert.is(formatDate(moments, new Date(8.64e15), 'Y-MM-DD', null), '+275760-09-13');
  assert.is(formatDate(moments, new Date(-8.64e15), 'Y-MM-DD', null), '-271821-04-20');
  assert.is(formatDate(moments, new Date(8.64e15), null, null), '275760-09-13T00:00:00Z');
});

test('no format: the offset of the zone', () => {
  const date = new Date('2016-09-07T00:01:25.670Z');
  assert.is(formatDate(moments, date, '', 'US/Pacific'), '2016-09-06T17:01:25-07:00');
});

const plural = new Intl.PluralRules('en', { type: 'ordinal' });

/** Zero-filled. */
function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

function ordinal(value: number): string {
  return value + { one: 'st', two: 'nd', few: 'rd', other: 'th', zero: 'th', many: 'th' }[plural.select(value)];
}

/** Week of the year as counted in the USA: from Sunday, the first one holds January 1. */
function usWeek(at: DateTime): { week: number; year: number } {
  const saturday = new Date(Date.UTC(at.year, at.month - 1, at.day + 6 - (at.weekday % 7)));
  const year = saturday.getUTCFullYear();
  return { week: Math.floor((saturday.getTime() - Date.UTC(year, 0, 1)) / (7 * 86_400_000)) + 1, year };
}

test.run();
