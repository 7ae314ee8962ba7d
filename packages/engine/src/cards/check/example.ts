/** Examples of a card: that they name what the card declares. Whether they are true is for the tests of a pack. */
import { didYouMean } from '../../document/did-you-mean.js';
import { quoted } from '../../document/members.js';
import type { CardExample } from '../fields.js';
import type { DeclarationSpot } from './declaration-spot.js';
import { fieldsByName, misfit } from './field.js';
import type { Unchecked } from './members.js';
import { checkMembers, type Member, type MemberCheck, optional, plainList, plainObject, required } from './members.js';
import { text, words } from './scalars.js';

/** What of its card an example is held to. */
interface Promises {
  readonly inputs: ReadonlyMap<string, Unchecked>;
  readonly outputs: ReadonlyMap<string, Unchecked>;
  /** What the names of extra inputs begin with; null when the card takes none. */
  readonly extra: string | null;
  /** The author names outputs, too. */
  readonly anyOutput: boolean;
  readonly errors: readonly string[];
}

export const checkExamples: MemberCheck = (value, spot, card) => {
  const examples = plainList(value, spot);
  if (examples === null) return;
  const members = membersFor(promisesOf(card));
  for (const [index, example] of examples.entries()) checkMembers(example, spot.at(index), 'an example', members);
};

function promisesOf(card: Unchecked): Promises {
  const { extraInputs, errors } = card;
  const hasExtra = typeof extraInputs === 'object' && extraInputs !== null;
  const group = hasExtra && 'group' in extraInputs ? extraInputs.group : undefined;
  return {
    inputs: fieldsByName(card['inputs']),
    outputs: fieldsByName(card['outputs']),
    extra: hasExtra ? (typeof group === 'string' ? `${group}/` : '') : null,
    anyOutput: card['extraOutputs'] !== undefined || card['mirror'] === true || card['outputsFromBlocks'] === true,
    errors: typeof errors === 'object' && errors !== null ? Object.keys(errors) : [],
  };
}

function membersFor(promises: Promises): Readonly<Record<keyof CardExample, Member>> {
  return {
    title: optional(words),
    in: required((value, spot, example) => checkIn(value, spot, example, promises), 'Add "in": inputs by name.'),
    out: optional((value, spot, example) => checkOut(value, spot, example, promises)),
    error: optional((value, spot, example) => {
      text(value, spot, example);
      if (typeof value !== 'string' || promises.errors.includes(value)) return;
      const hint = didYouMean(value, promises.errors, 'Add it to "errors" of the card, with a sentence.');
      spot.fault('declaration-example', `The card declares no error ${quoted(value)}.`, hint);
    }),
  };
}

function checkIn(value: unknown, spot: DeclarationSpot, example: Unchecked, { inputs, extra }: Promises): void {
  const given = plainObject(value, spot, 'a set of inputs');
  if (given === null) return;
  for (const name of Object.keys(given)) {
    const field = inputs.get(name);
    if (field === undefined) {
      if (extra === null || !name.startsWith(extra)) reportName(name, 'input', spot, inputs);
      continue;
    }
    // An example of an error may well be one of a value that does not fit.
    const fault = example['error'] === undefined && isData(field) ? misfit(given[name], field) : null;
    if (fault !== null)
      spot.at(name).fault('declaration-example', `The value does not fit: ${fault.message}`, fault.hint);
  }
}

function checkOut(value: unknown, spot: DeclarationSpot, example: Unchecked, { outputs, anyOutput }: Promises): void {
  if (example['error'] !== undefined) {
    const hint = 'Remove "out" or "error".';
    spot.fault('declaration-conflict', 'An example ends in outputs or in an error, not in both.', hint);
  }
  const given = plainObject(value, spot, 'a set of outputs');
  if (given === null || anyOutput) return;
  for (const name of Object.keys(given)) if (!outputs.has(name)) reportName(name, 'output', spot, outputs);
}

/** Files and flows are no data: an example can only hint at them. */
function isData({ type }: Unchecked): boolean {
  return type !== 'file' && type !== 'flow';
}

function reportName(name: string, what: string, spot: DeclarationSpot, known: ReadonlyMap<string, Unchecked>): void {
  const otherwise = known.size === 0 ? `It has no ${what}s.` : `There are ${[...known.keys()].join(', ')}.`;
  spot
    .at(name)
    .fault(
      'declaration-example',
      `The card has no ${what} ${quoted(name)}.`,
      didYouMean(name, known.keys(), otherwise),
    );
}
