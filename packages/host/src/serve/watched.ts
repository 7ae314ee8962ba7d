/** The options of a host, with somebody who hears of all that happens in it. */
import { type Clock, systemClock } from '@flowdeck/engine';
import { Watch } from '../notices/watch.js';
import type { HostOptions } from './host-types.js';

export interface WatchedOptions extends HostOptions {
  readonly clock: Clock;
  readonly watch: Watch;
  readonly onWarning: NonNullable<HostOptions['onWarning']>;
}

export function watched(options: HostOptions): WatchedOptions {
  const { clock = systemClock(), onNotice, onWarning, connections } = options;
  const watch = new Watch(clock, onNotice === undefined ? [] : [onNotice]);
  connections?.onRenewal?.(({ connection, outcome, reason }) =>
    watch.tell(outcome === 'renewed' ? 'info' : 'warn', { what: 'renewal', connection, outcome, reason }),
  );
  return {
    ...options,
    clock,
    watch,
    onWarning(warning) {
      watch.tell('warn', { what: 'warning', code: warning.code, reason: warning.message });
      onWarning?.(warning);
    },
  };
}
