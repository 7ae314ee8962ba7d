/** The codes of the stores on disk and the journal. `docs/errors.md` is printed from here; nothing reads it at run time. */
import { codeTable } from '@flowdeck/engine/kit';

export const HOST_CODES = codeTable({
  // Serving
  'flow-unknown': {
    class: 'run',
    sentence: 'The host has no flow of this id.',
    remedy: 'Take one that the hint names.',
  },
  'flow-by-hand': {
    class: 'run',
    sentence: 'A flow that nothing but a person starts cannot be turned on or off.',
    remedy: 'Start it with `flowdeck run`, or through the admin interface.',
  },
  'flow-delegated': {
    class: 'run',
    sentence: 'A flow was to be started for somebody, and is not of type `delegated`.',
    remedy: 'Start it by hand.',
  },
  'flow-off': {
    class: 'run',
    sentence: 'A flow was to be started for somebody, and is off.',
    remedy: 'Turn it on.',
  },
  'event-unknown': {
    class: 'run',
    sentence: 'There is no event of that name: no flow of the deck hears it, or no connector has it.',
    remedy: 'See the names that there are in the hint.',
  },
  'host-busy': {
    class: 'run',
    sentence: 'The host has as many runs under way as it may.',
    remedy: 'Try again later, or raise `maxRuns`.',
  },
  'host-stopping': {
    class: 'run',
    sentence: 'The host is being stopped and takes nothing more.',
    remedy: 'Try again when it is back.',
  },
  'request-body': {
    class: 'run',
    sentence: 'The body of a request is not what its type says, or nothing that a flow can read inputs from.',
    remedy: 'Send a JSON object or a form, as UTF-8.',
  },
  'run-stranded': {
    class: 'warning',
    sentence: 'A run that an earlier host left cannot go on: its deck is gone, or cards that it needs are.',
    remedy: 'Start the host with the packs that it had; else start the flow again.',
  },
  'schedule-failed': {
    class: 'warning',
    sentence: 'A run that its schedule asked for could not be started.',
    remedy: 'The message names the reason; the next moment is tried as usual.',
  },
  'schedule-never': {
    class: 'run',
    sentence: 'The schedule of a flow cannot be read, or has no moment to come.',
    remedy: 'Mend its cron or its time zone: `flowdeck validate` names the part.',
  },

  // Tables, files and states of flows
  'tables-option': {
    class: 'run',
    sentence: 'An option of the store is out of range.',
    remedy: 'Pass what the hint names.',
  },
  'files-option': {
    class: 'run',
    sentence: 'An option of the store is out of range.',
    remedy: 'Pass what the hint names.',
  },
  'flows-option': {
    class: 'run',
    sentence: 'An option of the store is out of range.',
    remedy: 'Pass what the hint names.',
  },
  'events-option': {
    class: 'run',
    sentence: 'An option of the store is out of range.',
    remedy: 'Pass what the hint names.',
  },
  'tables-open': {
    class: 'run',
    sentence: 'The directory cannot be used.',
    remedy: 'It has to be one that the process may read and write.',
  },
  'files-open': {
    class: 'run',
    sentence: 'The directory cannot be used.',
    remedy: 'It has to be one that the process may read and write.',
  },
  'flows-open': {
    class: 'run',
    sentence: 'The directory cannot be used.',
    remedy: 'It has to be one that the process may read and write.',
  },
  'events-open': {
    class: 'run',
    sentence: 'The directory cannot be used.',
    remedy: 'It has to be one that the process may read and write.',
  },
  'tables-locked': {
    class: 'run',
    sentence: 'Another process uses the directory.',
    remedy: 'Stop it, or use another directory.',
  },
  'files-locked': {
    class: 'run',
    sentence: 'Another process uses the directory.',
    remedy: 'Stop it, or use another directory.',
  },
  'flows-locked': {
    class: 'run',
    sentence: 'Another process uses the directory.',
    remedy: 'Stop it, or use another directory.',
  },
  'events-locked': {
    class: 'run',
    sentence: 'Another process uses the directory.',
    remedy: 'Stop it, or use another directory.',
  },
  'tables-lost': {
    class: 'run',
    sentence: 'The lock file was removed or taken over.',
    remedy: 'Leave it alone; open the directory again.',
  },
  'files-lost': {
    class: 'run',
    sentence: 'The lock file was removed or taken over.',
    remedy: 'Leave it alone; open the directory again.',
  },
  'flows-lost': {
    class: 'run',
    sentence: 'The lock file was removed or taken over.',
    remedy: 'Leave it alone; open the directory again.',
  },
  'events-lost': {
    class: 'run',
    sentence: 'The lock file was removed or taken over.',
    remedy: 'Leave it alone; open the directory again.',
  },
  'tables-format': {
    class: 'run',
    sentence: 'The directory was written by another version.',
    remedy: 'Use that version, or another directory.',
  },
  'files-format': {
    class: 'run',
    sentence: 'The directory was written by another version.',
    remedy: 'Use that version, or another directory.',
  },
  'flows-format': {
    class: 'run',
    sentence: 'The directory was written by another version.',
    remedy: 'Use that version, or another directory.',
  },
  'events-format': {
    class: 'run',
    sentence: 'The directory was written by another version.',
    remedy: 'Use that version, or another directory.',
  },
  'tables-corrupt': {
    class: 'run',
    sentence: 'What is stored is damaged.',
    remedy: 'Restore the directory from a copy.',
  },
  'files-corrupt': {
    class: 'run',
    sentence: 'What is stored is damaged.',
    remedy: 'Restore the directory from a copy.',
  },
  'flows-corrupt': {
    class: 'run',
    sentence: 'What is stored is damaged.',
    remedy: 'Restore the directory from a copy.',
  },
  'events-corrupt': {
    class: 'run',
    sentence: 'What is stored is damaged.',
    remedy: 'Restore the directory from a copy.',
  },
  'tables-disk': {
    class: 'run',
    sentence: 'The disk no longer takes what is written; what was being written may be lost.',
    remedy: 'Repair it or make room, then open the directory again.',
  },
  'files-disk': {
    class: 'run',
    sentence: 'The disk no longer takes what is written; what was being written may be lost.',
    remedy: 'Repair it or make room, then open the directory again.',
  },
  'flows-disk': {
    class: 'run',
    sentence: 'The disk no longer takes what is written; what was being written may be lost.',
    remedy: 'Repair it or make room, then open the directory again.',
  },
  'events-disk': {
    class: 'run',
    sentence: 'The disk no longer takes what is written; what was being written may be lost.',
    remedy: 'Repair it or make room, then open the directory again.',
  },
  'tables-closed': {
    class: 'run',
    sentence: 'The store was shut down.',
    remedy: 'Open the directory again.',
  },
  'files-closed': {
    class: 'run',
    sentence: 'The store was shut down.',
    remedy: 'Open the directory again.',
  },
  'event-failed': {
    class: 'warning',
    sentence: 'What became of the run of an event could not be kept.',
    remedy: 'See the message; the event is parked, or run, when the host starts again.',
  },
  'webhook-failed': {
    class: 'warning',
    sentence: 'A step in the life of a registration could not be kept.',
    remedy: 'See the message; it is taken up when the host starts again.',
  },
  'webhook-left': {
    class: 'warning',
    sentence: 'A registration that no flow hears any more could not be ended at its service yet. Its URL answers 410.',
    remedy:
      'See the message: it is tried until the service has heard, also by the next host. Bring the connector or the connection back that it was made with.',
  },
  'answer-late': {
    class: 'warning',
    sentence: 'A flow answered the sender of an event, which did not wait for it any more: it was answered by default.',
    remedy: 'Answer before the flow does what takes long, or send what is to be said by a request.',
  },
  'proof-unknown': {
    class: 'use',
    sentence: 'Deliveries of an event are proven by a scheme of a pack, and no pack of the engine brings it.',
    remedy: 'Load the package of the connector; its directory alone has no code.',
  },
  'poll-failed': {
    class: 'warning',
    sentence: 'A service could not be asked for what is new, or what it gave could not be kept.',
    remedy: 'See the message; it is asked again after pauses that grow, and nothing is lost meanwhile.',
  },
  'poll-anew': {
    class: 'warning',
    sentence: 'A poll begins anew: what it had reached means nothing any more.',
    remedy:
      'Nothing, if connection or options were changed on purpose. What came in between is old where the poll says so.',
  },
  'events-full': {
    class: 'run',
    sentence: 'More events wait for their runs than may.',
    remedy: 'Try again later, or raise `maxWaitingBytes`.',
  },
  'events-dropped': {
    class: 'warning',
    sentence: 'The oldest parked event was dropped, for more is parked than is kept.',
    remedy: 'Replay or drop what is parked; raise `maxParked` or `maxParkedBytes`.',
  },
  'events-forgotten': {
    class: 'warning',
    sentence:
      'The id of an event was forgotten before its time, for there are too many: a later repetition is run again.',
    remedy: 'Raise `maxRemembered`.',
  },
  'flows-closed': {
    class: 'run',
    sentence: 'The store was shut down.',
    remedy: 'Open the directory again.',
  },
  'events-closed': {
    class: 'run',
    sentence: 'The store was shut down.',
    remedy: 'Open the directory again.',
  },
  'tables-torn': {
    class: 'warning',
    sentence: 'An interrupted write was cut off when the directory was opened.',
    remedy: 'None: it was never acknowledged.',
  },
  'flows-torn': {
    class: 'warning',
    sentence: 'An interrupted write was cut off when the directory was opened.',
    remedy: 'None: it was never acknowledged.',
  },
  'events-torn': {
    class: 'warning',
    sentence: 'An interrupted write was cut off when the directory was opened.',
    remedy: 'None: it was never acknowledged.',
  },
  'tables-cleaning': {
    class: 'warning',
    sentence: 'Space could not be given back yet.',
    remedy: 'Make room; it is tried again.',
  },

  // Connections
  'connection-busy': {
    class: 'use',
    sentence: 'Another process holds a connection for longer than renewing its token takes.',
    remedy: 'End that process if it hangs.',
  },

  // Versions of connectors
  'snapshot-missing': {
    class: 'use',
    sentence: 'A connector has no such version.',
    remedy: '`flowdeck connector list` shows those that there are.',
  },
  'snapshot-store': {
    class: 'use',
    sentence: 'The directory of versions of connectors cannot be read or written.',
    remedy: 'Name one that can: `--connectors DIR`.',
  },
  'snapshot-damaged': {
    class: 'use',
    sentence: 'A version of a connector was changed after it was kept.',
    remedy: 'Restore its file from a copy, or move the pointers to another version.',
  },

  // Journal
  'journal-option': {
    class: 'use',
    sentence: 'An option of `fileJournal` is out of range.',
    remedy: 'Pass what the hint names.',
  },
  'annex-failed': {
    class: 'use',
    sentence: 'What runs remember of long things cannot be written or read, or was changed on the disk.',
    remedy: 'Check the directory and the room on its disk, or restore it from a copy. The runs wait.',
  },
  'journal-open': {
    class: 'use',
    sentence: 'The directory cannot be used.',
    remedy: 'It has to be one that the process may read and write.',
  },
  'journal-locked': {
    class: 'use',
    sentence: 'Another process uses the journal.',
    remedy: 'Stop it, or use another directory.',
  },
  'journal-lost': {
    class: 'run',
    sentence: 'The lock file was removed or taken over. The run stopped, and is unfinished.',
    remedy: 'Leave it alone; open the journal again to resume the run.',
  },
  'journal-format': {
    class: 'use',
    sentence: 'The journal, or one of its runs, was written by another version.',
    remedy: 'Let that version finish its runs, or use another directory.',
  },
  'journal-corrupt': {
    class: 'use',
    sentence: 'A line of the journal is damaged, or a file is missing.',
    remedy:
      'Restore it from a copy. Moved away, its runs are forgotten, and repeat their effects when they are started again.',
  },
  'journal-disk': {
    class: 'run',
    sentence: 'The disk no longer takes what is written. The run stopped, and is unfinished.',
    remedy: 'Repair it or make room, then open the journal again to resume the run.',
  },
  'journal-write': {
    class: 'run',
    sentence: 'The journal could not be written. The run stopped, and is unfinished.',
    remedy: 'Repair the disk or make room, then resume the run.',
  },
  'journal-closed': {
    class: 'run',
    sentence: 'The journal was shut down. The run is unfinished.',
    remedy: 'Open the journal again to resume it.',
  },
  'journal-revision': {
    class: 'run',
    sentence: 'The flow has changed since the run began.',
    remedy: 'Resume it with the revision that the message names, or start a new run.',
  },
  'journal-inputs': {
    class: 'run',
    sentence: 'The run is opened with other inputs or options than it began with.',
    remedy: 'Resume it with those that `unfinished()` gives, or start a new run.',
  },
  'journal-mismatch': {
    class: 'run',
    sentence: 'A step was recorded as something else than the run now asks for.',
    remedy: 'Resume with the version of engine and packs that began the run.',
  },
  'journal-duplicate-id': {
    class: 'run',
    sentence: 'An id was used twice in one run.',
    remedy: 'A fault of the interpreter: please report it.',
  },
  'journal-value': {
    class: 'run',
    sentence: 'A value cannot be recorded.',
    remedy: 'Only what JSON holds, dates and file references can be.',
  },
  'journal-wait': {
    class: 'run',
    sentence: 'A wait of no finite number of milliseconds.',
    remedy: 'Give a finite one.',
  },
  'journal-run-open': {
    class: 'run',
    sentence: 'The run is in progress in this process.',
    remedy: 'Wait for it, or take another id.',
  },
  'journal-run-ended': {
    class: 'run',
    sentence: 'The run has ended.',
    remedy: 'Read its outcome with `result()`, or take another id.',
  },
  'journal-run-unknown': {
    class: 'run',
    sentence: 'The journal knows no such run.',
    remedy: 'Check the id.',
  },
  'journal-torn': {
    class: 'warning',
    sentence: 'An interrupted write was cut off when the journal was opened.',
    remedy: 'None: it was never acknowledged.',
  },
  'journal-cleaning': {
    class: 'warning',
    sentence: 'Space could not be given back yet.',
    remedy: 'Make room; it is tried again.',
  },
});

/** What a store or the journal may fail with, or warn of. */
export type HostCode = keyof typeof HOST_CODES;
