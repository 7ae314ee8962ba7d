/** The log of a host: one line an event, as text or as JSON, in which nothing of a stranger moves a terminal. */
import type { HostNotice } from '@flowdeck/host';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Io } from '../system/io.js';
import { hostLog } from './log.js';

const AT = Date.parse('2026-05-01T11:30:00Z');
const DELIVERY: HostNotice = {
  ...{ at: AT, level: 'warn', what: 'delivery', outcome: 'refused', status: 401, flow: 'on order', delivery: null },
  ...{ run: null, reason: 'It is "not" proven.\n\u001b[31m\u202eno', durationMs: 1.23456 },
};

function logged(form: string | null, work: (log: ReturnType<typeof hostLog>) => void): string {
  let text = '';
  const write = (part: string) => {
    text += part;
  };
  const output = { isTTY: true, write };
  // What the log takes of it.
  const io = { env: { FORCE_COLOR: '1' }, stderr: output } as unknown as Io;
  work(hostLog({ value: () => form ?? undefined } as never, io, () => AT));
  return text;
}

test('text is a line of names and values, quoted where they could be taken for two', () => {
  const line = '2026-05-01T11:30:00.000Z warn  delivery outcome=refused status=401 flow="on order" ';
  assert.is(
    logged(null, (log) => log.notice(DELIVERY)),
    `${line}reason="It is \\"not\\" proven.\\n\\u001b[31m\\u202eno" durationMs=1.235\n`,
  );
});

test('JSON is one object a line, whatever is told and whoever tells it', () => {
  const text = logged('json', (log) => {
    log.notice(DELIVERY);
    log.say('error', `${log.palette.red('error')}: two\nlines\u2028and more\u009b\n`);
  });
  const lines = text.split('\n').slice(0, -1);
  assert.is(lines.length, 2);
  const [delivery, said] = lines.map((line) => JSON.parse(line));
  assert.equal(
    [delivery.time, delivery.level, delivery.what, delivery.status, delivery.reason],
    ['2026-05-01T11:30:00.000Z', 'warn', 'delivery', 401, 'It is "not" proven.\n\u001b[31m\u202eno'],
  );
  assert.equal(said, {
    time: '2026-05-01T11:30:00.000Z',
    level: 'error',
    what: 'serve',
    reason: 'error: two\nlines\u2028and more\u009b',
  });
  assert.not.match(text.replaceAll('\n', ''), /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
});

test('what matters to nobody is left out, and a form that is none is refused', () => {
  const debug: HostNotice = { at: AT, level: 'debug', what: 'call', flow: 'f', status: 200 };
  for (const form of ['text', 'json'])
    assert.is(
      logged(form, (log) => log.notice(debug)),
      '',
    );
  assert.throws(() => logged('xml', () => {}), /--log "xml" is no form of a log/);
});

test.run();
