// Runs one hostile flow, and tells by how much it outlived its limits.
import { standard } from '@flowdeck/cards';
import { createEngine, FlowdeckError } from '@flowdeck/engine';
import { processorMs, watchTurns } from './turns.mjs';

/**
 * The clock of the platform, on which time passes only while this process works or has nothing to do: what the machine
 * gives to others meanwhile is no delay of a flow.
 */
function ownClock() {
  return {
    now: () => Date.now(),
    elapsed: () => processorMs() + performance.eventLoopUtilization().idle,
    after(ms, callback) {
      const timer = setTimeout(callback, Math.min(ms, 2 ** 31 - 1));
      return () => clearTimeout(timer);
    },
    yield: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

/** Which card kept the process at work for longest, as its events tell: from one event of a run to the next is one card. */
function watchCards() {
  let slowest = null;
  let last = processorMs();
  let current = null;
  return {
    hear(event) {
      const now = processorMs();
      if (current !== null && (slowest === null || now - last > slowest.ms))
        slowest = { card: current, ms: now - last };
      if (event.type === 'card') current = event.cardType;
      last = processorMs();
    },
    slowest: () => slowest,
  };
}

/** Beyond this a run is looked at card by card. */
const LATE_MS = 50;

/**
 * `{ kind, status, limit, overrunMs, heldMs, peakMb, slowest, bare }`. `overrunMs`: from the end of its wall time, or from
 * when it was cancelled, to its result; null where it ended before. `heldMs`: the longest turn. `peakMb`: of the process
 * since its start. `slowest`: `{ card, ms }` of the card that took longest, where the run was late; else null. `bare`: what
 * no host should see, or null.
 *
 * @param packs Packs besides the standard one.
 */
export async function tryHostile(flow, packs = []) {
  const clock = ownClock();
  const engine = createEngine({ packs: [standard, ...packs], ports: { clock } });
  const deck = engine.load(flow.source);
  const came = await runOnce(engine, deck, clock, flow);
  let slowest = null;
  if (came.overrunMs > LATE_MS) {
    // Once more, and listened to: a run that nobody hears does not say where it is.
    const cards = watchCards();
    const again = await runOnce(engine, deck, clock, flow, cards.hear);
    slowest = cards.slowest();
    // The lesser of two: a collection of garbage or a first compilation falls to one of them.
    if (again.overrunMs < came.overrunMs) came.overrunMs = again.overrunMs;
  }
  return { kind: flow.kind, ...came, peakMb: process.resourceUsage().maxRSS / 1_024, slowest };
}

async function runOnce(engine, deck, clock, { limits, cancelMs }, onEvent) {
  const cancelling = new AbortController();
  let due = null;
  const cancel = () => {
    due ??= clock.elapsed();
    cancelling.abort();
  };
  const timer = cancelMs === null ? null : setTimeout(cancel, cancelMs);
  const turns = watchTurns();
  const began = clock.elapsed();
  let result;
  let bare = null;
  try {
    result = await engine.run(deck, {
      ...{ limits, signal: cancelling.signal },
      ...(onEvent === undefined ? {} : { onEvent }),
    });
  } catch (error) {
    bare = error instanceof FlowdeckError ? null : `the run rejects: ${error?.stack ?? error}`;
  }
  const ended = clock.elapsed();
  clearTimeout(timer);
  const heldMs = turns.end();
  const end = Math.min(due ?? Number.POSITIVE_INFINITY, began + limits.wallTimeMs);
  if (result !== undefined) bare = bareIn(result);
  return {
    status: result?.status ?? 'rejected',
    limit: result?.error?.code === 'limit' ? (/limit (\w+)/.exec(result.error.message)?.[1] ?? null) : null,
    overrunMs: ended > end ? ended - end : null,
    heldMs,
    bare,
  };
}

/** What a host could trip over in a result; null: nothing. */
export function bareIn(result) {
  const errors = [result.error, ...result.children.map(({ error }) => error)];
  const [bare] = errors.filter((error) => error !== null && error.code === 'card-failed');
  if (bare !== undefined) return `an error that no code belongs to: ${bare.message}`;
  try {
    JSON.stringify(result);
    return null;
  } catch (error) {
    return `the result has no JSON text: ${error.message}`;
  }
}
