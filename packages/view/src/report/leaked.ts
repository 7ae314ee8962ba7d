/** Refuses a page that would show a secret. */
import { FlowdeckError } from '@flowdeck/engine';
import type { ViewCode } from '../codes.js';

export function leaked(): FlowdeckError<ViewCode> {
  return new FlowdeckError<ViewCode>('report-secret', 'The report would show a secret, so it is not written.', {
    hint: 'A secret stands where it cannot be taken out. Give it a value that is no common word, or do without the report.',
  });
}
