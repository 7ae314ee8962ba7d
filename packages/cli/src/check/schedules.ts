/** Looks at when flows are to run: crons that cannot be read or never come, time zones that there are not. */
import type { Diagnostic, FlowFile } from '@flowdeck/engine';
import { type DeckFlow, isDeck, isTimeZone } from '@flowdeck/engine/kit';
import type { CliCode } from '../codes.js';
import { count } from '../output/text.js';
import { didYouMean } from '../suggest.js';

/** Pointers lead into the document. */
export async function checkSchedules(document: FlowFile): Promise<readonly Diagnostic[]> {
  const flows: readonly (readonly [DeckFlow, string])[] = isDeck(document)
    ? document.flows.map((flow, index) => [flow, `/flows/${index}`] as const)
    : [[document, '']];
  const found: Diagnostic<CliCode>[] = [];
  for (const [{ id, schedule }, pointer] of flows) {
    if (schedule === undefined) continue;
    const { cron, timeZone } = schedule;
    const about = { severity: 'error', flow: id } as const;
    if (timeZone !== undefined && !isTimeZone(timeZone)) {
      found.push({
        ...about,
        code: 'time-zone-unknown',
        pointer: `${pointer}/schedule/timeZone`,
        message: `There is no time zone ${JSON.stringify(timeZone)}.`,
        hint: didYouMean(timeZone, Intl.supportedValuesOf('timeZone')) ?? 'Write an IANA name, such as "Europe/Paris".',
      });
    }
    const reason = await whyNever(cron);
    if (reason === null) continue;
    found.push({
      ...about,
      code: 'cron-invalid',
      pointer: `${pointer}/schedule/cron`,
      message: `The cron ${JSON.stringify(cron)} ${reason}.`,
      hint: 'Write minute, hour, day, month and day of the week: "0 6 * * 1-5" is 6:00 on working days.',
    });
  }
  return found;
}

const CRON_PARTS = ['minute', 'hour', 'day', 'month', 'day of the week'] as const;

/** Null for a cron that comes. */
async function whyNever(cron: string): Promise<string | null> {
  const { Cron } = await import('croner');
  const next = (pattern: string) => new Cron(pattern, { mode: '5-part', paused: true, timezone: 'UTC' }).nextRun();
  try {
    return next(cron) === null ? 'never comes' : null;
  } catch {
    return faultOf(cron, next);
  }
}

/** Which part of it cannot be read. */
function faultOf(cron: string, read: (pattern: string) => unknown): string {
  const parts = cron.trim().split(/\s+/);
  if (parts.length !== CRON_PARTS.length) return `has ${count(parts.length, 'part')}, where five are asked for`;
  for (const [position, name] of CRON_PARTS.entries()) {
    const part = parts[position] ?? '';
    try {
      read(CRON_PARTS.map((_, at) => (at === position ? part : '*')).join(' '));
    } catch {
      return `cannot be read: ${JSON.stringify(part)} is no ${name}`;
    }
  }
  return 'cannot be read';
}
