/** What the events of runs tell of each card: whether it began, failed, which of its blocks ran, and how it ended its flow. */
import type { CaseRun } from '../run/outcome.js';

type TrailEvent = CaseRun['events'][number];

/** What happened to one card, over all runs. */
export interface CardTrail {
  begun: boolean;
  failed: boolean;
  /** Blocks that ran; `else` where none did; `goes on` and `leaves`. */
  readonly branches: Set<string>;
}

/** A card that is under way, or was the last of its execution. */
interface Step {
  readonly card: CardTrail;
  ranBlock: boolean;
}

export class Trail {
  readonly #cards = new Map<string, CardTrail>();

  constructor(runs: readonly CaseRun[]) {
    for (const { events } of runs) new Reading((flow, card) => this.of(flow, card)).hear(events);
  }

  of(flow: string, card: string): CardTrail {
    const key = JSON.stringify([flow, card]);
    const known = this.#cards.get(key) ?? { begun: false, failed: false, branches: new Set() };
    this.#cards.set(key, known);
    return known;
  }
}

/** Reads the events of one run. */
class Reading {
  readonly #of: (flow: string, card: string) => CardTrail;
  readonly #flows = new Map<unknown, string>();
  readonly #steps = new Map<string, Step>();
  /** The last card that ended in each execution. */
  readonly #last = new Map<unknown, CardTrail>();

  constructor(of: (flow: string, card: string) => CardTrail) {
    this.#of = of;
  }

  hear(events: readonly TrailEvent[]): void {
    for (const event of events) {
      if (event['type'] === 'execution') this.#execution(event);
      if (event['type'] === 'card') this.#card(event);
      if (event['type'] === 'attempt') this.#trail(event).failed = true;
    }
  }

  #trail({ executionId, card }: TrailEvent): CardTrail {
    return this.#of(this.#flows.get(executionId) ?? '', String(card));
  }

  #execution({ executionId, flow, phase, status }: TrailEvent): void {
    if (phase === 'started') this.#flows.set(executionId, String(flow));
    // Continue If stops the flow, and is then the last that ended.
    else if (status === 'stopped') this.#last.get(executionId)?.branches.add('leaves');
    else this.#last.get(executionId)?.branches.add('goes on');
  }

  #card(event: TrailEvent): void {
    const { executionId, phase, path } = event;
    if (phase === 'started') {
      const card = this.#trail(event);
      card.begun = true;
      this.#last.get(executionId)?.branches.add('goes on');
      this.#last.delete(executionId);
      this.#steps.set(placeKey(executionId, path, event['card']), { card, ranBlock: false });
      this.#enterBlock(executionId, path);
      return;
    }
    const step = this.#steps.get(placeKey(executionId, path, event['card']));
    if (step === undefined) return;
    if (event['status'] === 'error') {
      step.card.failed = true;
      step.card.branches.add('leaves');
      return;
    }
    if (!step.ranBlock) step.card.branches.add('else');
    this.#last.set(executionId, step.card);
  }

  /** Of `["attempt", "try"]`: that the card `attempt` runs its block `try`. */
  #enterBlock(executionId: unknown, path: unknown): void {
    if (!Array.isArray(path) || path.length < 2) return;
    const owner = this.#steps.get(placeKey(executionId, path.slice(0, -2), path.at(-2)));
    if (owner === undefined) return;
    owner.ranBlock = true;
    owner.card.branches.add(String(path.at(-1)));
  }
}

function placeKey(executionId: unknown, path: unknown, card: unknown): string {
  return JSON.stringify([executionId, path, card]);
}
