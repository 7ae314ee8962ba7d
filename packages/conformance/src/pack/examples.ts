/** Checks that the examples of a card are true. */
import type { CardExample } from '@flowdeck/engine';
import { toData, typeOf } from '@flowdeck/engine/kit';
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
      if (card.prepare !== undefined && isWritten(example)) await comparePrepared(subject, example);
    },
  }));
}

/**
 * Asks each example once, from the last one of the last card to the first, in a process that has run nothing before: what
 * was kept from one to the next shows.
 *
 * @throws FlowdeckError `pack-check`
 */
export async function judgeOrder(subjects: readonly Subject[]): Promise<void> {
  for (const subject of subjects.toReversed()) {
    const { card } = subject;
    if (card.kind !== 'pure') continue;
    for (const example of (card.examples ?? []).toReversed()) {
      compare(example, await ask(subject, example), ` of ${card.id}, asked from its last example to its first`);
    }
  }
}

/** With all inputs known when the flow is compiled, the function that is made then has to give the same. */
async function comparePrepared(subject: Subject, example: CardExample): Promise<void> {
  const { card, watched } = subject;
  const outputs = card.extraOutputs === undefined ? [] : Object.keys(example.out ?? {});
  const prepared = await probe({ card, watched, given: {}, literals: example.in, outputs });
  // What is wrong with a literal is told when the flow is loaded.
  if (prepared.observed.status === 'refused') return;
  const how = 'where its inputs are literals';
  judgeManners(subject, prepared, how);
  compare(example, prepared, ` ${how}`);
}

/** True when a document can hold all that it gives. */
function isWritten(example: CardExample): boolean {
  const written = new Set(['text', 'number', 'boolean', 'list', 'object', 'null']);
  return Object.values(example.in).every(
    (value) => written.has(typeOf(value)) && differences(value, toData(value), 'exact').length === 0,
  );
}

function ask({ card, watched }: Subject, example: CardExample): Promise<Probed> {
  const outputs = card.extraOutputs === undefined ? [] : Object.keys(example.out ?? {});
  return probe({ card, watched, given: example.in, outputs });
}

function compare(example: CardExample, { observed }: Probed, how = ''): void {
  const { error } = observed;
  if (example.error !== undefined) {
    if (error?.['code'] !== example.error)
      refuse(`Expected the error "${example.error}"${how}, got ${outcomeOf(observed)}.`);
    return;
  }
  if (error !== null) refuse(`Expected no error${how}, got ${outcomeOf(observed)}.`);
  if (example.out === undefined) return;
  const expected = toData(example.out);
  const found = differences(expected, toData(observed.outputs), 'exact')[0];
  if (found === undefined) return;
  refuse(
    `Expected ${JSON.stringify(expected)}${how}, got ${outcomeOf(observed)}: they differ at ${found.pointer || 'the top'}.`,
  );
}

function outcomeOf({ outputs, error }: Probed['observed']): string {
  return error === null
    ? JSON.stringify(toData(outputs))
    : `the error "${String(error['code'])}" (${String(error['message'])})`;
}
