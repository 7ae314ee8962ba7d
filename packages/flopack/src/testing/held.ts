/** Holds a whole export to the law of edits: whatever one edits, every other card is byte for byte as it was. */
import { standard } from '@flowdeck/cards';
import { isDeck } from '@flowdeck/engine/kit';
import * as assert from 'uvu/assert';
import { checkFlopack, exportFlopack, importFlopack } from '../index.js';
import { type JsonObject, member } from '../json.js';
import { differences, EDITS, edited } from './untouched.js';

const { cards = [] } = standard;

/** How many cards were compared; fails where one differs. */
export function held(original: JsonObject, name: string): number {
  const { document } = importFlopack(original, { cards });
  assert.ok(document && isDeck(document), name);
  const faults = new Set(checkFlopack(original).map(({ code }) => code));
  let compared = 0;
  for (const [index, flow] of document.flows.entries()) {
    const side = member(member(document.meta?.['flopack'], 'flows'), flow.id);
    const id = member(member(side, 'original'), 'id');
    const body = member(member(side, 'original'), 'data');
    if (typeof id !== 'string' || typeof body !== 'object' || body === null) continue; // a flow that the file only names
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

/** The body of a flow of a file. */
export function dataOf(flow: unknown): JsonObject {
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
