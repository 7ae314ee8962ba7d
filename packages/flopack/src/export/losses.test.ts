/** What the foreign format cannot hold is told, once and with its place; what it can hold is not. */
import { standard } from '@flowdeck/cards';
import type { DeckDocument, FlowDocument } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { exportFlopack, importFlopack } from '../index.js';
import { endpoint, helper } from '../testing/samples.js';

const { cards = [] } = standard;

const lost = (document: DeckDocument) => {
  const { flopack, diagnostics } = exportFlopack(document, { cards });
  assert.ok(flopack);
  return diagnostics.map(({ severity, code, pointer }) => `${severity} ${code} ${pointer}`);
};
const deck = (...flows: readonly (Partial<FlowDocument> & Pick<FlowDocument, 'id' | 'type'>)[]): DeckDocument => ({
  flowdeck: 1,
  flows: flows.map((flow) => ({ cards: [], ...flow })),
});

test('a setting without a place is a warning with a pointer', () => {
  const text = { key: 'x', type: 'text' } as const;
  const failing = {
    card: 'text.compose',
    in: { template: 'x' },
    onError: { retry: { times: 1, when: [500] } },
  } as const;
  const document = deck(
    { id: 'a', type: 'schedule', schedule: { cron: '0 6 * * *', missed: 'skip', overlap: 'queue' } },
    { id: 'b', type: 'api', access: { by: 'oauth', issuer: 'https://id.example', audience: 'b' } },
    {
      id: 'c',
      type: 'helper',
      inputs: [text, { ...text, key: 'y', required: true, secret: true, choices: ['a'], description: 'A text.' }],
      cards: [
        { id: 'one', card: 'text.compose', in: { template: 'x' }, atMostOnce: true },
        {
          id: 'if',
          card: 'control.ifElse',
          in: { left: 1, right: 1 },
          blocks: { then: { cards: [failing] }, else: { cards: [] } },
        },
        { ...failing, id: 'two', onError: { retry: { times: 1, backoff: 2, maxDelay: 5000 } } },
      ],
    },
  );
  const pointers = [
    '/flows/0/schedule/missed',
    '/flows/0/schedule/overlap',
    '/flows/1/access',
    ...['description', 'required', 'choices', 'secret'].map((member) => `/flows/2/inputs/1/${member}`),
    '/flows/2/cards/0/atMostOnce',
    '/flows/2/cards/1/blocks/then/cards/0/onError/retry/when',
    '/flows/2/cards/2/onError/retry/backoff',
    '/flows/2/cards/2/onError/retry/maxDelay',
  ];
  assert.equal(
    lost(document),
    pointers.map((pointer) => `warning not-exported ${pointer}`),
  );
});

test('what the format holds is not told of', () => {
  const retry = { times: 3, delay: 60_000, when: 'rate-limits' } as const;
  const document = deck(
    { id: 'a', type: 'schedule', schedule: { cron: '0 6 * * *', timeZone: 'Europe/Paris' } },
    { id: 'b', type: 'api', access: { by: 'open' } },
    { id: 'c', type: 'helper', cards: [{ card: 'text.compose', in: { template: 'x' }, onError: { retry } }] },
  );
  assert.equal(lost(document), []);
  const { document: edited } = importFlopack(helper(), { cards });
  assert.ok(edited);
  assert.equal(lost({ ...edited, flows: edited.flows.map((flow) => ({ ...flow, description: 'Edited.' })) }), []);
});

test('who may call an endpoint goes both ways', () => {
  for (const [level, access] of [
    ['open', { by: 'open' }],
    ['medium', undefined],
  ] as const) {
    const source = JSON.parse(
      JSON.stringify(endpoint()).replace('"security_level":"open"', `"security_level":"${level}"`),
    );
    const { document } = importFlopack(source, { cards });
    assert.ok(document);
    const [flow] = document.flows;
    assert.equal([flow?.access, flow?.meta?.['security']], [access, undefined]);
    const levels = (of: DeckDocument) =>
      JSON.stringify(exportFlopack(of, { cards }).flopack).match(/"security_level":"[a-z]*"/g);
    assert.equal(levels(document), [`"security_level":"${level}"`]);
    const { meta: _, ...bare } = document;
    assert.equal(levels(bare), [`"security_level":"${level}"`], 'also without its original');
  }
});

test.run();
