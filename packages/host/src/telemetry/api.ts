/** What a host takes of OpenTelemetry's API, whose own package it does not need: any version from 1.3 on fits. */

/** `import * as openTelemetry from '@opentelemetry/api'`, as far as a host uses it. */
export interface OpenTelemetryApi {
  /** Under which nothing is. */
  readonly ROOT_CONTEXT: unknown;
  /** Carries spans through calls. */
  readonly context: {
    active(): unknown;
    with<T>(context: unknown, work: () => T): T;
  };
  /** Makes spans. */
  readonly trace: {
    getTracer(name: string): TelemetryTracer;
    setSpan(context: unknown, span: unknown): unknown;
  };
  /** Makes metrics. */
  readonly metrics: { getMeter(name: string): TelemetryMeter };
}

/** Makes spans of a host. */
export interface TelemetryTracer {
  /** `kind` as in OpenTelemetry: 0 internal, 4 consumer. */
  startSpan(
    name: string,
    options: { readonly kind: number; readonly attributes: Record<string, string> },
    context: unknown,
  ): TelemetrySpan;
}

/** A time in which something was done. */
export interface TelemetrySpan {
  /** Says more of it. */
  setAttribute(name: string, value: string | number): unknown;
  /** 2 is an error. */
  setStatus(status: { readonly code: number; readonly message: string }): unknown;
  /** It is over. */
  end(): void;
}

/** By name, such as `outcome`. */
export type TelemetryAttributes = Record<string, string>;

/** Makes metrics of a host. */
export interface TelemetryMeter {
  /** Counts. */
  createCounter(name: string, options: MetricOptions): { add(value: number, attributes: TelemetryAttributes): void };
  /** Times. */
  createHistogram(
    name: string,
    options: MetricOptions,
  ): { record(value: number, attributes: TelemetryAttributes): void };
  /** What is asked for when it is exported. */
  createObservableGauge(name: string, options: MetricOptions): TelemetryGauge;
}

/** What a metric is of. */
export interface MetricOptions {
  /** For people. */
  readonly description: string;
  /** Of UCUM: `By` are bytes, `s` seconds. */
  readonly unit: string;
}

/** Asks when it is exported. */
export interface TelemetryGauge {
  /** `callback` is asked from now on. */
  addCallback(callback: GaugeCallback): void;
  /** It is asked no more. */
  removeCallback(callback: GaugeCallback): void;
}

/** Says how much there is. */
export type GaugeCallback = (result: { observe(value: number): void }) => void;
