/** Counts and times what happens in a host. */
import type { HostNotice } from '../notices/types.js';
import type { GaugeCallback, MetricOptions, TelemetryAttributes, TelemetryMeter } from './api.js';

/** What there is at a moment. */
export interface Measured {
  waitingBytes(): number;
  live(): number;
}

const COUNTED = {
  delivery: ['flowdeck.deliveries', 'Deliveries that were answered.'],
  parked: ['flowdeck.events.parked', 'Events that were left to their owner.'],
  run: ['flowdeck.runs', 'Runs that have ended.'],
  poll: ['flowdeck.polls', 'Turns of polls.'],
  moment: ['flowdeck.moments', 'Moments of schedules.'],
  renewal: ['flowdeck.renewals', 'Renewals of the tokens of connections.'],
  call: ['flowdeck.calls.refused', 'Calls of API flows that started no run.'],
  warning: ['flowdeck.warnings', 'Warnings.'],
} as const;

type Counted = keyof typeof COUNTED;

/** What is told of each, beside its flow: few values, so that metrics stay few. */
const TOLD: readonly string[] = ['outcome', 'trigger', 'code', 'connection'];

export class Metrics {
  readonly #counters: Readonly<Record<Counted, ReturnType<TelemetryMeter['createCounter']>>>;
  readonly #durations: Readonly<Record<'delivery' | 'run', ReturnType<TelemetryMeter['createHistogram']>>>;
  readonly #meter: TelemetryMeter;
  #forget: (() => void)[] = [];

  constructor(meter: TelemetryMeter) {
    this.#meter = meter;
    const counter = ([name, description]: readonly [string, string]) =>
      meter.createCounter(name, { description, unit: '1' });
    const entries = Object.entries(COUNTED).map(([what, named]) => [what, counter(named)]);
    this.#counters = Object.fromEntries(entries); // a counter of each
    this.#durations = {
      delivery: meter.createHistogram('flowdeck.delivery.duration', { description: 'Until the answer.', unit: 's' }),
      run: meter.createHistogram('flowdeck.run.duration', { description: 'From its start to its end.', unit: 's' }),
    };
  }

  /** Asks for what there is until the host has stopped. */
  measure({ waitingBytes, live }: Measured): void {
    this.#gauge(
      'flowdeck.events.waiting',
      { description: 'Events whose runs have not ended.', unit: 'By' },
      waitingBytes,
    );
    this.#gauge('flowdeck.runs.active', { description: 'Runs under way.', unit: '1' }, live);
  }

  #gauge(name: string, options: MetricOptions, value: () => number): void {
    const gauge = this.#meter.createObservableGauge(name, options);
    const callback: GaugeCallback = (result) => result.observe(value());
    gauge.addCallback(callback);
    this.#forget.push(() => gauge.removeCallback(callback));
  }

  hear(notice: HostNotice): void {
    if (notice.what === 'host' && notice.phase === 'stopped') {
      for (const forget of this.#forget.splice(0)) forget();
    }
    if (!isCounted(notice.what) || (notice.what === 'run' && notice.phase === 'began')) return;
    const attributes = attributesOf(notice);
    this.#counters[notice.what].add(1, attributes);
    if (notice.what === 'delivery') this.#durations.delivery.record(notice.durationMs / 1000, attributes);
    if (notice.what === 'run') this.#durations.run.record((notice.durationMs ?? 0) / 1000, attributes);
  }
}

function isCounted(what: string): what is Counted {
  return Object.hasOwn(COUNTED, what);
}

/** What a stranger chose is none: a call of an unknown flow has a name of its own each time. */
function attributesOf(notice: HostNotice): TelemetryAttributes {
  const attributes: TelemetryAttributes = {};
  for (const [name, value] of Object.entries(notice)) {
    if (value === null) continue;
    if (TOLD.includes(name) || name === 'status' || (name === 'flow' && notice.what !== 'call')) {
      attributes[`flowdeck.${name}`] = String(value);
    }
  }
  return attributes;
}
