/** Answers that flows give to the services whose deliveries they are run for, as long as these wait. */
import type { Answer, Clock } from '@flowdeck/engine';
import type { EventDelivery } from '@flowdeck/engine/kit';
import { answered } from '../serve/api/answer.js';

/** A delivery whose sender waits for what a flow says. */
interface AwaitedAnswer {
  /** What the flow says; null when it says nothing until the deadline. */
  given(): Promise<Response | null>;
  /** What it said to the same delivery before; null: that is not known any more. */
  before(): Response | null;
  /** The sender is answered. */
  forget(): void;
}

interface Named {
  readonly flow: string;
  readonly id: string | null;
}

const DEADLINE_MS = 3_000;
/** Between the end of our waiting and that of the service. */
const MARGIN_MS = 500;
/** Answers that a repeated delivery is given again. */
const REMEMBERED_ANSWERS = 1_000;

/** Whether a flow may answer the sender. */
export function waitsForFlow({ answer }: EventDelivery): boolean {
  return answer?.by === 'flow' || answer?.by === 'event-flow';
}

export class FlowAnswers {
  readonly #clock: Clock;
  readonly #waiting = new Map<string, (answer: Answer | null) => void>();
  readonly #given = new Map<string, Answer>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Before the delivery is kept: its flow may answer at once. */
  expect(named: Named, { answer = {} }: EventDelivery): AwaitedAnswer {
    const key = keyOf(named);
    const { deadlineMs = DEADLINE_MS } = answer;
    let cancel = () => {};
    const given = new Promise<Answer | null>((resolve) => {
      this.#waiting.set(key, resolve);
      // A service that waits very briefly is waited for half of that.
      cancel = this.#clock.after(Math.max(deadlineMs - MARGIN_MS, deadlineMs / 2), () => resolve(null));
    });
    const respond = (said: Answer | null | undefined) => (said ? answered(said, null) : null);
    return {
      given: async () => respond(await given),
      before: () => respond(this.#given.get(key)),
      forget: () => {
        cancel();
        this.#waiting.delete(key);
      },
    };
  }

  /** The flow has answered, or has ended without: null. False: nobody waits for it any more. */
  tell(named: Named, answer: Answer | null): boolean {
    const key = keyOf(named);
    if (answer !== null) {
      this.#given.set(key, answer);
      for (const oldest of this.#given.keys()) {
        if (this.#given.size <= REMEMBERED_ANSWERS) break;
        this.#given.delete(oldest);
      }
    }
    const waiting = this.#waiting.get(key);
    waiting?.(answer);
    return waiting !== undefined;
  }
}

function keyOf({ flow, id }: Named): string {
  return JSON.stringify([flow, id]);
}
