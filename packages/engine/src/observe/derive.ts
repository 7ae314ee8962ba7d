/** Finds the texts that a pure card computed from a secret: a hash, a signature, a token cut out of it. */
import type { Value } from '../values/index.js';
import { someLeaf } from './rewrite.js';
import { WINDOW } from './scanner.js';
import { REDACTED, type Vault } from './vault.js';

/** Texts of one output that are looked at. */
const MAX_TEXTS = 1024;
/** Characters that are searched for one output; texts that there is no time to look for count as computed. */
const MAX_SEARCH = 1 << 26;
/** Characters of the inputs up to which the rests of texts that show a secret are looked at. */
const MAX_RESTS = 1 << 16;

/**
 * Texts of `output` that show no secret and cannot be read in the inputs either, once the secrets there are taken
 * out: so they were made from a secret, or are a part of one. Empty when no input holds a secret.
 */
export function derivedTexts(
  vault: Vault,
  inputs: readonly Value[],
  output: Value,
  contains: (value: unknown) => boolean,
): readonly string[] {
  const candidates = new Set<string>();
  /** What stands between the secrets of a text that shows some. */
  const rests = new Set<string>();
  someLeaf(output, (leaf) => {
    if (typeof leaf !== 'string' || leaf.length < WINDOW) return false;
    const shown = vault.hide(leaf);
    if (shown === leaf) candidates.add(leaf);
    else for (const rest of shown.split(REDACTED)) if (rest.length >= WINDOW) rests.add(rest);
    return candidates.size + rests.size >= MAX_TEXTS;
  });
  if (candidates.size + rests.size === 0 || !contains(inputs)) return [];

  const open = openTexts(vault, inputs);
  const length = open.reduce((sum, text) => sum + text.length, 0);
  const affordable = length === 0 ? MAX_TEXTS : Math.floor(MAX_SEARCH / length);
  const derived = [...candidates].filter(
    (text, index) => index >= affordable || !open.some((each) => each.includes(text)),
  );
  return rests.size === 0 || length > MAX_RESTS
    ? derived
    : [...derived, ...tellingRests([...rests], vault, inputs, open)];
}

/**
 * A rest is mostly what a template or an expression put around a secret, and is to be read. One that has several characters
 * in a row of a secret, in either case and direction, is what became of another part of it.
 */
function tellingRests(
  rests: readonly string[],
  vault: Vault,
  inputs: readonly Value[],
  open: readonly string[],
): readonly string[] {
  const runs = runsOf(secretTexts(vault, inputs));
  const plain = open.map((text) => text.toLowerCase());
  return rests.filter((rest) => {
    const folded = rest.toLowerCase();
    return someRun(folded, (run) => runs.has(run)) && !plain.some((text) => text.includes(folded));
  });
}

/** Texts of the inputs that hold a secret. */
function secretTexts(vault: Vault, inputs: readonly Value[]): readonly string[] {
  const texts = new Set<string>();
  let left = MAX_RESTS;
  someLeaf(inputs, (leaf) => {
    if (typeof leaf !== 'string' || !vault.test(leaf)) return false;
    left -= leaf.length;
    if (left >= 0) texts.add(leaf.toLowerCase());
    return left < 0;
  });
  return [...texts];
}

function runsOf(texts: readonly string[]): ReadonlySet<string> {
  const runs = new Set<string>();
  const take = (run: string) => {
    runs.add(run);
    return false;
  };
  for (const text of texts) {
    someRun(text, take);
    someRun([...text].reverse().join(''), take);
  }
  return runs;
}

function someRun(text: string, test: (run: string) => boolean): boolean {
  for (let at = 0; at + WINDOW <= text.length; at++) if (test(text.slice(at, at + WINDOW))) return true;
  return false;
}

/** All that can be read in the inputs, keys included, without their secrets. */
function openTexts(vault: Vault, inputs: readonly Value[]): readonly string[] {
  const texts = new Set<string>();
  const take = (text: string) => {
    const shown = vault.hide(text);
    if (shown.length >= WINDOW) texts.add(shown);
    return false;
  };
  someLeaf(
    inputs,
    (leaf) => (typeof leaf === 'string' ? take(leaf) : typeof leaf === 'number' ? take(String(leaf)) : false),
    take,
  );
  return [...texts];
}
