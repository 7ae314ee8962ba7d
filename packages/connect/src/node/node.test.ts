/** A connector's directory: read, made a pack of, and refused with all its faults. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { standard } from '@flowdeck/cards';
import { createEngine, DocumentError, FlowdeckError, printDocument } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { generate } from '../../scripts/prebuild.mjs';
import { filesOf, flow, GREET, manifest, PING, withConnector, withDirectory } from '../testing/connectors.js';
import { connectorPack, isConnectorDirectory, isConnectorFile, readConnectorDirectory } from './index.js';

test('a directory is a pack: its actions run as cards', () =>
  withConnector(filesOf(), async (directory) => {
    assert.ok(isConnectorDirectory(directory));
    const connections = { acme: { connector: 'acme', auth: { username: 'Ada', password: 'secret-1' } } };
    const engine = createEngine({ packs: [standard, connectorPack(directory)], ports: { connections } });
    const cards = [{ card: 'acme.greet', connection: 'acme' }];
    const { outputs } = await engine.run(engine.load({ flowdeck: 1, id: 'main', type: 'manual', cards }));
    assert.equal(outputs, { greeting: 'Ada' });
  }));

test('tests and an icon beside it', () =>
  withConnector(
    filesOf(manifest({ icon: 'icon.svg' })),
    (directory) => {
      const { deck, tests } = readConnectorDirectory(directory);
      assert.ok(deck);
      assert.equal(
        tests.map((path) => path.slice(directory.length)),
        ['/tests/a.test.json', '/tests/b.test.json'],
      );
    },
    { 'icon.svg': '<svg/>', 'tests/b.test.json': '{}', 'tests/a.test.json': '{}', 'tests/notes.md': '' },
  ));

for (const icon of ['icon.svg', '../icon.svg', '/etc/hostname']) {
  test(`an icon that is not in the directory: ${icon}`, () =>
    withConnector(filesOf(manifest({ icon })), (directory) => {
      const { deck, diagnostics } = readConnectorDirectory(directory);
      assert.is(deck, null);
      assert.equal(
        diagnostics.map(({ code, pointer }) => `${code} ${pointer}`),
        ['connector-icon /icon'],
      );
    }));
}

test('a faulty one is refused with all that is wrong', () =>
  withConnector(filesOf(manifest(), [PING, GREET, flow('a!', 'helper'), flow('t', 'api')]), (directory) => {
    try {
      connectorPack(directory);
    } catch (error) {
      assert.instance(error, DocumentError);
      const { diagnostics } = error as DocumentError; // just asserted
      assert.equal(
        diagnostics.map(({ code }) => code),
        ['schema-id'],
      );
      return;
    }
    assert.unreachable();
  }));

test('no connector: nothing there, and a directory without a manifest', () =>
  withDirectory({ 'flows/a.flow.json': '{}' }, (directory) => {
    assert.not(isConnectorDirectory(directory));
    for (const path of [directory, `${directory}/gone`, `${directory}/gone.json`]) {
      assert.not(isConnectorDirectory(path));
      assert.throws(
        () => readConnectorDirectory(path),
        (error: unknown) => error instanceof FlowdeckError && error.code === 'connector-directory',
      );
    }
  }));

test('one bundled file reads the same; its icon is in it, or beside it', () =>
  withConnector(filesOf(), async (directory) => {
    const { deck } = readConnectorDirectory(directory);
    const file = join(directory, 'acme.json');
    if (deck === null) return assert.unreachable();
    writeFileSync(file, printDocument(deck));
    assert.ok(isConnectorFile(file));
    const read = readConnectorDirectory(file);
    assert.equal([read.deck, read.diagnostics, read.tests], [deck, [], []]);
    assert.equal(connectorPack(file).connectors, [deck]);
    writeFileSync(file, JSON.stringify({ ...deck, connector: { ...deck.connector, icon: 'gone.svg' } }));
    const { deck: none, diagnostics } = readConnectorDirectory(file);
    assert.equal([none, diagnostics.map(({ code, file: at }) => [code, at])], [null, [['connector-icon', file]]]);
    writeFileSync(file, '{');
    assert.is(readConnectorDirectory(file).deck, null);
    writeFileSync(file, JSON.stringify({ flowdeck: 1, flows: deck.flows }));
    assert.throws(() => readConnectorDirectory(file), /holds no connector/);
  }));

test('the schema for editors is that of the engine', () => {
  const text = readFileSync(new URL('../../schema/connector-1.json', import.meta.url), 'utf8');
  assert.equal(JSON.parse(text), JSON.parse(generate()), 'run packages/connect/scripts/prebuild.mjs');
});

test.run();
