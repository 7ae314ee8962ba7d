/** H2: a host of 10,000 schedules that are on: its start, its memory, and a tick at which nothing is due. */
import { standard } from '@flowdeck/cards';
import { type Clock, createEngine } from '@flowdeck/engine';
import { type FlowState, type FlowStore, Host } from '@flowdeck/host';
import { bench, liveBytes } from './harness.js';
import { type Row, spreadOf } from './rows.js';

const FLOWS = 10_000;
const START = Date.parse('2026-05-01T11:30:00Z');
const MIB = 1024 * 1024;
const ZONES = ['Europe/Paris', 'America/New_York', 'Asia/Tokyo', 'UTC'];

/** Goes on when it is told to. */
class StillClock implements Clock {
  #now = START;
  wake: (() => void) | null = null;

  now(): number {
    return this.#now;
  }

  elapsed(): number {
    return this.#now - START;
  }

  after(_: number, wake: () => void): () => void {
    this.wake = wake;
    return () => {
      if (this.wake === wake) this.wake = null;
    };
  }

  yield(): Promise<void> {
    return Promise.resolve();
  }

  goOn(ms: number): void {
    this.#now += ms;
    const { wake } = this;
    this.wake = null;
    wake?.();
  }
}

/** All are on. */
const STORE: FlowStore = {
  get: (): FlowState => ({ on: true, token: null, since: START }),
  set: async () => {},
  close: async () => {},
};

const flows = Array.from({ length: FLOWS }, (_, index) => ({
  ...{ id: `flow${index}`, type: 'schedule', cards: [{ card: 'control.comment' }] },
  // Each has a moment of its own, tomorrow.
  schedule: { cron: `${index % 60} ${Math.floor(index / 60) % 8} * * *`, timeZone: ZONES[index % ZONES.length] },
}));

async function* schedules(workload: string): AsyncIterable<Row> {
  const clock = new StillClock();
  const text = JSON.stringify({ flowdeck: 1, flows });
  const engine = createEngine({ packs: [standard], ports: { clock } });
  const empty = liveBytes();
  const loading = process.hrtime.bigint();
  const deck = engine.load(text);
  const loaded = Number(process.hrtime.bigint() - loading);
  const starting = process.hrtime.bigint();
  const host = new Host({ engine, deck, clock, store: STORE });
  await host.start();
  const started = Number(process.hrtime.bigint() - starting);
  const bytes = liveBytes() - empty;
  const what = (of: string) => `${FLOWS.toLocaleString('en-US')} schedules that are on: ${of}`;
  yield { kind: 'figure', workload, what: what('start'), unit: 'ns', value: started, target: 1e9 };
  yield { kind: 'figure', workload, what: what('their deck, loaded'), unit: 'ns', value: loaded, target: null };
  yield {
    kind: 'figure',
    workload,
    what: what('memory, with their deck'),
    unit: 'bytes',
    value: bytes,
    target: 100 * MIB,
  };
  const ticks = Array.from({ length: 200 }, () => {
    const begun = process.hrtime.bigint();
    clock.goOn(1);
    return Number(process.hrtime.bigint() - begun);
  });
  // A thousandth of a millisecond a second is nothing that is measured.
  yield { kind: 'figure', workload, what: what('a tick'), unit: 'ns', value: spreadOf(ticks).median, target: 100_000 };
  const stopped = host.stop(0);
  clock.goOn(1);
  await stopped;
}

await bench('H2', schedules);
