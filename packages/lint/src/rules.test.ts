/** Each rule finds its bad example, and nothing finds anything in its good one. */
import { parseDocument } from '@flowdeck/engine/kit';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lint, RULE_IDS, RULES } from './index.js';
import { findCard, knownConnectors, testEngine } from './testing/cards.js';

const card = findCard();
const connectors = knownConnectors();
const engine = testEngine();

test('the table holds every rule once, in the order of the names', () => {
  assert.equal(
    RULES.map(({ id }) => id),
    [...RULE_IDS],
  );
});

for (const rule of RULES) {
  test(`${rule.id}: is explained`, () => {
    assert.match(rule.explanation, /\.$/);
    for (const text of [rule.title, rule.bad.title, rule.good.title]) assert.match(text, /^[A-Z].*[^.]$/);
  });

  for (const example of ['bad', 'good'] as const) {
    test(`${rule.id}: its ${example} example is a flow file`, () => {
      const { document, diagnostics } = parseDocument(rule[example].document);
      assert.equal(diagnostics, []);
      assert.equal(document, rule[example].document);
    });
  }

  test(`${rule.id}: finds its bad example, and is the only one to do so`, () => {
    const found = lint(rule.bad.document, { card, connectors });
    assert.equal(
      found.map(({ code, severity }) => [code, severity]),
      [[rule.id, rule.severity]],
    );
    assert.match(found[0]?.message ?? '', /\.$/);
    assert.match(found[0]?.hint ?? '', /\.$/);
  });

  test(`${rule.id}: its good example is clean, and can be run`, () => {
    assert.equal(lint(rule.good.document, { card, connectors }), []);
    const { diagnostics } = engine.check(rule.good.document);
    assert.equal(
      diagnostics.filter(({ severity }) => severity === 'error'),
      [],
    );
  });
}

test.run();
