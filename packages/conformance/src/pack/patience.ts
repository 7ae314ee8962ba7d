/** Checks that a card lets go of its request when it is cancelled, and when its time is up. */
import type { HttpPort } from '@flowdeck/engine';
import { type Check, refuse, type Subject } from './check.js';
import { probe, typicalInputs } from './probe.js';

/** A network that never answers: it only ends when it is told to. */
interface Silence extends HttpPort {
  /** Null: nothing was asked. Undefined: it was asked without a signal. */
  readonly signal: AbortSignal | null | undefined;
}

export function patienceChecks({ card, watched, isAction }: Subject): readonly Check[] {
  const given = typicalInputs(card);
  if (card.kind !== 'effect' || isAction || given === undefined) return [];
  return [
    {
      name: 'gives up a request when its time is up',
      run: async () => {
        const http = silence();
        const { observed } = await probe({ card, watched, given, http, timeoutMs: SHORT_MS });
        // A card that asks nothing over HTTP has nothing to give up.
        if (http.signal === null) return;
        if (!http.signal?.aborted) refuse('The card leaves its request running.', HINT);
        if (observed.error === null) refuse('The card succeeds although its service never answered.');
      },
    },
    {
      name: 'gives up a request when the run is cancelled',
      run: async () => {
        const cancelling = new AbortController();
        const http = silence(() => cancelling.abort());
        const { observed } = await probe({ card, watched, given, http, signal: cancelling.signal });
        if (http.signal === null) return;
        if (!http.signal?.aborted) refuse('The card leaves its request running.', HINT);
        if (observed.status !== 'cancelled') refuse(`The run ends as "${observed.status}", not as cancelled.`);
      },
    },
  ];
}

/** Real time for a card to ask, on a busy machine; it only passes when the card asks. */
const SHORT_MS = 200;

const HINT = 'Hand ctx.signal to ctx.http.request.';

function silence(asked: () => void = () => {}): Silence {
  let signal: AbortSignal | null | undefined = null;
  return {
    get signal() {
      return signal;
    },
    request: (request) =>
      new Promise((_, reject) => {
        signal = request.signal;
        signal?.addEventListener('abort', () => reject(signal?.reason), { once: true });
        asked();
      }),
  };
}
