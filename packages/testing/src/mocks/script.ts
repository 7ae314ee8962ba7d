/** Mocks as they are played: which of them answers a call, and which were not asked for. */
import { type BorderCall, misfits } from './call.js';
import type { Mock, MockAnswer } from './types.js';

/** What a mock says to a call, or why none does. */
export type MockReply =
  | { readonly kind: 'answer'; readonly answer: MockAnswer }
  /** No mock fits. The nearest one for the same card, and what differs. */
  | { readonly kind: 'none'; readonly nearest: { readonly index: number; readonly why: readonly string[] } | null }
  /** Those that fit have no answer left. */
  | { readonly kind: 'exhausted'; readonly index: number; readonly given: number };

/** A mock that was not asked for as often as it says. */
export interface Leftover {
  /** Place in the list. */
  readonly index: number;
  readonly used: number;
  /** Calls that it foresees; null: any number, but at least one. */
  readonly foreseen: number | null;
}

interface Turn {
  readonly mock: Mock;
  readonly index: number;
  used: number;
}

/** The first mock that fits a call and has an answer left takes it. */
export class MockScript {
  readonly #turns: readonly Turn[];

  constructor(mocks: readonly Mock[]) {
    this.#turns = mocks.map((mock, index) => ({ mock, index, used: 0 }));
  }

  reply(call: BorderCall): MockReply {
    let spent: Turn | null = null;
    let nearest: { index: number; why: readonly string[] } | null = null;
    for (const turn of this.#turns) {
      const why = misfits(turn.mock, call);
      if (why === null) continue;
      if (why.length > 0) {
        if (nearest === null || why.length < nearest.why.length) nearest = { index: turn.index, why };
        continue;
      }
      const answer = answerAt(turn.mock, turn.used);
      if (answer !== null) {
        turn.used++;
        return { kind: 'answer', answer };
      }
      spent ??= turn;
    }
    return spent === null ? { kind: 'none', nearest } : { kind: 'exhausted', index: spent.index, given: spent.used };
  }

  /** Mocks that were asked for too seldom, those marked `optional` left out. */
  leftovers(): readonly Leftover[] {
    return this.#turns.flatMap(({ mock, index, used }) => {
      const { least, most } = callsOf(mock);
      if (mock.optional === true || used >= least) return [];
      return [{ index, used, foreseen: most }];
    });
  }
}

/** The answer to the call of this number, from 0; null when all are given. */
function answerAt({ answer, answers, times }: Mock, call: number): MockAnswer | null {
  if (answer !== undefined) return call < (times ?? Number.POSITIVE_INFINITY) ? answer : null;
  let left = call;
  for (const each of answers ?? []) {
    const often = each.times === 'rest' ? Number.POSITIVE_INFINITY : (each.times ?? 1);
    if (left < often) return each;
    left -= often;
  }
  return null;
}

/** How many calls a mock waits for: at least, and in all (null: any number). */
function callsOf({ answer, answers = [], times }: Mock): { readonly least: number; readonly most: number | null } {
  if (answer !== undefined) return { least: times ?? 1, most: times ?? null };
  const counted = answers.reduce((sum, each) => sum + (typeof each.times === 'number' ? each.times : 1), 0);
  return { least: counted, most: answers.at(-1)?.times === 'rest' ? null : counted };
}
