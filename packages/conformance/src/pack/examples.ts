/** Checks that the examples of a card are true. */
import type { CardExample } from '@flowdeck/engine';
import { toData } from '@flowdeck/engine/kit';
import { differences } from '@flowdeck/testing';
import { type Check, refuse, type Subject } from './check.js';
import { judgeManners } from './manners.js';
import { type Probed, probe } from './probe.js';
import { judgeSteady } from './steady.js';

/** Only pure cards can be asked without a world around them. */
export function exampleChecks(subject: Subject): readonly Check[] {
  const { card } = subject;
  if (card.kind !== 'pure') return [];
  return (card.examples ?? []).map((example, index) => ({
    name: `keeps its example ${index + 1}${example.title === undefined ? '' : ` (${example.title})`}`,
    run: async () => {
      const first = await ask(subject, example);
      judgeManners(subject, first, 'with this example');
      compare(example, first);
      // What it was asked in between must not matter.
      await ask(subject, { in: {} });
      for (const other of card.examples ?? []) if (other !== example) await ask(subject, other);
      await judgeSteady(subject, first, () => ask(subject, example));
    },
  }));
}

function ask({ card, watched }: Subject, example: CardExample): Promise<Probed> {
  const outputs = card.extraOutputs === undefined ? [] : Object.keys(example.out ?? {});
  return probe({ card, watched, given: example.in, outputs });
}

function compare(example: CardExample, { observed }: Probed): void {
  const { error } = observed;
  if (example.error !== undefined) {
    if (error?.['code'] !== example.error) refuse(`Expected the error "${example.error}", got ${outcomeOf(observed)}.`);
    return;
  }
  if (error !== null) refuse(`Expected no error, got ${outcomeOf(observed)}.`);
  if (example.out === undefined) return;
  const expected = toData(example.out);
  const found = differences(expected, toData(observed.outputs), 'exact')[0];
  if (found === undefined) return;
  refuse(
    `Expected ${JSON.stringify(expected)}, got ${outcomeOf(observed)}: they differ at ${found.pointer || 'the top'}.`,
  );
}

function outcomeOf({ outputs, error }: Probed['observed']): string {
  return error === null
    ? JSON.stringify(toData(outputs))
    : `the error "${String(error['code'])}" (${String(error['message'])})`;
}
