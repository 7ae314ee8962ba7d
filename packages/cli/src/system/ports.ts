/** Time and ids for a process that lives for a moment: what the engine brings by itself takes milliseconds to load. */
import { type Clock, type Ids, systemClock } from '@flowdeck/engine';

export function quickClock(): Clock {
  return {
    ...systemClock(),
    elapsed: () => {
      const [seconds, nanoseconds] = process.hrtime();
      return seconds * 1e3 + nanoseconds / 1e6;
    },
  };
}

/** Letters of an id beside its time: 36 to the power of 16 are 82 bits. */
const LETTERS = 16;

/** Ids that are unique, which is all that they have to be: by the time, and by numbers that the platform seeds itself. */
export function quickIds(): Ids {
  return { run: () => `run-${Date.now().toString(36)}-${letters()}` };
}

function letters(): string {
  let text = '';
  while (text.length < LETTERS) text += Math.random().toString(36).slice(2, 10);
  return text.slice(0, LETTERS);
}
