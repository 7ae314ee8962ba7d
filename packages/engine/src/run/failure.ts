/** An error on its way up: what a card threw, and where. */
import type { Place } from '../diagnostic.js';
import { FlowdeckError, LimitError, RunError } from '../errors.js';
import { type ErrorData, type ServiceError, toErrorData } from '../observe/index.js';
import type { Step } from '../plan/index.js';
import type { Value, ValueObject } from '../values/index.js';
import type { Execution } from './execution.js';
import type { RemotePlace } from './remote-place.js';
import { serviceError, serviceHint } from './service-error.js';
import { type WayPoint, wayTo } from './way.js';

/**
 * Not an `Error`: it is made for every failing card, and a stack trace would cost more than the card. The error
 * that the card threw is kept as it is, with its own stack.
 */
export class Failure {
  readonly error: unknown;
  readonly step: Step;
  readonly execution: Execution;
  /** Where the card that failed stands, when a call that was carried out elsewhere failed: `step` is the caller's then. */
  readonly remote: RemotePlace | null;
  /** The error, when it is one of Flowdeck's. */
  readonly #known: FlowdeckError | null;

  constructor(error: unknown, step: Step, execution: Execution, remote: RemotePlace | null = null) {
    this.error = error;
    this.step = step;
    this.execution = execution;
    this.remote = remote;
    this.#known = error instanceof FlowdeckError ? error : null;
  }

  get code(): string {
    return this.#known?.code ?? 'card-failed';
  }

  get message(): string {
    // An author may raise an error that says nothing; a name of a class of ours would say less.
    if (this.#known !== null) return this.#known.message;
    if (this.error instanceof Error) return this.error.message || this.error.name;
    return typeof this.error === 'string' ? this.error : 'The card failed without a message.';
  }

  get statusCode(): number | null {
    return this.#known instanceof RunError ? this.#known.statusCode : null;
  }

  get hint(): string | undefined {
    const told = this.remote === null ? serviceHint(this.execution.plan.deck, this) : undefined;
    return told ?? this.#known?.hint;
  }

  get extra(): Readonly<Record<string, unknown>> {
    return this.#known instanceof RunError ? this.#known.extra : NO_EXTRA;
  }

  /** The flow, the card and the execution that failed: `at`, without what takes time to tell. */
  get site(): Pick<Place, 'flow' | 'card' | 'execution'> {
    if (this.remote !== null) return this.remote.at;
    const { execution, step } = this;
    return { flow: execution.plan.id, card: step.id, execution: execution.executionId };
  }

  /** Flow, card and place in the document. A conversion error also names the field. */
  get at(): Place {
    if (this.remote !== null) return this.remote.at;
    const field = this.#known?.at.field;
    return {
      flow: this.execution.plan.id,
      card: this.step.id,
      ...(field === undefined ? {} : { field }),
      pointer: this.step.spot.pointer,
      run: this.execution.runId,
      execution: this.execution.executionId,
    };
  }

  /** The service's own words, where a manifest tells to read them. */
  get service(): ServiceError | null {
    return this.remote === null ? serviceError(this.execution.plan.deck, this.extra) : this.remote.service;
  }

  /** From the card of the started flow to the one that failed. */
  get path(): readonly WayPoint[] {
    const way = wayTo(this.step, this.execution);
    return this.remote === null ? way : [...way, ...this.remote.path];
  }
}

const NO_EXTRA = Object.freeze({});

/** Gives an error its place, once: at the card that failed first. */
export function locate(error: unknown, step: Step | undefined, execution: Execution): Failure {
  if (error instanceof Failure || step === undefined) return error as Failure; // without a step, what halted the run
  if (isStackOverflow(error)) {
    return new Failure(
      new LimitError('callDepth', "The flows are nested too deeply for the machine's call stack.", {
        hint: 'Lower the limit callDepth, or make the recursion end sooner.',
      }),
      step,
      execution,
    );
  }
  return new Failure(error, step, execution);
}

function isStackOverflow(error: unknown): boolean {
  // No regular expression: making one may exceed the stack again, with an error that says something else.
  return error instanceof RangeError && error.message.includes('call stack');
}

/**
 * The error as a `catch` block and a handler flow see it (reference: control flow, section 2.4). `code` is the status
 * where there is one, as authors expect; else the error's own code.
 */
export function errorObject(error: unknown): ValueObject {
  if (!(error instanceof Failure)) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      message,
      code: error instanceof FlowdeckError ? error.code : 'card-failed',
      statusCode: null,
      method: null,
      flo: null,
      execution: null,
    };
  }
  const { statusCode, site } = error;
  const object: Record<string, Value> = {
    message: error.message,
    code: statusCode ?? error.code,
    statusCode,
    method: site.card ?? null,
    flo: site.flow ?? null,
    execution: site.execution ?? null,
  };
  const { extra } = error;
  for (const key of Object.keys(extra)) {
    // Own facts win over what an HTTP body happens to name `message` or `code`, except for what a thrower sets on purpose.
    if (!(key in object)) object[key] = extra[key] as Value;
  }
  return object;
}

/** A failure as event data: what the card threw, and where. */
export function failureData(failure: Failure): ErrorData {
  const { hint, service } = failure;
  return {
    ...toErrorData(failure.error),
    code: failure.code,
    message: failure.message,
    at: { ...failure.at },
    ...(hint === undefined ? {} : { hint }),
    ...(service === null ? {} : { service }),
  };
}
