/** Reads a file of mocks. */
import { type Diagnostic, DocumentError } from '@flowdeck/engine';
import { isPlainObject } from '@flowdeck/engine/kit';
import type { TestingCode } from '../codes.js';
import type { ShapeFault } from '../shape/fault.js';
import { listOf, name, objectOf, oneOfTexts } from '../shape/shape.js';
import { fixtureOf, mockOfFixture } from './fixtures.js';
import { mockOf } from './shape.js';
import type { Mock } from './types.js';

const mockFile = objectOf(
  'a file of mocks',
  {
    $schema: name,
    recorded: objectOf('a note on the recording', { from: oneOfTexts('simulation') }),
    mocks: listOf(mockOf),
  },
  { required: ['mocks'] },
);
const fixtureFile = objectOf('a file of fixtures', { fixtures: listOf(fixtureOf) }, { required: ['fixtures'] });

/**
 * Checks a file of mocks: `{ "mocks": [...] }`. The form of version 0.1, `{ "fixtures": [...] }`, is read too.
 *
 * @throws DocumentError `mock-invalid`, with every fault.
 * @example
 * const mocks = readMocks(JSON.parse(text));
 * await simulate(document, { packs: [standard], mocks }).run();
 */
export function readMocks(source: unknown): readonly Mock[] {
  const isFormer = isPlainObject(source) && Object.hasOwn(source, 'fixtures') && !Object.hasOwn(source, 'mocks');
  const faults = (isFormer ? fixtureFile : mockFile)(source, '');
  if (faults.length > 0) throw new DocumentError(faults.map(invalid));
  // Every member was checked above; what stands in them comes from JSON.
  const { mocks, fixtures } = source as { mocks: Mock[]; fixtures: Parameters<typeof mockOfFixture>[0][] };
  return isFormer ? fixtures.map(mockOfFixture) : mocks;
}

function invalid({ pointer, message, hint }: ShapeFault): Diagnostic<TestingCode> {
  return { severity: 'error', code: 'mock-invalid', message, pointer, hint };
}
