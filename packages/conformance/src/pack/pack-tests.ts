/** The tests of a pack, run in its process one by one, and which cards did not live through one of theirs. */
import { FlowdeckError } from '@flowdeck/engine';
import type { ConformanceCode } from '../codes.js';
import type { Loaded } from './messages.js';
import type { PackProcess } from './pack-process.js';

export interface PackTest {
  /** The card, or the file of cases. */
  readonly subject: string;
  /** What is tested of it. */
  readonly promise: string;
  /** Another test of the subject ended the process, or had to be ended: this one would cost as much time and tell as little. */
  readonly isLost: boolean;
  /** @throws FlowdeckError `pack-check` when it is lost, or ends the process; what the test throws. */
  run(): Promise<void>;
}

/** What goes through all cards of a pack gets so many times the time of one test. */
const WHOLE_PACK = 10;

/** @param loaded What loading the pack gave: of each test the subject, a blank, and what is tested. */
export function packTests(process: PackProcess, { tests, anew }: Loaded, timeoutMs: number): readonly PackTest[] {
  const lost = new Set<string>();
  const failed = new Set<string>();
  return tests.map((name, test) => {
    const [subject = name] = name.split(' ', 1);
    return {
      subject,
      promise: name.slice(subject.length + 1),
      get isLost() {
        return lost.has(subject);
      },
      async run() {
        if (lost.has(subject)) {
          throw new FlowdeckError<ConformanceCode>(
            'pack-check',
            `Not tried: ${subject} did not come through another test.`,
          );
        }
        const isAnew = anew.includes(name);
        if (isAnew) process.end();
        try {
          await process.run({ kind: 'run', test, failed: [...failed] }, isAnew ? timeoutMs * WHOLE_PACK : timeoutMs);
        } catch (error) {
          failed.add(subject);
          throw error;
        } finally {
          if (process.isLost) lost.add(subject);
        }
      },
    };
  });
}
