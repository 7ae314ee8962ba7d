/** Finds the texts that a pure card computed from a secret: a hash, a signature, a token cut out of it. */
import type { Value } from '../values/index.js';
import { someLeaf } from './rewrite.js';
import { WINDOW } from './scanner.js';
import type { Vault } from './vault.js';

/** Texts of one output that are looked at. */
const MAX_TEXTS = 1024;
/** Characters that are searched for one output; texts that there is no time to look for count as computed. */
const MAX_SEARCH = 1 << 26;

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
  someLeaf(output, (leaf) => {
    if (typeof leaf === 'string' && leaf.length >= WINDOW && !vault.test(leaf)) candidates.add(leaf);
    return candidates.size >= MAX_TEXTS;
  });
  if (candidates.size === 0 || !contains(inputs)) return [];

  const open = openTexts(vault, inputs);
  const length = open.reduce((sum, text) => sum + text.length, 0);
  const affordable = length === 0 ? MAX_TEXTS : Math.floor(MAX_SEARCH / length);
  return [...candidates].filter((text, index) => index >= affordable || !open.some((each) => each.includes(text)));
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
