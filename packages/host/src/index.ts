/** The Node side of Flowdeck. */
export { fileJournal } from './journal/open.js';
export type { FileJournal, FileJournalOptions, JournalWarning, RunOutcome } from './journal/types.js';
