/** A limit on how many requests may come in within a second. */

/** Says of each request whether it is within the limit; those that are not do not count. `clock` gives milliseconds. */
export function createRateLimit(perSecond: number, clock: () => number): () => boolean {
  const times: number[] = [];
  return () => {
    if (perSecond === Number.POSITIVE_INFINITY) return true;
    const now = clock();
    while (times[0] !== undefined && now - times[0] >= 1000) times.shift();
    if (times.length >= perSecond) return false;
    times.push(now);
    return true;
  };
}
