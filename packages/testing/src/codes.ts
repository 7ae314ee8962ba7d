/** The codes of doubles, cases and the case runner. `docs/errors.md` is printed from here; nothing reads it at run time. */
import { codeTable, type EngineCode } from '@flowdeck/engine/kit';

export const TESTING_CODES = codeTable({
  'unknown-service': {
    class: 'use',
    sentence: 'A case asks for a service that the runner was not given.',
    remedy: 'Hand in a starter of that name: `services: { name: ... }`.',
  },

  // Conformance
  'case-file': {
    class: 'use',
    sentence: 'Cases cannot be read.',
    remedy: 'Give a folder with `.json` files, or one such file.',
  },
  'case-none': {
    class: 'use',
    sentence: 'There are no case files.',
    remedy: 'They end in `.json`.',
  },
  'case-subject': {
    class: 'use',
    sentence: 'The subject of a case cannot be found.',
    remedy: 'Correct its path: it is relative to the file of the case.',
  },
  'case-invalid': {
    class: 'use',
    sentence: 'A file of cases is malformed.',
    remedy: 'Link `test-1.json` as its `$schema`, and see what the editor marks.',
  },

  'test-failed': {
    class: 'use',
    sentence: 'A case of `testDeck` failed.',
    remedy: 'The message says what is not as expected.',
  },

  // Simulated services
  'service-port': {
    class: 'use',
    sentence: 'The port is taken or cannot be used.',
    remedy: 'Use port 0 for any free one.',
  },
  'scripted-exchange': {
    class: 'use',
    sentence: 'A scripted exchange is malformed.',
    remedy: 'Correct it at the place named.',
  },

  'http-unscripted': {
    class: 'http',
    sentence: 'A request that the script of a test does not foresee.',
    remedy: 'Add an exchange for it, or mend the request: the message says how it differs from the nearest one.',
  },

  // Mocks
  'mock-invalid': {
    class: 'document',
    sentence: 'A mock is malformed.',
    remedy: 'Do what the hint says at the place named.',
  },
  'mock-unknown': {
    class: 'warning',
    sentence:
      'A mock names a connector, card, flow, input or output that the deck does not have. A warning in a simulation.',
    remedy: 'Correct the name: the hint says what was probably meant.',
  },
  'mock-unused': {
    class: 'warning',
    sentence: 'Nothing asked for a mock, or not as often as it says. A warning in a simulation.',
    remedy: 'Take it out, correct what keeps it from fitting, or mark it `optional`.',
  },
  'mock-missing': {
    class: 'run',
    sentence: 'A test has no mock for a call, and nothing is made up in a test.',
    remedy: 'Paste the mock of the hint, and say what it answers.',
  },
  'recording-old': {
    class: 'use',
    sentence: 'The answers of a real service were recorded longer ago than is allowed.',
    remedy: 'Record the case again.',
  },
  'recording-secret': {
    class: 'use',
    sentence: 'What a recording would write shows a secret in a form that is not known.',
    remedy: 'Nothing was written: write the mocks by hand, or report how the flow writes the secret.',
  },
  'mock-exhausted': {
    class: 'run',
    sentence: 'All answers of the mocks that fit a call are given.',
    remedy: 'Add an answer, or `"times": "rest"` to the last one.',
  },
});

/** What a double or the runner may fail with; the stand-in of a card with what the card, the port or a flow fails with. */
export type TestingCode =
  | keyof typeof TESTING_CODES
  | EngineCode
  | 'http-network'
  | 'http-status'
  | 'http-timeout'
  | 'http-url'
  | 'returned-error';
