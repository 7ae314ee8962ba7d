/** Runs that outlive their host: stopped in order, found again, ended with the deck that they began with. */
import { join } from 'node:path';
import type { HttpPort } from '@flowdeck/engine';
import { ManualClock } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until, withDirectory } from '../../test/support.js';
import { fileJournal } from '../journal/open.js';
import { deckStore } from './decks.js';
import { createHandler } from './handler.js';
import { served } from './testing/served.js';

const HOUR = 3_600_000;
const START = Date.parse('2026-05-01T11:30:00Z');

interface Life {
  readonly document?: object;
  readonly clock?: ManualClock;
  readonly http?: HttpPort;
}

/** A host on the state in `dir`, started. */
async function lasting(dir: string, { document, clock = new ManualClock({ start: START }), ...ports }: Life = {}) {
  const journal = await fileJournal({ dir: join(dir, 'runs'), clock });
  const warnings: string[] = [];
  const made = served(
    {
      lasting: { journal, decks: deckStore(join(dir, 'decks')) },
      onWarning: ({ code, message }) => warnings.push(`${code}: ${message}`),
    },
    document,
    { clock, ...ports },
  );
  await made.host.start();
  /** Until all that is under way waits for something. */
  const rest = () =>
    until(() => made.host.runs().every(({ runId, status }) => status !== null || journal.isAtRest(runId)));
  return { ...made, warnings, rest };
}

/** A deck whose flow waits, and then says which version of it runs. */
const versioned = (version: number) => ({
  flowdeck: 1,
  flows: [
    {
      id: 'asks',
      type: 'manual',
      cards: [
        { card: 'control.pause', in: { message: 'Waiting' } },
        { card: 'flow.return', in: { version } },
      ],
    },
  ],
});

test('a paused run goes on in the next host, at the same address', () =>
  withDirectory(async (dir) => {
    const first = await lasting(dir);
    const { token } = await first.host.turn('asks', true);
    const secret = 'of-the-store';
    const call = new Request('http://host.test/run/asks', {
      method: 'POST',
      headers: { 'x-api-client-token': token ?? '' },
    });
    const paused = await createHandler(first.host, { secret })(call);
    assert.is(paused.status, 200);
    const address = new URL(paused.headers.get('location') ?? '', 'http://host.test');
    await first.host.stop();
    assert.equal(first.warnings, []);

    const second = await lasting(dir);
    const [run] = second.host.runs();
    assert.equal([run?.runId, run?.trigger, run?.status], [paused.headers.get('x-flowdeck-run'), 'api', null]);
    const resumed = await createHandler(second.host, { secret })(new Request(address, { method: 'POST' }));
    assert.is(resumed.status, 202);
    await until(() => second.host.runs()[0]?.status === 'success');
    await second.host.stop();

    const third = await lasting(dir);
    assert.equal(third.host.runs(), [], 'a run that ended does not come back');
    await third.host.stop();
  }));

test('a sleeping run wakes at its moment, whoever hosts it then', () =>
  withDirectory(async (dir) => {
    const first = await lasting(dir);
    first.host.run('wait', 'hand');
    await first.rest();
    await first.clock.advance(HOUR);
    await first.host.stop();
    const second = await lasting(dir, { clock: first.clock });
    await second.rest();
    await second.clock.advance(8 * HOUR);
    assert.is(second.host.runs()[0]?.status, null, 'an hour is left');
    await second.clock.advance(HOUR);
    await until(() => second.host.runs()[0]?.status === 'success');
    await second.host.stop();
  }));

test('a run ends with the deck that it began with, although the deck changed', () =>
  withDirectory(async (dir) => {
    const first = await lasting(dir, { document: versioned(1) });
    const { runId } = first.host.run('asks', 'hand');
    await until(() => first.host.runs().length === 1);
    await first.host.stop();
    const second = await lasting(dir, { document: versioned(2) });
    const ended = second.host.run('asks', 'hand');
    for (const id of [runId, ended.runId]) await second.host.signal(id, 'resume', {});
    assert.equal((await ended.ended).outputs, { version: 2 });
    await until(() => second.host.findRun(runId)?.status === 'success');
    await second.host.stop();
    const journal = await fileJournal({ dir: join(dir, 'runs') });
    assert.equal((await journal.result(runId))?.outputs, { version: 1 });
    await journal.shutdown();
  }));

test('a run whose deck is gone is told, and left as it is', () =>
  withDirectory(async (dir) => {
    const first = await lasting(dir, { document: versioned(1) });
    first.host.run('asks', 'hand');
    await until(() => first.host.runs().length === 1);
    await first.host.stop();
    await deckStore(join(dir, 'decks')).keepOnly(new Set());
    const second = await lasting(dir, { document: versioned(2) });
    assert.match(second.warnings.join('\n'), /^run-stranded: Run run-.* cannot go on: the deck .* is not kept\.$/);
    await second.host.stop();
    const third = await lasting(dir, { document: versioned(1) });
    assert.is(third.host.runs().length, 1, 'it goes on with a host that has the deck');
    await third.host.stop();
  }));

test('a host that stops cuts no effect off, and does not wait for those who wait', () =>
  withDirectory(async (dir) => {
    let answer: () => void = () => {};
    let asked = 0;
    const http: HttpPort = {
      async request({ url }) {
        asked += 1;
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
        return { status: 200, statusText: 'OK', headers: {}, body: new TextEncoder().encode('{}'), url };
      },
    };
    const document = {
      flowdeck: 1,
      flows: [
        {
          id: 'sends',
          type: 'manual',
          cards: [
            { card: 'http.get', in: { url: 'https://api.example.test/' } },
            { card: 'control.pause', in: { message: 'Waiting' } },
          ],
        },
      ],
    };
    const first = await lasting(dir, { document, http });
    first.host.run('sends', 'hand');
    await until(() => asked === 1);
    let isStopped = false;
    const stopped = first.host.stop().then(() => {
      isStopped = true;
    });
    assert.not(isStopped);
    answer();
    await stopped;
    const second = await lasting(dir, { document, http });
    const [run] = second.host.runs();
    await second.host.signal(run?.runId ?? '', 'resume', {});
    await until(() => second.host.runs()[0]?.status === 'success');
    assert.is(asked, 1, 'what was recorded is not done again');
    await second.host.stop();
  }));

test('a schedule does not begin beside a run of it that goes on', () =>
  withDirectory(async (dir) => {
    const document = {
      flowdeck: 1,
      flows: [
        {
          id: 'hourly',
          type: 'schedule',
          schedule: { cron: '0 * * * *' },
          cards: [{ card: 'control.pause', in: { message: 'Waiting' } }],
        },
      ],
    };
    const first = await lasting(dir, { document });
    await first.host.turn('hourly', true);
    await first.clock.advance(HOUR / 2);
    await until(() => first.host.runs().length === 1);
    await first.host.stop();
    const second = await lasting(dir, { document, clock: first.clock });
    await second.host.turn('hourly', true);
    await second.clock.advance(HOUR);
    assert.is(second.host.runs().length, 1);
    await second.host.signal(second.host.runs()[0]?.runId ?? '', 'resume', {});
    await until(() => second.host.runs()[0]?.status === 'success');
    await second.clock.advance(HOUR);
    assert.is(second.host.runs().length, 2);
    await second.host.stop();
  }));

test('a run that began with a version which its host took up later goes on with it in the next host', () =>
  withDirectory(async (dir) => {
    const first = await lasting(dir, { document: versioned(1) });
    const { engine } = first.host;
    await first.host.renew({ engine, deck: engine.load(versioned(2)) });
    const { runId } = first.host.run('asks', 'hand');
    await first.rest();
    await first.host.stop();
    const second = await lasting(dir, { document: versioned(3) });
    await second.host.signal(runId, 'resume', {});
    await until(() => second.host.findRun(runId)?.status === 'success');
    assert.equal(second.warnings, []);
    await second.host.stop();
  }));

test.run();
