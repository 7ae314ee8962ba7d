/** SIGHUP: whoever looks after a process that serves tells it by this to read its files again. */

/** Calls back at each, until what it gives is called. */
export function onHangup(work: () => void): () => void {
  process.on('SIGHUP', work);
  return () => void process.off('SIGHUP', work);
}
