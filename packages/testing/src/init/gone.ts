/** What the tests that are there went through, so that only those are added that go further. */
import type { DeckDocument, Pack } from '@flowdeck/engine';
import { coverageOf } from '../report/coverage.js';
import type { CaseRun } from '../run/outcome.js';

export class Gone {
  readonly #document: DeckDocument;
  readonly #types: Parameters<typeof coverageOf>[1];
  /** By the flow that the tests start. */
  readonly #byFlow = new Map<string, Set<string>>();
  readonly #everywhere = new Set<string>();

  constructor(document: DeckDocument, packs: readonly Pack[]) {
    this.#document = document;
    this.#types = new Map(packs.flatMap((pack) => (pack.cards ?? []).map((card) => [card.id, card] as const)));
  }

  /** True: the run went where none of the tests of this flow did, or where none did at all. */
  isFurther(flow: string, run: CaseRun): boolean {
    const own = this.#byFlow.get(flow);
    if (own === undefined) return true;
    return this.#partsOf(run).some(({ at, key }) => (at === flow ? !own.has(key) : !this.#everywhere.has(key)));
  }

  /** Takes in a run that starts a flow. */
  add(flow: string, run: CaseRun): void {
    const own = this.#byFlow.get(flow) ?? new Set<string>();
    this.#byFlow.set(flow, own);
    for (const { key } of this.#partsOf(run)) {
      own.add(key);
      this.#everywhere.add(key);
    }
  }

  #partsOf(run: CaseRun): readonly { readonly at: string; readonly key: string }[] {
    const { flows } = coverageOf([{ subject: '', document: this.#document, runs: [run] }], this.#types);
    return flows.flatMap(({ flow: at, parts }) =>
      parts
        .filter(({ isCovered }) => isCovered)
        .map(({ kind, card, branch }) => ({ at, key: JSON.stringify([at, card, kind, branch]) })),
    );
  }

  /** True: there is nothing of the flow itself that its tests did not go through, failures of its calls left out. */
  isWhole(flow: string): boolean {
    const own = this.#byFlow.get(flow);
    if (own === undefined) return false;
    const { flows } = coverageOf([{ subject: '', document: this.#document, runs: [] }], this.#types);
    const parts = flows.find((each) => each.flow === flow)?.parts ?? [];
    return parts.every(
      ({ kind, card, branch }) => kind === 'error' || own.has(JSON.stringify([flow, card, kind, branch])),
    );
  }
}
