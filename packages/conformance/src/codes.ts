/** The codes of the suite, its checks of packs and the simulated services. `docs/errors.md` is printed from here; nothing reads it at run time. */
import { codeTable } from '@flowdeck/engine/kit';

export const CONFORMANCE_CODES = codeTable({
  // Conformance
  usage: {
    class: 'use',
    sentence: 'The suite was called wrongly.',
    remedy: 'See the help in the hint.',
  },
  'case-failed': {
    class: 'use',
    sentence: 'A case failed; the message shows what was expected.',
    remedy: 'Repair the card or the case.',
  },
  'pack-missing': {
    class: 'use',
    sentence: 'The module exports no pack.',
    remedy: 'Export what `definePack` gives, best as the default.',
  },
  'pack-check': {
    class: 'use',
    sentence: 'A pack breaks a rule that every pack has to keep.',
    remedy: 'See the message.',
  },
  'report-file': {
    class: 'use',
    sentence: 'The page of `--report` cannot be written.',
    remedy: 'Name a file in a directory that may be written to.',
  },

  // Simulated services
  'twilio-accounts': {
    class: 'use',
    sentence: 'The simulated Twilio service was given no account, or two with one SID.',
    remedy: 'Leave `accounts` out for the default one.',
  },
  'twilio-number-unknown': {
    class: 'use',
    sentence: 'No account of the simulated service owns the number.',
    remedy: 'List it among the numbers or senders of an account.',
  },
});

/** What the suite may fail with. */
export type ConformanceCode = keyof typeof CONFORMANCE_CODES;
