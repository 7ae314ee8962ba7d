/** Measures two ways to the same result against each other, and hands rows to the coordinator. */
import { deepStrictEqual } from 'node:assert';
import { type Row, type Spread, spreadOf } from './rows.js';

/** Milliseconds that each side runs before anything is measured. */
const WARM_UP_MS = 300;
/** Milliseconds of one side of one round. */
const ROUND_MS = 30;
const ROUNDS = 21;

export type Call = () => unknown;

export interface Contest {
  readonly what: string;
  readonly unit: string;
  /** Units in one call. */
  readonly units: number;
  /** Both give the same value, every time. */
  readonly baseline: Call;
  readonly engine: Call;
  /** The ratio to reach, or null. */
  readonly target: number | null;
  /** Default 21. */
  readonly rounds?: number;
}

/** A benchmark program: prints its rows as JSON, one a line. */
export async function bench(workload: string, rows: (workload: string) => AsyncIterable<Row>): Promise<void> {
  for await (const row of rows(workload)) process.stdout.write(`${JSON.stringify(row)}\n`);
}

/**
 * Races the engine against the baseline. Rounds alternate which side goes first, so that a slow spell of the machine
 * touches both.
 *
 * @throws AssertionError when the two do not give the same value, before and after the measurement.
 */
export async function race(workload: string, contest: Contest): Promise<Row> {
  const { baseline, engine, units, unit, what, target } = contest;
  deepStrictEqual(await engine(), await baseline());
  const times = { baseline: await timesFor(baseline), engine: await timesFor(engine) };
  const spent = { baseline: [] as number[], engine: [] as number[] };
  for (let round = 0; round < (contest.rounds ?? ROUNDS); round++) {
    const sides = round % 2 === 0 ? (['baseline', 'engine'] as const) : (['engine', 'baseline'] as const);
    for (const side of sides) {
      spent[side].push((await time(contest[side], times[side])) / units);
    }
  }
  deepStrictEqual(await engine(), await baseline());
  const ratios = spent.engine.map((ns, round) => ns / (spent.baseline[round] ?? Number.NaN));
  const sides: { baseline: Spread; engine: Spread } = {
    baseline: spreadOf(spent.baseline),
    engine: spreadOf(spent.engine),
  };
  const best = sides.engine.low / sides.baseline.low;
  return { kind: 'race', workload, what, unit, ...sides, ratio: spreadOf(ratios), best, target };
}

/** Warms the call up and finds how often it fits into a round. */
async function timesFor(call: Call): Promise<number> {
  const end = performance.now() + WARM_UP_MS;
  let ns = await time(call, 1);
  do ns = await time(call, Math.ceil((ROUND_MS / 3) * (1e6 / ns)));
  while (performance.now() < end);
  return Math.max(1, Math.round((ROUND_MS * 1e6) / ns));
}

/** Nanoseconds of one call. */
export async function time(call: Call, times: number): Promise<number> {
  const start = process.hrtime.bigint();
  for (let i = 0; i < times; i++) await call();
  return Math.max(1, Number(process.hrtime.bigint() - start)) / times;
}

/** Bytes of live objects. Needs `--expose-gc`. */
export function liveBytes(): number {
  if (globalThis.gc === undefined) throw new Error('Run node with --expose-gc.');
  // Once is not enough: what a finalizer lets go of dies in the next collection.
  for (let i = 0; i < 3; i++) globalThis.gc();
  return process.memoryUsage().heapUsed;
}
