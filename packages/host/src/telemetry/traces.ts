/** Spans of a host: of a delivery, and under it of the run that it starts, with what the engine's own spans stand under. */
import type { Clock, RunResult } from '@flowdeck/engine';
import type { KeptEvent } from '../events/types.js';
import type { DeliveryNotice } from '../notices/types.js';
import type { Trigger } from '../serve/trigger.js';
import type { OpenTelemetryApi, TelemetrySpan, TelemetryTracer } from './api.js';

/** A run, as far as its span is of it. */
interface Begun {
  readonly runId: string;
  readonly result: Promise<Pick<RunResult, 'status' | 'error'>>;
}

const [INTERNAL, CONSUMER, ERROR] = [0, 4, 2];

export class Traces {
  readonly #api: OpenTelemetryApi;
  readonly #tracer: TelemetryTracer;
  /** Under what events were accepted that have not begun, by number. */
  readonly #accepted = new Map<number, unknown>();

  constructor(api: OpenTelemetryApi) {
    this.#api = api;
    this.#tracer = api.trace.getTracer('@flowdeck/host');
  }

  /** A timer is of nobody, whoever has set it. */
  rooted(clock: Clock): Clock {
    const { context, ROOT_CONTEXT } = this.#api;
    return {
      now: () => clock.now(),
      elapsed: () => clock.elapsed(),
      yield: () => clock.yield(),
      after: (ms, work) => clock.after(ms, () => context.with(ROOT_CONTEXT, work)),
    };
  }

  /** The span of a request to the URL of an event. `work` is given what is to be told how it was answered. */
  async delivery<T>(work: (told: (notice: DeliveryNotice) => void) => Promise<T>): Promise<T> {
    const span = this.#begin('delivery', CONSUMER, {});
    const told = ({ outcome, status, flow, delivery, reason }: DeliveryNotice) => {
      span.setAttribute('flowdeck.outcome', outcome);
      span.setAttribute('http.response.status_code', status);
      if (flow !== null) span.setAttribute('flowdeck.flow', flow);
      if (delivery !== null) span.setAttribute('flowdeck.delivery', delivery);
      if (outcome === 'later') span.setStatus({ code: ERROR, message: reason ?? '' });
    };
    try {
      return await this.#within(span, () => work(told));
    } finally {
      span.end();
    }
  }

  /** The event was accepted under what goes on now: so is its run, whenever that begins. */
  accepted({ number }: KeptEvent): void {
    this.#accepted.set(number, this.#api.context.active());
  }

  /** Does something for an event under what it was accepted under. */
  forEvent<T>({ number }: KeptEvent, work: () => T): T {
    const context = this.#accepted.get(number) ?? this.#api.ROOT_CONTEXT;
    this.#accepted.delete(number);
    return this.#api.context.with(context, work);
  }

  /** The span of a run. */
  run<T extends Begun>(flow: string, trigger: Trigger, start: () => T): T {
    const span = this.#begin(`run ${flow}`, INTERNAL, { 'flowdeck.flow': flow, 'flowdeck.trigger': trigger });
    try {
      const begun = this.#within(span, start);
      span.setAttribute('flowdeck.run', begun.runId);
      begun.result.then(
        ({ status, error }) => {
          span.setAttribute('flowdeck.status', status);
          if (error !== null) span.setStatus({ code: ERROR, message: error.message });
          span.end();
        },
        () => span.end(),
      );
      return begun;
    } catch (error) {
      span.end();
      throw error;
    }
  }

  #begin(name: string, kind: number, attributes: Record<string, string>): TelemetrySpan {
    return this.#tracer.startSpan(name, { kind, attributes }, this.#api.context.active());
  }

  #within<T>(span: TelemetrySpan, work: () => T): T {
    const { context, trace } = this.#api;
    return context.with(trace.setSpan(context.active(), span), work);
  }
}
