/** The law of edits, on whole files: whatever one edits in a flow, every other card is byte for byte as it was. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { standard } from '@flowdeck/cards';
import { isDeck } from '@flowdeck/engine/kit';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkFlopack, exportFlopack, importFlopack } from '../index.js';
import { type JsonObject, member } from '../json.js';
import { anyProgram, packOf } from '../testing/arbitrary-pack.js';
import { SAMPLES } from '../testing/samples.js';
import { differences, EDITS, edited } from '../testing/untouched.js';

const { cards = [] } = standard;

/** How many cards were compared; fails where one differs. */
function held(original: JsonObject, name: string): number {
  const { document } = importFlopack(original, { cards });
  assert.ok(document && isDeck(document), name);
  const faults = new Set(checkFlopack(original).map(({ code }) => code));
  let compared = 0;
  for (const [index, flow] of document.flows.entries()) {
    const side = member(member(document.meta?.['flopack'], 'flows'), flow.id);
    const id = member(member(side, 'original'), 'id');
    if (typeof id !== 'string') continue; // a flow that the file only names
    for (const [what, edit] of Object.entries(EDITS)) {
      const change = edit(flow);
      if (!change) continue;
      const label = `${name}, ${flow.id}, ${what}`;
      const { flopack, diagnostics } = exportFlopack(edited(document, index, change.flow), { cards });
      assert.ok(flopack, `${label}: ${JSON.stringify(diagnostics)}`);
      const fresh = checkFlopack(flopack).filter(({ code, severity }) => severity === 'error' && !faults.has(code));
      assert.equal(fresh, [], label);
      const touched = new Set(change.touched.flatMap((card) => foreignIds(side, card)));
      const [before, after] = [original, flopack].map((file) => member(member(member(file, 'data'), 'flos'), id));
      assert.equal(differences(dataOf(before), dataOf(after), touched), [], label);
      compared++;
    }
  }
  return compared;
}

const isFault = ({ severity }: { readonly severity: string }) => severity === 'error';

function dataOf(flow: unknown): JsonObject {
  const data = member(flow, 'data');
  assert.ok(typeof data === 'object' && data !== null);
  return data as JsonObject; // an object, as was just seen
}

/** The id in the file of a card of the document, and of what belongs to it. */
function foreignIds(side: unknown, card: string): readonly string[] {
  const pointer = member(member(side, 'cards'), card);
  if (typeof pointer !== 'string') return [];
  let at: unknown = member(side, 'original');
  for (const token of pointer.split('/').slice(1)) at = Array.isArray(at) ? at[Number(token)] : member(at, token);
  const lanes = member(at, 'branches');
  return [String(member(at, 'uuid')), ...(typeof lanes === 'object' && lanes !== null ? Object.keys(lanes) : [])];
}

for (const [name, make] of Object.entries(SAMPLES)) {
  test(`sample ${name}`, () => {
    assert.ok(held(make(), name) > 0);
  });
}

test('generated exports', () => {
  let compared = 0;
  fc.assert(
    fc.property(anyProgram, (program) => {
      const original = packOf(program);
      assert.equal(importFlopack(original, { cards }).diagnostics.filter(isFault), []);
      assert.equal(checkFlopack(original).filter(isFault), []);
      compared += held(original, 'generated');
      const { document } = importFlopack(original, { cards });
      assert.ok(document);
      const again = exportFlopack(JSON.parse(JSON.stringify(document)), { cards });
      assert.is(JSON.stringify(again.flopack), JSON.stringify(original));
    }),
    { numRuns: 150, errorWithCause: true },
  );
  assert.ok(compared > 1000, String(compared));
});

test('the law says no to a card that changed', () => {
  const original = SAMPLES['helper']?.() as JsonObject; // there is a sample of this name
  const flows = Object.values(member(member(original, 'data'), 'flos') as JsonObject);
  const before = dataOf(flows[0]);
  const after = JSON.parse(
    JSON.stringify(before)
      .replace('"displayed":', '"shown":')
      .replace(/"uuid":"/, '"uuid":"x'),
  );
  assert.ok(differences(before, after, new Set()).length > 0);
});

const beside = fileURLToPath(new URL('../../../../../shared/flopacks', import.meta.url));
const dir = process.env['FLOWDECK_CORPUS'] ?? beside;
const names = existsSync(dir) ? readdirSync(dir).filter((name) => /\.(flopack|flow|folder)$/.test(name)) : [];
if (names.length === 0) {
  console.log('SKIPPED: no corpus of real exports. Set FLOWDECK_CORPUS to a directory that holds some.');
  test.skip('every card of real exports that an edit leaves alone is as it was', () => {});
}
for (const name of names) {
  test(name, () => {
    held(JSON.parse(readFileSync(join(dir, name), 'utf8')), name);
  });
}

test.run();
