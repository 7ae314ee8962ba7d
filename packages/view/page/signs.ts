/** A state as a sign and as a word: nothing is told by colour alone. */
import type { StepState } from './run-data.js';

export const STATE_SIGNS: Readonly<Record<StepState, string>> = {
  success: '✓',
  error: '✗',
  running: '…',
  stopped: '■',
  cancelled: '✗',
};

export const STATE_WORDS: Readonly<Record<StepState, string>> = {
  success: 'ended well',
  error: 'failed',
  running: 'did not end',
  stopped: 'stopped early',
  cancelled: 'was cancelled',
};
