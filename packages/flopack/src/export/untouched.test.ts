/** An edit that has a flow written anew leaves alone what it does not touch. */
import { standard } from '@flowdeck/cards';
import type { DeckDocument } from '@flowdeck/engine';
import { isDeck } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { exportFlopack, importFlopack } from '../index.js';
import { calls, helper, SAMPLES } from '../testing/samples.js';

type Json = Record<string, unknown>;
const { cards = [] } = standard;

function at(file: unknown, ...path: (string | number)[]): Json {
  return path.reduce<Json>((owner, key) => owner[key as string] as Json, file as Json);
}

/** The export after a comment was put behind the last card of every flow. */
function edited(original: Json): Json {
  const { document } = importFlopack(original, { cards });
  assert.ok(document && isDeck(document));
  const flows = document.flows.map((flow) => ({
    ...flow,
    cards: [...flow.cards, { id: 'addedNote', card: 'control.comment', in: { text: 'new' } }],
  }));
  const changed: DeckDocument = { ...document, flows };
  const { flopack, diagnostics } = exportFlopack(JSON.parse(JSON.stringify(changed)), { cards });
  assert.ok(flopack, JSON.stringify(diagnostics));
  return flopack;
}

const methodsOf = (file: Json, flow: string) => at(file, 'data', 'flos', flow, 'data')['methods'] as readonly Json[];
const PLUMBING = /:(expand|noop|join|branch|tryCatch|if|asyncEach|userCreated|issueUpdated)$/;

test('the model of a card stays byte for byte as it was', () => {
  let compared = 0;
  for (const [name, make] of Object.entries(SAMPLES)) {
    const [before, after] = [make(), edited(make())];
    for (const id of Object.keys(at(before, 'data', 'flos'))) {
      // The cards of an event flow go into the block of its wrapper.
      if (methodsOf(before, id).some((card) => at(card, 'node', 'model')['webhook'] === true)) continue;
      for (const card of methodsOf(before, id)) {
        if (PLUMBING.test(String(card['address']))) continue;
        const same = methodsOf(after, id).find((each) => each['uuid'] === card['uuid']);
        assert.ok(same, `${name} ${id} ${String(card['uuid'])} is there`);
        assert.is(JSON.stringify(same['node']), JSON.stringify(card['node']), `${name} ${id} ${String(card['uuid'])}`);
        compared++;
      }
    }
  }
  assert.ok(compared > 15, String(compared));
});

test('a policy that was not edited keeps what the document does not say', () => {
  const original = calls();
  const error = at(original, 'data', 'flos', 'm1', 'data', 'methods', 3, 'node', 'model', 'policy', 'error');
  for (const condition of ['all', undefined]) {
    if (condition === undefined) delete error['retryCondition'];
    else error['retryCondition'] = condition;
    const after = methodsOf(edited(original), 'm1').find((each) => each['uuid'] === 'K');
    assert.equal(at(after, 'node', 'model', 'policy', 'error'), error);
  }
});

test('cards keep their order in the file', () => {
  for (const make of [helper, calls]) {
    const [before, after] = [make(), edited(make())];
    for (const id of Object.keys(at(before, 'data', 'flos'))) {
      const ids = methodsOf(before, id).map((card) => card['uuid']);
      const kept = methodsOf(after, id)
        .map((card) => card['uuid'])
        .filter((uuid) => ids.includes(uuid));
      assert.equal(
        kept,
        ids.filter((uuid) => kept.includes(uuid)),
      );
    }
  }
});

test.run();
