/** `lint-unknown-zone`: a constant time zone that there is not. */
import type { FlowFile } from '@flowdeck/engine';
import { isTimeZone, offsetOf } from '@flowdeck/engine/kit';
import { quoted } from '../quoted.js';
import { sourcePointer } from '../sites.js';
import { literalOf } from '../text.js';
import type { Rule } from '../types.js';

export const unknownZone: Rule = {
  id: 'lint-unknown-zone',
  severity: 'warning',
  title: 'A time zone that there is not',
  explanation:
    'A zone is an IANA name in any case, such as Europe/Paris, or an offset such as +05:30 or GMT+2. Under any other name cards that write dates take UTC without a word, so that the time is off by hours, and Text to Date fails. Found are constant zones.',
  bad: { title: 'A misspelt name', document: writtenIn('Europe/Pariss') },
  good: { title: 'The name of the IANA database', document: writtenIn('Europe/Paris') },
  check: (file, report) => {
    for (const flow of file.flows) {
      for (const card of flow.cards) {
        const input = card.type?.traits?.timeZone;
        const site = input === undefined ? undefined : card.inputs.get(input);
        const zone = site && literalOf(site);
        if (zone == null || site === undefined || isZone(zone.trim())) continue;
        report(card, {
          pointer: sourcePointer(site),
          message: `There is no time zone ${quoted(zone)}.`,
          hint: 'Write an IANA name such as Europe/Paris, or an offset such as +05:30. Empty is UTC.',
        });
      }
    }
  },
};

function isZone(name: string): boolean {
  return name === '' || offsetOf(name) !== null || isTimeZone(name);
}

/** The flow of the examples: a time as text, as a clock shows it there. */
function writtenIn(zone: string): FlowFile {
  return {
    flowdeck: 1,
    id: 'local',
    type: 'helper',
    inputs: [{ key: 'at', type: 'date' }],
    cards: [
      { id: 'text', card: 'date.toText', in: { date: { from: '/inputs/at' }, format: 'HH:mm', zone } },
      { card: 'flow.return', in: { time: { from: '/text/output' } } },
    ],
  };
}
