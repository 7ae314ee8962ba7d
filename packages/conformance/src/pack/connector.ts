/** A connector that is a directory, under test: its rules, its flows, and its own tests. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { ConnectorDeck } from '@flowdeck/connect';
import { connectorPack, readConnectorDirectory } from '@flowdeck/connect/node';
import { createEngine, type Diagnostic, DocumentError, type Pack } from '@flowdeck/engine';
import { readSuite, testDeck } from '@flowdeck/testing';
import { withStandard } from '../engine/flowdeck.js';
import { type Check, refuse } from './check.js';

export interface TestedConnector {
  /** Null: it is too faulty to be one. */
  readonly pack: Pack | null;
  /** Named after the connector. */
  readonly checks: readonly Check[];
  /** Cards of its actions that its own tests run. */
  readonly shown: readonly string[];
}

/**
 * @param needs Packs that its flows use beside the standard cards.
 * @throws FlowdeckError `connector-directory` when a file cannot be read.
 */
export async function openConnector(path: string, needs: readonly Pack[]): Promise<TestedConnector> {
  const directory = readConnectorDirectory(path);
  const key = (directory.deck?.connector.key ?? basename(path)).replaceAll(/\s/g, '-');
  const packs = withStandard(needs);
  const { deck } = directory;
  const checked = deck === null ? [] : directory.place((await createEngine({ packs }).validate(deck)).diagnostics);
  const found = [...directory.diagnostics, ...checked];
  const checks = [
    { name: `${key} keeps the rules of connectors`, run: () => refuseAll(found) },
    {
      name: `${key} has tests`,
      run: () => {
        if (directory.tests.length === 0)
          refuse('Nothing shows what the connector does.', 'Write tests in tests/*.test.json.');
      },
    },
  ];
  if (deck === null || found.some(({ severity }) => severity === 'error')) return { pack: null, checks, shown: [] };
  const own = directory.tests.map((file) => testsIn(file, deck, packs));
  return {
    pack: connectorPack(path),
    checks: [...checks, ...own.flatMap((each) => each.checks)],
    shown: own.flatMap((each) => each.shown),
  };
}

/** The cases of one file. One that cannot be read is a check that fails. */
function testsIn(file: string, deck: ConnectorDeck, packs: readonly Pack[]): Pick<TestedConnector, 'checks' | 'shown'> {
  const { key } = deck.connector;
  const name = basename(file, '.test.json');
  try {
    // What is no object is refused by its reader.
    const content = { subject: '.', ...(JSON.parse(readFileSync(file, 'utf8')) as object) };
    const cases = readSuite(content, name).cases.filter(({ skip }) => skip === undefined);
    const tests = testDeck(deck, content, { packs, file: name }).filter(({ skip }) => skip === null);
    const run = new Set(cases.map((each) => each.run));
    return {
      checks: tests.map((each) => ({ name: `${key} passes ${each.name}`, run: () => each.run() })),
      shown: deck.flows.filter((flow) => run.has(flow.id) || run.has(flow.name)).map((flow) => `${key}.${flow.id}`),
    };
  } catch (error) {
    if (!(error instanceof DocumentError) && !(error instanceof SyntaxError)) throw error;
    return {
      checks: [{ name: `${key} passes ${name}`, run: () => refuse(`It cannot be read: ${error.message}`) }],
      shown: [],
    };
  }
}

/** All of them at once, as their author wants to know them. What an engine warns of is wrong in what is published. */
function refuseAll(found: readonly Diagnostic[]): void {
  const wrong = found.filter(({ severity }) => severity !== 'info');
  if (wrong.length === 0) return;
  const told = wrong.map(
    ({ file = '', line = 1, column = 1, message, code }) => `${basename(file)}:${line}:${column}: ${message} [${code}]`,
  );
  refuse([...new Set(told)].join('\n'));
}
