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
  'case-invalid': {
    class: 'use',
    sentence: 'A file of cases is malformed.',
    remedy: 'Link `case-1.json` as its `$schema`, and see what the editor marks.',
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

  // Exports of flows
  'fixture-invalid': {
    class: 'document',
    sentence: 'A fixture of the simulation is malformed.',
    remedy: 'Take the members that the hint names.',
  },
});

/** What a double or the runner may fail with; the stand-in of an HTTP card with what the card or the port fails with. */
export type TestingCode = keyof typeof TESTING_CODES | EngineCode | 'http-status' | 'http-timeout' | 'http-url';
