/** When a scheduled message may be sent. */

import { parseIsoInstant } from '../wire/dates.js';
import { Refusal } from '../wire/errors.js';

const MIN_AHEAD_MS = 5 * 60_000;
const MAX_AHEAD_MS = 35 * 24 * 3_600_000;

/**
 * Reads `ScheduleType` and `SendAt`. Gives the time to send (Unix milliseconds), or null for a message of now.
 *
 * @throws Refusal 35111, 35118 (something missing), 35114 (no date-time, or past), 35115 (too soon), 35117 (too late)
 */
export function checkSchedule(form: URLSearchParams, now: number): number | null {
  const sendAt = form.get('SendAt') ?? '';
  const type = form.get('ScheduleType') ?? '';
  if (type === '') return null;
  if (type !== 'fixed') throw new Refusal(20001, { what: 'ScheduleType must be fixed' });
  if (!form.get('MessagingServiceSid')) throw new Refusal(35118);
  if (sendAt === '') throw new Refusal(35111);
  const at = parseIsoInstant(sendAt);
  if (at === undefined || at <= now) throw new Refusal(35114);
  if (at - now <= MIN_AHEAD_MS) throw new Refusal(35115);
  if (at - now > MAX_AHEAD_MS) throw new Refusal(35117);
  return at;
}
