/** What is promised of schedules: what can never come is told, with its place. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
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

test('time zones that there are not, with the one that was meant', async () => {
  for (const timeZone of ['Europe/Pariss', 'Mars/Base', '']) {
    const found = await codes({ cron: '0 6 * * *', timeZone });
    assert.match(found.join(), /\/schedule\/timeZone/, timeZone);
  }
  const flow = flowOf([], { type: 'schedule', schedule: { cron: '0 6 * * *', timeZone: 'Europe/Pariss' } });
  const ran = await flowdeckIn({ 'a.flow.json': flow }, ['validate', 'a.flow.json']);
  assert.match(ran.stderr, /Did you mean "Europe\/Paris"\?/);
});

test.run();
