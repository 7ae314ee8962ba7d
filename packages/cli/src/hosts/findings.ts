/** What is found in the flows that a host takes up, beyond what keeps them from being loaded. */
import { checkSchedules } from '../check/schedules.js';
import { FaultyDeck } from '../errors.js';
import { diagnosticText } from '../output/diagnostics.js';
import type { LoadedProject } from '../project/load.js';
import type { HostLog } from './log.js';

/**
 * Says the warnings.
 *
 * @throws FaultyDeck for schedules that cannot be read or never come: a flow that nobody starts would not be missed.
 */
export async function sayFindings({ project, diagnostics }: LoadedProject, log: HostLog): Promise<void> {
  for (const each of diagnostics) log.say('warn', `${diagnosticText(each, log.palette)}\n`);
  const schedules = await checkSchedules(project.document);
  if (schedules.length > 0) throw new FaultyDeck(project.place(schedules));
}
