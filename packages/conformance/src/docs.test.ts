/** What the guides show works: their code is that of tested files, and their documents run. */
import { readFileSync } from 'node:fs';
import { standard } from '@flowdeck/cards';
import { createEngine, definePack, type Pack } from '@flowdeck/engine';
import { TRAIT_NAMES } from '@flowdeck/engine/kit';
import { readSuite, runCase, type Suite } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { acme } from '../test/acme.js';
import { flowdeckAdapter } from './engine/index.js';
import { services } from './services.js';

const guide = readFileSync(new URL('../../../docs/pack-authoring.md', import.meta.url), 'utf8');
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const source = readFileSync(new URL('../test/acme.ts', import.meta.url), 'utf8');

function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '');
}

test('the cards and the pack of the guide are those that are tested', () => {
  const shown = blocks(guide, 'ts').flatMap((block) => [...block.matchAll(/^export const [\s\S]*?^\}\);$/gm)]);
  assert.is(shown.length, 8);
  for (const [definition] of shown) assert.ok(source.includes(definition), definition.split('\n', 1)[0]);
});

test('the tests of the guide are those that are run', () => {
  const run = readFileSync(new URL('./guide.test.ts', import.meta.url), 'utf8');
  const shown = blocks(guide, 'ts').flatMap((block) => [...block.matchAll(/^test\([\s\S]*?^\}\);$/gm)]);
  assert.is(shown.length, 2);
  for (const [definition] of shown) assert.ok(run.includes(definition), definition.split('\n', 1)[0]);
});

test('the guide explains every trait, and no other', () => {
  const explained = [...guide.matchAll(/^\| `(\w+)` \| (?:`|'|an input|, )+/gm)].map(([, name]) => name);
  assert.equal(explained, TRAIT_NAMES);
});

test('the connector of the guide is sound, pings and reads', async () => {
  const deck = blocks(guide, 'json')
    .map((block) => JSON.parse(block))
    .find((document) => document.connector);
  const station = definePack({
    name: 'flowdeck-station',
    namespace: ['acme', 'station'],
    version: '1.0.0',
    connectors: [deck],
  });
  assert.ok(createEngine({ packs: [standard, station] }).cards.some(({ card }) => card.id === 'station.readSensor'));
  const connections = {
    roof: { connector: 'station', auth: { token: 'token-0815' }, parameters: { base_url: '{{service.url}}' } },
  };
  const exchange = (path: string, json: unknown) => ({
    request: { method: 'GET', path, headers: { 'x-token': 'token-0815' } },
    response: { status: 200, json },
  });
  const suite: Suite = {
    suite: 'guide/station',
    cases: [
      {
        id: 'ping',
        proves: 'The ping works.',
        source: 'guide',
        connector: 'station',
        run: 'ping',
        connection: 'roof',
        connections,
        service: { exchanges: [exchange('/status', {})] },
        expect: { outputs: { working: true } },
      },
      {
        id: 'read',
        proves: 'The action is a card.',
        source: 'guide',
        flow: { cards: [{ card: 'station.readSensor', connection: 'roof', in: { Sensor: 'north wind' } }] },
        connections,
        service: { exchanges: [exchange('/sensors/north%20wind', { value: 7.5 })] },
        expect: { outputs: { Value: 7.5 } },
      },
    ],
  };
  await passes(suite, [station]);
});

test('the cases of the guides pass', async () => {
  for (const text of [guide, readme]) {
    const suites = blocks(text, 'json')
      .map((block) => JSON.parse(block))
      .filter((document) => document.cases);
    assert.ok(suites.length > 0);
    for (const suite of suites) await passes(readSuite(suite, 'guide'), [acme]);
  }
});

async function passes(suite: Suite, packs: readonly Pack[]): Promise<void> {
  const adapter = flowdeckAdapter({ packs });
  for (const entry of suite.cases) {
    const { status, failures, reason } = await runCase(suite, entry, adapter, { services });
    assert.is(status, 'passed', `${suite.suite}/${entry.id}: ${reason ?? JSON.stringify(failures)}`);
  }
}

test.run();
