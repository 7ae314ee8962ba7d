/** Ways in which a flow may be simulated for its first tests: what is usual, values that vary, and services that refuse. */
import type { CardNode, DeckFlow } from '@flowdeck/engine/kit';
import type { Mock } from '../mocks/types.js';

/** One way. */
export interface Candidate {
  readonly seed: string;
  readonly values: 'usual' | 'wide';
  /** Calls that fail. */
  readonly mocks: readonly Mock[];
}

/** So many times values vary. */
const WIDE = 8;
/** So many refusals are tried for each flow. */
const MOST_REFUSALS = 4;

/** @param isCall Whether a card is a call at the border, which a mock can refuse. */
export function candidatesFor(flow: DeckFlow, usual: string, isCall: (card: string) => boolean): readonly Candidate[] {
  const refused = attempts(flow.cards, isCall).slice(0, MOST_REFUSALS);
  return [
    { seed: usual, values: 'usual', mocks: [] },
    ...Array.from(
      { length: WIDE },
      (_, index): Candidate => ({ seed: `${usual}-${index + 2}`, values: 'wide', mocks: [] }),
    ),
    ...refused.map(
      ({ card, id }): Candidate => ({
        seed: usual,
        values: 'usual',
        mocks: [
          {
            card,
            at: `${flow.id}/${id}`,
            answer: { error: { message: 'The service refuses.', statusCode: 500 } },
            optional: true,
          },
        ],
      }),
    ),
  ];
}

interface RefusedCall {
  readonly card: string;
  readonly id: string;
}

/** Of each block with another one for its errors, the first call in it. */
function attempts(cards: readonly CardNode[], isCall: (card: string) => boolean): readonly RefusedCall[] {
  return cards.flatMap(({ blocks = {} }) =>
    Object.entries(blocks).flatMap(([name, block]) => [
      ...(name === 'try' && Object.hasOwn(blocks, 'catch') ? calls(block.cards, isCall).slice(0, 1) : []),
      ...attempts(block.cards, isCall),
    ]),
  );
}

function calls(cards: readonly CardNode[], isCall: (card: string) => boolean): readonly RefusedCall[] {
  return cards.flatMap(({ id, card, blocks = {} }) => [
    ...(id !== undefined && isCall(card) ? [{ card, id }] : []),
    ...Object.values(blocks).flatMap((block) => calls(block.cards, isCall)),
  ]);
}
