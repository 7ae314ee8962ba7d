/** Where a moment lies on the line of time, in which idle stretches are short. */
import type { RunData } from './run-data.js';

/** From 0 to 1. */
export type TimeLine = { at(micros: number): number; readonly folded: boolean };

/** Moments that are looked at: enough to see where nothing happened. */
const MOST_MOMENTS = 20_000;
/** A stretch without any event takes at most this part of the line. */
const MOST_IDLE = 0.04;

export function timeLine({ run }: RunData): TimeLine {
  const { start, length } = run.steps;
  const every = Math.max(1, Math.ceil(start.length / MOST_MOMENTS));
  const moments = new Set<number>([0]);
  for (let step = 0; step < start.length; step += every) {
    const from = start[step] ?? 0;
    moments.add(from);
    moments.add(from + Math.max(0, length[step] ?? 0));
  }
  const whole = Math.max(0, run.executions.length[0] ?? 0);
  moments.add(whole);
  const sorted = [...moments].sort((a, b) => a - b);
  const total = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0);
  const cap = sorted.length > 3 ? Math.max(1, total * MOST_IDLE) : Number.POSITIVE_INFINITY;
  const places = [0];
  let folded = false;
  for (let index = 1; index < sorted.length; index++) {
    const gap = (sorted[index] ?? 0) - (sorted[index - 1] ?? 0);
    if (gap > cap) folded = true;
    places.push((places[index - 1] ?? 0) + Math.min(gap, cap));
  }
  const end = places.at(-1) || 1;
  return {
    folded,
    at(micros) {
      let low = 0;
      let high = sorted.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((sorted[middle] ?? 0) <= micros) low = middle;
        else high = middle - 1;
      }
      const before = sorted[low] ?? 0;
      const gap = (sorted[low + 1] ?? before) - before;
      const room = (places[low + 1] ?? places[low] ?? 0) - (places[low] ?? 0);
      const inside = gap === 0 ? 0 : Math.min(1, Math.max(0, (micros - before) / gap)) * room;
      return ((places[low] ?? 0) + inside) / end;
    },
  };
}
