/** Calls a flow once per item: in order, at most so many at a time, synchronously as long as the flows are. */
import type { Step } from '../plan/index.js';
import type { Value } from '../values/index.js';
import { activate, connectionAtHand } from './call.js';
import { type Each, formOf, type ItemCall } from './each-form.js';
import { filler, itemCall } from './each-item.js';
import type { Frame } from './frame.js';
import { ignoredReport } from './ignored.js';
import type { EachFunction, Items } from './seam.js';

/** Items from which what a loop gathers counts as something that the run holds. */
const COUNTED_ITEMS = 16;
/** Milliseconds between progress events. */
const PROGRESS_MS = 200;

export function callEach(each: Each): readonly Value[] | Promise<readonly Value[]> {
  const { frame, items } = each;
  const { seam, limits } = frame.run;
  const wanted = clampConcurrency(each.options.concurrency, limits.concurrency);
  if (seam.each !== null && !each.plan.pure) return eachShipped(each, seam.each, wanted);
  const concurrency = seam.width(wanted);
  const call = caller(each);
  const collect = each.options.collect !== 'none';
  const values: Value[] = collect ? new Array<Value>(items.length) : [];
  const counted = collect && items.length >= COUNTED_ITEMS ? frame.run.holdings : null;
  counted?.gathers(values);
  try {
    for (let i = 0; i < items.length; i++) {
      const value = call(i);
      if (value instanceof Promise) {
        return eachLater(each, call, concurrency, values, i, value).finally(() => counted?.gathered(values));
      }
      if (collect) values[i] = value;
    }
  } catch (error) {
    counted?.gathered(values);
    throw error;
  }
  counted?.gathered(values);
  return values;
}

/** Below 1 counts as 1 (reference: control flow, section 2.12). */
function clampConcurrency(wanted: number | undefined, most: number): number {
  return Math.max(1, Math.min(Math.floor(wanted ?? 1) || 1, most));
}

function caller(each: Each): ItemCall {
  const call = itemCall(each);
  return each.options.onError === 'ignore' ? ignoring(call, each.frame, each.step) : call;
}

/** Tells how far the loop has come, every so often. */
function progressOf({ frame, step, items }: Each): (done: number) => void {
  const { run } = frame;
  const { clock } = run.world;
  let reported = clock.elapsed();
  return (done) => {
    if (!run.watched) return;
    const now = clock.elapsed();
    if (now - reported < PROGRESS_MS) return;
    reported = now;
    run.watch.progress(step, frame, done, items.length);
  };
}

/** Has the runtime go through the items; what they give, how far it is and what fails stay here. */
async function eachShipped(each: Each, ship: EachFunction, concurrency: number): Promise<readonly Value[]> {
  const { frame, step, attempt, plan, items, options } = each;
  const connection = connectionAtHand(frame, step);
  const slotsOf = filler(each);
  const activated = (slots: Value[], index: number): Frame =>
    activate(frame, step, attempt, plan, slots, index, connection, null);
  const form = formOf(options);
  const collect = options.collect !== 'none';
  const values: Value[] = collect ? new Array<Value>(items.length).fill(null) : [];
  const tell = progressOf(each);
  let done = 0;
  const given = (index: number, ended: Parameters<Items['settle']>[1]): Value => {
    if ('outcome' in ended) return form(ended.outcome);
    if (options.onError === 'ignore') return swallow(ended.error, index, frame, step);
    throw ended.error;
  };
  await ship(step, frame, attempt, {
    count: items.length,
    concurrency,
    isRead: collect,
    activate(index) {
      const slots = slotsOf(index);
      return slots instanceof Promise ? slots.then((ready) => activated(ready, index)) : activated(slots, index);
    },
    settle(index, ended) {
      const value = given(index, ended);
      if (collect) values[index] = value;
      tell(++done);
    },
  });
  return values;
}

/** Items that fail give null, and are told in the result; a halted run still stops. */
function ignoring(call: ItemCall, frame: Frame, step: Step): ItemCall {
  return (index) => {
    try {
      const value = call(index);
      return value instanceof Promise ? value.catch((error: unknown) => swallow(error, index, frame, step)) : value;
    } catch (error) {
      return swallow(error, index, frame, step);
    }
  };
}

function swallow(error: unknown, index: number, frame: Frame, step: Step): null {
  const { run } = frame;
  if (run.halted !== null) throw error;
  run.tree.ignore(() => ignoredReport(error, index, step, frame, run.redactor));
  return null;
}

/**
 * The rest of a loop once something waited: a window of workers over one shared position. After the first error no
 * worker takes another item; those under way finish, and the first error by time is thrown.
 */
async function eachLater(
  each: Each,
  call: (index: number) => Value | Promise<Value>,
  concurrency: number,
  values: Value[],
  at: number,
  pending: Promise<Value>,
): Promise<readonly Value[]> {
  const { frame, items } = each;
  const { run } = frame;
  const collect = each.options.collect !== 'none';
  let next = at + 1;
  let done = at;
  let failure: { readonly error: unknown } | null = null;
  const tell = progressOf(each);

  const keep = (index: number, value: Value) => {
    if (collect) values[index] = value;
    done++;
    tell(done);
  };
  const work = async (index: number, first: Promise<Value> | undefined): Promise<void> => {
    let current: Value | Promise<Value> | undefined = first;
    for (let i = index; ; ) {
      if (current !== undefined) keep(i, current instanceof Promise ? await current : current);
      for (let rest = run.rest(); rest !== null; rest = run.rest()) await rest;
      if (failure !== null || run.halted !== null || next >= items.length) return;
      i = next++;
      current = call(i);
    }
  };
  const guarded = async (index: number, first: Promise<Value> | undefined): Promise<void> => {
    try {
      await work(index, first);
    } catch (error) {
      failure ??= { error };
    }
  };
  const workers = [guarded(at, pending)];
  for (let count = 1; count < concurrency && next < items.length; count++) workers.push(guarded(at, undefined));
  await Promise.all(workers);
  // TypeScript does not see the assignment in the workers.
  const failed = failure as { readonly error: unknown } | null;
  if (failed !== null) throw failed.error;
  if (run.halted !== null) throw run.halted;
  return values;
}
