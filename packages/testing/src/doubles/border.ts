/** The border of a run in a double: what is called there, what answers, and what went against the mocks. */
import { RunError } from '@flowdeck/engine';
import type { TestingCode } from '../codes.js';
import type { BorderCall } from '../mocks/call.js';
import { type Leftover, type MockReply, MockScript } from '../mocks/script.js';
import type { Mock, MockAnswer } from '../mocks/types.js';
import type { SecretBook } from '../record/secret-book.js';
import type { Effect, EffectError } from './effects.js';

/** A call and what came of it, before it is an effect. */
export type CallRecord = Omit<Effect, 'outputs' | 'error' | 'records'>;

/**
 * What a call comes to that no mock answers: `make-up` gives plausible values (a simulation), `make-up-answers` too but makes
 * up nothing else, such as inputs (a recording), `refuse` fails it (a test).
 */
export type Unforeseen = 'make-up' | 'make-up-answers' | 'refuse';

/** One call that the mocks did not foresee. */
export interface BorderProblem {
  /** `mock-missing`: no mock fits. `mock-exhausted`: those that fit have no answer left. */
  readonly code: 'mock-missing' | 'mock-exhausted';
  /** What was called, and the nearest mock with what differs. */
  readonly message: string;
  /** What to do: of a missing mock, one to paste. */
  readonly hint: string;
  /** Flow and card that made the call; null: nothing is known of them. */
  readonly flow: string | null;
  /** Its id. */
  readonly card: string | null;
}

export class Border {
  readonly effects: Effect[] = [];
  readonly problems: BorderProblem[] = [];
  readonly unforeseen: Unforeseen;
  readonly #script: MockScript;
  readonly #secrets: SecretBook | null;
  readonly #turns = new Map<string, number>();

  /** @param secrets Those of a recording: calls are compared without them, as they were written down. */
  constructor(mocks: readonly Mock[], unforeseen: Unforeseen, secrets: SecretBook | null = null) {
    this.#script = new MockScript(secrets === null ? mocks : secrets.hide(mocks));
    this.unforeseen = unforeseen;
    this.#secrets = secrets;
  }

  note(call: CallRecord, outputs: Effect['outputs'], records?: readonly unknown[]): void {
    this.effects.push({ ...call, outputs, ...(records === undefined ? {} : { records }), error: null });
  }

  noteError(call: CallRecord, error: EffectError): void {
    this.effects.push({ ...call, outputs: null, error });
  }

  /** 0 for the first time that the card is run, then 1, 2, ... */
  turn(flow: string, card: string): number {
    const key = `${flow}/${card}`;
    const turn = this.#turns.get(key) ?? 0;
    this.#turns.set(key, turn + 1);
    return turn;
  }

  /**
   * What the mocks answer; null when none fits, and values are to be made up. An answer that is missing is a problem, too:
   * a flow may catch the error.
   *
   * @throws RunError `mock-exhausted`, and where values are not made up `mock-missing`.
   */
  answer(call: BorderCall, record: CallRecord): MockAnswer | null {
    const asked = this.#secrets === null ? call : this.#secrets.hide(call);
    const reply = this.#script.reply(asked);
    if (reply.kind === 'answer') return reply.answer;
    if (reply.kind === 'none' && this.unforeseen !== 'refuse') return null;
    const problem = problemOf(reply, asked);
    const { code, message, hint } = problem;
    this.problems.push(problem);
    this.noteError(record, { code, message, statusCode: null, body: null });
    throw new RunError<TestingCode>(code, message, { hint });
  }

  leftovers(): readonly Leftover[] {
    return this.#script.leftovers();
  }
}

function problemOf(reply: Exclude<MockReply, { kind: 'answer' }>, call: BorderCall): BorderProblem {
  const { flow, card } = call;
  const what = call.kind === 'flow' ? `the flow "${call.name}"` : call.name;
  if (reply.kind === 'exhausted') {
    const message = `Mock ${reply.index + 1} for ${what} has no answer left after ${reply.given}.`;
    const hint = 'Add an answer, or "times": "rest" to its last one.';
    return { code: 'mock-exhausted', message, hint, flow, card };
  }
  const { nearest } = reply;
  const near = nearest === null ? '' : ` The nearest is mock ${nearest.index + 1}: ${nearest.why.join('; ')}.`;
  const message = `There is no mock for ${what}.${near}`;
  return { code: 'mock-missing', message, hint: `Add a mock: ${JSON.stringify(mockFor(call))}`, flow, card };
}

/** A mock that would fit, to be pasted. */
function mockFor({ kind, name, inputs }: BorderCall): Mock {
  if (kind === 'http')
    return { http: { method: inputs['method'], url: inputs['url'] }, answer: { status: 200, json: {} } };
  if (kind === 'flow') return { flow: name, answer: { outputs: {} } };
  return { card: name, answer: { outputs: {} } };
}
