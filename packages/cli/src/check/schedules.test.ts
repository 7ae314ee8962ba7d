/** What is promised of schedules: what can never come is told, with its place. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { calls } from '../../../flopack/src/testing/samples.js';
import { flowdeckIn, flowOf } from '../../test/support.js';

async function codes(schedule: Readonly<Record<string, string>>): Promise<string[]> {
  const flow = flowOf([], { type: 'schedule', schedule });
  const ran = await flowdeckIn({ 'a.flow.json': flow }, ['validate', 'a.flow.json', '--json']);
  const found: { code: string; pointer: string; line: number }[] = JSON.parse(ran.stdout).diagnostics;
  assert.is(ran.code, found.length === 0 ? 0 : 3);
  for (const { line } of found) assert.ok(line > 1);
  return found.map(({ code, pointer }) => `${code} ${pointer}`);
}

test('crons that come', async () => {
  for (const cron of ['0 6 * * 1-5', '*/15 * * * *', '0 0 29 2 *', '0 9 * JAN-MAR MON', '0 0 1,15 * *']) {
    assert.equal(await codes({ cron, timeZone: 'Europe/Paris' }), [], cron);
  }
});

test('crons that cannot be read, or never come', async () => {
  for (const cron of [
    '61 * * * *',
    '* * * *',
    '0 0 30 2 *',
    '0 24 * * *',
    '0 0 * 13 *',
    'daily',
    '0 0 * * * *',
    '0 0 31 4 *',
  ]) {
    assert.equal(await codes({ cron }), ['cron-invalid /schedule/cron'], cron);
  }
});

test('what is wrong with a cron is named', async () => {
  for (const [cron, reason] of [
    ['61 * * * *', 'cannot be read: "61" is no minute'],
    ['0 24 * * *', 'cannot be read: "24" is no hour'],
    ['0 0 * * 1-FUN', 'cannot be read: "1-FUN" is no day of the week'],
    ['* * * *', 'has 4 parts, where five are asked for'],
    ['0 0 30 2 *', 'never comes'],
  ] as const) {
    const flow = flowOf([], { type: 'schedule', schedule: { cron } });
    const { stderr } = await flowdeckIn({ 'a.flow.json': flow }, ['validate', 'a.flow.json']);
    assert.ok(stderr.includes(`The cron ${JSON.stringify(cron)} ${reason}.`), stderr);
  }
});

test('schedules inside an export', async () => {
  const found = async (changed: Readonly<Record<string, string>>) => {
    const text = JSON.stringify(calls(), (key, value) =>
      // Of the flows only one has a schedule.
      key === 'cron' && value.minutes !== undefined ? { ...value, ...changed } : value,
    );
    const ran = await flowdeckIn({ 'a.flopack': text }, ['validate', 'a.flopack', '--json']);
    const { diagnostics }: { diagnostics: { code: string; flow: string }[] } = JSON.parse(ran.stdout);
    return { exit: ran.code, codes: diagnostics.map(({ code, flow }) => `${code} ${flow}`) };
  };
  const sound = await found({});
  assert.is(sound.exit, 0);
  const never = await found({ dayOfTheMonth: '30', month: '2', dayOfTheWeek: '*', timeZone: 'Europe/Pariss' });
  assert.is(never.exit, 3);
  assert.equal(
    never.codes.filter((code) => !sound.codes.includes(code)),
    ['time-zone-unknown everyQuarter', 'cron-invalid everyQuarter'],
  );
});

test('a host refuses a schedule by which nothing would ever run', async () => {
  for (const schedule of [{ cron: '61 6 * * *' }, { cron: '0 6 * * *', timeZone: 'Europe/Pariss' }]) {
    const flow = flowOf([], { type: 'schedule', schedule });
    const ran = await flowdeckIn({ 'a.flow.json': flow }, ['serve', 'a.flow.json', '--port', '0']);
    assert.is(ran.code, 3);
    assert.match(ran.stderr, /^a\.flow\.json:\d+:\d+: error: /);
  }
});

test('time zones that there are not, with the one that was meant', async () => {
  // The last ones are Bangladesh and Cairo to the platform.
  for (const timeZone of ['Europe/Pariss', 'Mars/Base', '', 'BST', 'ART']) {
    const found = await codes({ cron: '0 6 * * *', timeZone });
    assert.match(found.join(), /\/schedule\/timeZone/, timeZone);
  }
  for (const timeZone of ['europe/paris', 'CET', 'Etc/GMT+5', 'Asia/Calcutta']) {
    assert.equal(await codes({ cron: '0 6 * * *', timeZone }), [], timeZone);
  }
  const flow = flowOf([], { type: 'schedule', schedule: { cron: '0 6 * * *', timeZone: 'Europe/Pariss' } });
  const ran = await flowdeckIn({ 'a.flow.json': flow }, ['validate', 'a.flow.json']);
  assert.match(ran.stderr, /Did you mean "Europe\/Paris"\?/);
});

test.run();
