/** The way of calls from the flow that was started down to a card: where a reader of an error begins, and where it happened. */
import type { Step } from '../plan/index.js';
import type { Execution } from './execution.js';

/** A card on the way: it called the flow of the next one. */
export interface WayPoint {
  /** Id of the flow. */
  readonly flow: string;
  /** Id of the card in its flow. */
  readonly card: string;
  /** The card's type, such as `twilio.sendMessage`. */
  readonly cardType: string;
  /** JSON Pointer to the card, in the deck that was started or in that of `connector`. */
  readonly pointer: string;
  /** Key of the connector that the flow belongs to; absent for the deck that was started. */
  readonly connector?: string;
  /** Position of the item that the flow was called for. */
  readonly index?: number;
  /** So many cards between the one before and this one are left out: a recursion may be thousands of calls deep. */
  readonly skipped?: number;
}

/** A way is told to so many cards at either end. */
const MOST_POINTS = 20;

/** From the card of the started flow to `step`. Blocks of one flow are one point: the pointer says where in it. */
export function wayTo(step: Step, execution: Execution): readonly WayPoint[] {
  const calls: Passage[] = [];
  let at: Passage | null = callOf(step, execution);
  while (at !== null) {
    calls.push(at);
    const { caller, via }: Execution = at.execution;
    at = caller === null || via === null ? null : callOf(via, caller);
  }
  calls.reverse();
  const own = calls[0]?.execution.plan.deck;
  const told = (call: Passage) => pointOf(call, call.execution.plan.deck === own);
  const skipped = calls.length - 2 * MOST_POINTS;
  if (skipped <= 0) return calls.map(told);
  const rest = calls.slice(-MOST_POINTS).map(told);
  return [
    ...calls.slice(0, MOST_POINTS).map(told),
    ...rest.map((point, i) => (i === 0 ? { ...point, skipped } : point)),
  ];
}

/** A card, and the activation of the flow that it stands in. */
interface Passage {
  readonly step: Step;
  readonly execution: Execution;
}

function callOf(step: Step, execution: Execution): Passage {
  let flow = execution;
  // A pass of a loop block is part of its caller.
  while (flow.pass && flow.caller !== null) flow = flow.caller;
  return { step, execution: flow };
}

function pointOf({ step, execution: { plan, index } }: Passage, isOwn: boolean): WayPoint {
  const { connector } = plan.deck;
  return {
    flow: plan.id,
    card: step.id,
    cardType: step.card.id,
    pointer: step.spot.pointer,
    ...(isOwn || connector === null ? {} : { connector }),
    ...(index === null ? {} : { index }),
  };
}
