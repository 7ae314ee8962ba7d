/** Which inputs of flows are given values per item, whose types nobody declares: what cannot become the input's type goes on as it is. */
import type { CardNode, DeckFlow } from '../document/types.js';
import { ConversionError } from '../errors.js';
import type { Converter, Field, Value } from '../values/index.js';
import type { CardShape } from './shape.js';

/** Names by flow; under `null` those that are given to a flow which is chosen when the card runs. */
export class LooseInputs {
  readonly #names = new Map<string | null, Set<string>>();

  constructor(flows: readonly DeckFlow[], shapes: (id: string) => CardShape | undefined) {
    for (const flow of flows) this.#visit(flow.cards, shapes);
  }

  has(flow: string, field: Field, name: string): boolean {
    if (!isNarrow(field)) return false;
    return this.#names.get(flow)?.has(name) === true || this.#names.get(null)?.has(name) === true;
  }

  #visit(cards: readonly CardNode[], shapes: (id: string) => CardShape | undefined): void {
    for (const node of cards) {
      const shape = shapes(node.card);
      if (shape?.card.extraInputs?.perItem === true) this.#note(node, shape);
      if (node.blocks === undefined) continue;
      for (const block of Object.values(node.blocks)) this.#visit(block.cards, shapes);
    }
  }

  #note({ in: bindings = {} }: CardNode, { flowInput, inputNames }: CardShape): void {
    const chosen = flowInput === null ? undefined : bindings[flowInput];
    const flow = typeof chosen === 'object' && chosen !== null && 'flow' in chosen ? chosen.flow : null;
    for (const [name, binding] of Object.entries(bindings)) {
      if (inputNames.has(name) || typeof binding !== 'object' || binding === null || !('item' in binding)) continue;
      const names = this.#names.get(flow) ?? new Set();
      this.#names.set(flow, names.add(name));
    }
  }
}

/** Anything becomes text, and anything is anything. */
function isNarrow({ type, list }: Field): boolean {
  return list === true ? type !== 'any' : type !== 'any' && type !== 'text';
}

/** What converts is converted, and what does not goes on as it came: whoever reads it converts it then, or fails. */
export function loosely(convert: Converter): Converter {
  return (value) => {
    try {
      return convert(value);
    } catch (error) {
      if (error instanceof ConversionError) return value as Value; // it came from a list of values
      throw error;
    }
  };
}
