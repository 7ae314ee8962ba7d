/** The options of a host, with somebody who hears of all that happens in it. */
import { type Clock, systemClock } from '@flowdeck/engine';
import type { HostNotice } from '../notices/types.js';
import { Watch } from '../notices/watch.js';
import { Metrics } from '../telemetry/metrics.js';
import { Traces } from '../telemetry/traces.js';
import type { HostOptions } from './host-types.js';

export interface WatchedOptions extends HostOptions {
  readonly clock: Clock;
  readonly watch: Watch;
  /** Null: nobody asks for spans. */
  readonly traces: Traces | null;
  /** Null: nobody asks for metrics. */
  readonly metrics: Metrics | null;
  readonly onWarning: NonNullable<HostOptions['onWarning']>;
}

export function watched(options: HostOptions): WatchedOptions {
  const { onNotice, onWarning, connections, openTelemetry } = options;
  const traces = openTelemetry === undefined ? null : new Traces(openTelemetry);
  const metrics = openTelemetry === undefined ? null : new Metrics(openTelemetry.metrics.getMeter('@flowdeck/host'));
  const given = options.clock ?? systemClock();
  const clock = traces?.rooted(given) ?? given;
  const hear = metrics === null ? [] : [(notice: HostNotice) => metrics.hear(notice)];
  const watch = new Watch(clock, onNotice === undefined ? hear : [...hear, onNotice]);
  connections?.onRenewal?.(({ connection, outcome, reason }) =>
    watch.tell(outcome === 'renewed' ? 'info' : 'warn', { what: 'renewal', connection, outcome, reason }),
  );
  return {
    ...options,
    clock,
    watch,
    traces,
    metrics,
    onWarning(warning) {
      watch.tell('warn', { what: 'warning', code: warning.code, reason: warning.message });
      onWarning?.(warning);
    },
  };
}
