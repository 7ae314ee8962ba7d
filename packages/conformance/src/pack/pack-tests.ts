/** The tests of a pack, run in its process one by one, and which cards did not live through one of theirs. */
import { FlowdeckError } from '@flowdeck/engine';
import type { ConformanceCode } from '../codes.js';
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

/** @param names As loading the pack gave them: the subject, a blank, and what is tested. */
export function packTests(process: PackProcess, names: readonly string[], timeoutMs: number): readonly PackTest[] {
  const lost = new Set<string>();
  return names.map((name, test) => {
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
        try {
          await process.run({ kind: 'run', test }, timeoutMs);
        } finally {
          if (process.isLost) lost.add(subject);
        }
      },
    };
  });
}
