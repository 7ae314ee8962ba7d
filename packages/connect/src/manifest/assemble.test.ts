/** A connector's files become one deck, and what is wrong with any of them is told with its place in it. */

import { standard } from '@flowdeck/cards';
import { createEngine } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { filesOf, flow, GREET, manifest, PING } from '../testing/connectors.js';
import { assembleConnector } from './assemble.js';
import { readManifest } from './manifest.js';

test('all faults of all files at once, each with file, line and column', () => {
  const { manifest: head, flows } = filesOf(manifest({ verson: '1', flows: { actions: 'greet' } }), [
    PING,
    { ...GREET, card: [] },
  ]);
  const { deck, diagnostics } = assembleConnector({
    manifest: head,
    flows: [...flows, { path: 'flows/x.flow.json', text: '{' }],
  });
  assert.is(deck, null);
  assert.equal(
    diagnostics.map(({ code, file, pointer, line }) => [code, file, pointer, line]),
    [
      ['schema-unknown-property', 'connector.json', '/verson', 18],
      ['schema-type', 'connector.json', '/flows/actions', 16],
      ['schema-unknown-property', 'flows/greet.flow.json', '/card', 21],
      ['json-syntax', 'flows/x.flow.json', '', 1],
    ],
  );
  assert.match(diagnostics[0]?.hint ?? '', /key|version|Known/);
});

test('a manifest alone: $schema is for editors, a name that stands twice is a fault', () => {
  assert.equal(readManifest(JSON.stringify({ $schema: 'x', ...manifest() })).diagnostics, []);
  const twice = JSON.stringify(manifest()).replace('"key":"acme"', '"key":"acme","key":"b"');
  assert.equal(
    readManifest(twice).diagnostics.map(({ code }) => code),
    ['duplicate-member'],
  );
  assert.equal(
    readManifest('5').diagnostics.map(({ code, pointer }) => `${code} ${pointer}`),
    ['schema-type '],
  );
});

test('a deck among the flow files, and an id that two of them have', () => {
  const deck = { path: 'flows/d.flow.json', text: JSON.stringify({ flowdeck: 1, flows: [] }) };
  const { flows, ...rest } = filesOf();
  assert.equal(
    assembleConnector({ ...rest, flows: [deck] }).diagnostics.map(
      ({ code, file, pointer }) => `${code} ${file} ${pointer}`,
    ),
    ['schema-type flows/d.flow.json /flows'],
  );
  const again = { path: 'flows/again.flow.json', text: JSON.stringify(flow('greet', 'helper', { name: 'Again' })) };
  assert.equal(
    assembleConnector({ ...rest, flows: [...flows, again] }).diagnostics.map(({ code, file }) => `${code} ${file}`),
    ['duplicate-flow flows/again.flow.json'],
  );
});

test('requirements of the flows are those of the connector', () => {
  const { deck } = assembleConnector(filesOf(manifest(), [{ ...PING, requires: { flow: '^0' } }, GREET]));
  assert.equal(deck?.requires, { flow: '^0' });
});

test('a deck of an engine: what compiling finds is led back into the files', () => {
  const files = filesOf(manifest({ flows: { authping: 'greet', actions: ['gret'] } }));
  const { deck, place } = assembleConnector(files);
  assert.ok(deck);
  const { diagnostics } = createEngine({ packs: [standard] }).check(deck);
  assert.equal(
    place(diagnostics).map(({ code, file, pointer }) => `${code} ${file} ${pointer}`),
    [
      'flow-role connector.json /flows/authping',
      'unknown-flow connector.json /flows/actions/0',
      'flow-without-role flows/ping.flow.json ',
    ],
  );
});

test.run();
