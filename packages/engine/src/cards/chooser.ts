/** Control cards that only choose one of their blocks. */
import type { BlockOutcome, CardContext } from './context.js';

/** What a card chooses by: the names of its blocks, and which of them is to run for the values of its inputs. */
export interface Choice {
  readonly blocks: readonly string[];
  readonly choose: (...inputs: never) => number;
}

/** By name, so that a pack may bring a copy of this module. */
const CHOICE = Symbol.for('flowdeck.choice');

/**
 * Makes the function of a control card that runs one of its blocks and does nothing else. The block's result is the card's.
 * The engine runs such a block without a context where nothing stands around the card. A function that `prepare` gives may
 * be one, too.
 *
 * @param blocks Names of blocks of the card.
 * @param choose Gives the position of the block to run among them, by the inputs of the card; a pure function.
 * @example
 * run: chooser(['empty', 'filled'], (text: string) => (text === '' ? 0 : 1)),
 */
export function chooser<A extends readonly unknown[]>(
  blocks: readonly string[],
  choose: (...inputs: A) => number,
): (...args: [...inputs: A, ctx: CardContext]) => BlockOutcome | Promise<BlockOutcome> {
  const run = (...args: [...inputs: A, ctx: CardContext]) => {
    const ctx = args[args.length - 1] as CardContext; // the last of them
    const inputs = args.slice(0, -1) as unknown as A; // all others
    return ctx.runBlock(String(blocks[choose(...inputs)]));
  };
  const choice: Choice = { blocks: [...blocks], choose };
  return Object.defineProperty(run, CHOICE, { value: choice });
}

/** What a function of a card chooses by; null for one that may do more than choose. */
export function choiceOf(run: object): Choice | null {
  return (run as { readonly [CHOICE]?: Choice })[CHOICE] ?? null; // set by `chooser` only
}
