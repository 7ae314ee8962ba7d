/** The codes of pages. `docs/errors.md` is printed from here; nothing reads it at run time. */
import { codeTable, type EngineCode } from '@flowdeck/engine/kit';

export const VIEW_CODES = codeTable({
  'report-empty': {
    class: 'use',
    sentence: 'A report was asked for of a history that knows of no run.',
    remedy: 'Give every event of the run to the history: `engine.on("*", history.record)`.',
  },
  'report-secret': {
    class: 'use',
    sentence: 'A report would show a secret, and is not written.',
    remedy:
      'A secret stands where it cannot be taken out: give it a value that is no common word, or do without the report.',
  },
});

/** Stable code of an error that this package throws. */
export type ViewCode = keyof typeof VIEW_CODES | EngineCode;
