import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isTimeZone, offsetOf } from './date-zone.js';

test('the names of RFC 5322, 4.3', () => {
  const names = { UT: 0, GMT: 0, EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 };
  for (const [name, hours] of Object.entries(names))
    assert.is(Math.abs((offsetOf(name) ?? Number.NaN) - hours * 60), 0, name);
});

test('abbreviations that the platform knows by one of their meanings are no time zones', () => {
  for (const name of ['BST', 'ist', 'ECT', 'ART', 'CST', 'JST', 'EDT']) assert.is(isTimeZone(name), false, name);
  for (const name of ['CET', 'utc', 'PRC', 'GB', 'W-SU', 'EST5EDT', 'Europe/Paris'])
    assert.is(isTimeZone(name), true, name);
});

test.run();
