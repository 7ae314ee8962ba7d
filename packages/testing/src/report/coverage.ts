/** What of the flows a run of tests went through: cards, branches, and failures of cards with an effect. */
import type { CardType, FlowFile } from '@flowdeck/engine';
import { type CardNode, type DeckFlow, flowsOf, isDeck, pointerTo } from '@flowdeck/engine/kit';
import type { CaseRun } from '../run/outcome.js';
import type { Coverage, CoverageShares, CoveredPart, FlowCoverage, MissedPart, Share } from './coverage-types.js';
import { Trail } from './trail.js';

/** A deck that tests are about, and what happened in it. */
export interface CoveredDeck {
  /** Its path. */
  readonly subject: string;
  /** Its flows. */
  readonly document: FlowFile;
  /** Of the cases that were run on it. */
  readonly runs: readonly CaseRun[];
}

type CardTypes = ReadonlyMap<string, CardType>;

/**
 * Coverage of these decks. Comments do not count, and a flow that no case runs counts as not covered at all.
 *
 * @param types Cards that are known, by id; others stand for effects.
 * @example
 * const { cards } = coverageOf([{ subject: 'orders.flow.json', document, runs }], types);
 */
export function coverageOf(decks: readonly CoveredDeck[], types: CardTypes): Coverage {
  const flows = decks.flatMap(({ subject, document, runs }) => {
    const trail = new Trail(runs);
    const isDeckOfFlows = isDeck(document);
    return flowsOf(document).map((flow, index) =>
      flowCoverage(flow, isDeckOfFlows ? `/flows/${index}` : '', subject, trail, types),
    );
  });
  const sum = (key: keyof CoverageShares): Share => ({
    covered: flows.reduce((all, flow) => all + flow[key].covered, 0),
    total: flows.reduce((all, flow) => all + flow[key].total, 0),
  });
  return { cards: sum('cards'), branches: sum('branches'), errors: sum('errors'), flows };
}

function flowCoverage(flow: DeckFlow, pointer: string, subject: string, trail: Trail, types: CardTypes): FlowCoverage {
  const parts = new CountedFlow(flow.id, trail, types).parts(flow.cards, '', `${pointer}/cards`);
  const share = (kind: MissedPart['kind']): Share => {
    const all = parts.filter((part) => part.kind === kind);
    return { covered: all.filter(({ isCovered }) => isCovered).length, total: all.length };
  };
  return {
    flow: flow.id,
    name: flow.name ?? flow.id,
    subject,
    cards: share('card'),
    branches: share('branch'),
    errors: share('error'),
    missing: parts
      .filter(({ isCovered }) => !isCovered)
      .map(({ kind, card, branch }) => ({ kind, card, ...(branch === undefined ? {} : { branch }) })),
    parts,
  };
}

class CountedFlow {
  readonly #flow: string;
  readonly #trail: Trail;
  readonly #types: CardTypes;

  constructor(flow: string, trail: Trail, types: CardTypes) {
    this.#flow = flow;
    this.#trail = trail;
    this.#types = types;
  }

  /** @param place Of the list of cards in its flow, as the ids of cards without one have it: `3.then`. */
  parts(cards: readonly CardNode[], place: string, list: string): readonly CoveredPart[] {
    return cards.flatMap((node, index): readonly CoveredPart[] => {
      const here = place === '' ? `${index}` : `${place}.${index}`;
      const pointer = `${list}/${index}`;
      const card = node.id ?? `_${here}`;
      const type = this.#types.get(node.card);
      if (type?.traits?.remarks !== undefined) return [];
      const seen = this.#trail.of(this.#flow, card);
      const isEffect = type === undefined || type.kind === 'effect';
      const own = { card, pointer };
      return [
        { ...own, kind: 'card', isCovered: seen.begun },
        ...branchesOf(node, type).map(
          (branch): CoveredPart => ({ ...own, kind: 'branch', branch, isCovered: seen.branches.has(branch) }),
        ),
        ...(isEffect ? [{ ...own, kind: 'error' as const, isCovered: seen.failed }] : []),
        ...Object.entries(node.blocks ?? {}).flatMap(([name, block]) =>
          this.parts(block.cards, `${here}.${name}`, `${pointerTo(`${pointer}/blocks`, name)}/cards`),
        ),
      ];
    });
  }
}

/** Blocks without a card leave no trace, and are no branch. */
function branchesOf({ blocks = {} }: CardNode, type: CardType | undefined): readonly string[] {
  const filled = Object.entries(blocks).filter(([, block]) => block.cards.length > 0);
  const names = filled.map(([name]) => name);
  const isOpen = type?.traits?.chooses === true && !names.includes('else');
  const ends = type?.traits?.leaves === 'sometimes' ? ['goes on', 'leaves'] : [];
  return [...names, ...(isOpen ? ['else'] : []), ...ends];
}
