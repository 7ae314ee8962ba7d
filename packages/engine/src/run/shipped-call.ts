/** A call that a runtime may carry out here or elsewhere. */
import type { CallOutcome, CallRequest, RuntimeCall } from '../ports/index.js';
import { type RunWithAnnex, shortRequest } from './annexed.js';
import { begin } from './call.js';
import type { Frame } from './frame.js';
import type { FlowOutcome } from './outcome.js';
import { failureOfCall, receive, requestOf, resultOfCall, type Sending } from './ship.js';

export class ShippedCall implements RuntimeCall {
  readonly id: string;
  readonly #frame: Frame;
  readonly #annexing: RunWithAnnex;
  readonly #sending: Sending;
  /** Tells those who watch that a call that was sent has ended; null while it has not been sent. */
  #ended: (() => void) | null = null;
  /** The call has no form in which it can cross: that is an error of the flow, whatever the runtime makes of it. */
  fault: { readonly error: unknown } | null = null;

  constructor(frame: Frame, annexing: RunWithAnnex, sending: Sending) {
    this.id = frame.executionId;
    this.#annexing = annexing;
    this.#frame = frame;
    this.#sending = sending;
  }

  request(): CallRequest | Promise<CallRequest> {
    try {
      const request = shortRequest(requestOf(this.#frame, this.#sending), this.#annexing);
      const { run } = this.#frame;
      if (run.watched) this.#ended = run.watch.sent(this.#frame);
      return request;
    } catch (error) {
      this.fault = { error };
      throw error;
    }
  }

  async local(): Promise<CallOutcome> {
    const { run, via } = this.#frame;
    try {
      const ended = via === null ? null : await begin(this.#frame, via);
      // What a call here did to the tree of its run is done.
      if (ended !== null) return { ...resultOfCall(ended, this.#sending.outputs), ...NOTHING_MORE };
    } catch (error) {
      if (run.halted === null) return { ...failureOfCall(error, 'error'), ...NOTHING_MORE };
    }
    throw run.halted;
  }

  /** Takes how it ended; throws what it failed with. */
  receive(outcome: CallOutcome): FlowOutcome {
    this.#ended?.();
    return receive(this.#frame, outcome);
  }
}

const NOTHING_MORE = Object.freeze({ steps: 0, respond: null, spawned: [], told: null, annexed: null });
