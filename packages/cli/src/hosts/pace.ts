/** How fast a host runs events, as the command line says it. */
import type { EventPace, Pace } from '@flowdeck/host';
import type { Arguments } from '../arguments.js';
import { UsageError } from '../errors.js';

/** By --flow-runs, --flow-rate, --connection-runs and --connection-rate. @throws UsageError `serve-option`. */
export function readPace(args: Arguments): EventPace {
  return { flow: paceOf('flow', args), connection: paceOf('connection', args) };
}

function paceOf(whose: 'flow' | 'connection', args: Arguments): Pace {
  const [atOnce, perMinute] = [runsIn(`${whose}-runs`, args), runsIn(`${whose}-rate`, args)];
  return { ...(atOnce === null ? {} : { atOnce }), ...(perMinute === null ? {} : { perMinute }) };
}

function runsIn(option: string, args: Arguments): number | null {
  const given = args.value(option);
  if (given === undefined) return null;
  const count = Number(given);
  if (/^\d{1,6}$/.test(given) && count > 0) return count;
  throw new UsageError('serve-option', `--${option} ${JSON.stringify(given)} is no number of runs.`, {
    hint: 'Write a whole number from 1 to 999999.',
  });
}
