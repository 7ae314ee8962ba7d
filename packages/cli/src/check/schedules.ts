/** Looks at when flows are to run: crons that cannot be read or never come, time zones that there are not. */
import type { Diagnostic, FlowFile } from '@flowdeck/engine';
import { type DeckFlow, isDeck } from '@flowdeck/engine/kit';
import type { CliCode } from '../codes.js';
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

/** Null for a cron that comes. */
async function whyNever(cron: string): Promise<string | null> {
  const { Cron } = await import('croner');
  try {
    return new Cron(cron, { mode: '5-part', paused: true, timezone: 'UTC' }).nextRun() === null ? 'never comes' : null;
  } catch {
    return 'cannot be read';
  }
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}
