// Codes that others have to give as well: those of the cards, and those about documents. Something that is run by the tests provokes each.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cards } from '@flowdeck/cards';
import { httpPort } from '@flowdeck/cards/http';
import { FileRef, memoryFiles } from '@flowdeck/engine';
import { fakeContext, ManualClock, runCard } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { tablesOfCodes } from './docs/errors.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const library = Object.values(cards).flat();
const tables = await tablesOfCodes();

/** What no example and no case of the suite can show: each fails with the code. */
const PROVOKED = {
  'file-missing': () =>
    runCard(
      library.find((card) => card.id === 'files.info'),
      { file: new FileRef('gone', 'gone.txt', null, null) },
      fakeContext({ files: memoryFiles(new ManualClock()) }),
    ),
  'http-closed': async () => {
    const port = httpPort();
    await port.close();
    await port.request({ method: 'GET', url: 'https://example.test/', headers: {} });
  },
  'http-options': () => httpPort({ allowHosts: ['no host'] }),
};

/** Codes about documents that no case can expect, each with the reason. */
const NO_CASE = {
  'not-json': 'What stands in a case is JSON.',
  'document-too-large': 'Takes a document of 32 MiB.',
  'document-faulty': 'Stands for a list of faults that is empty, which no document has.',
  'too-many-diagnostics': 'Takes a case that lists a thousand faults.',
};

async function codeOf(act) {
  try {
    await act();
    return null;
  } catch (error) {
    return error.code;
  }
}

/** The codes that the cases of the suite expect. */
function expected() {
  const folder = join(root, 'packages/conformance/cases');
  const codes = new Set();
  const walk = (value) => {
    if (typeof value !== 'object' || value === null) return;
    if (typeof value.code === 'string') codes.add(value.code);
    for (const each of value.diagnostics ?? []) if (typeof each === 'string') codes.add(each);
    for (const part of Object.values(value)) walk(part);
  };
  for (const file of readdirSync(folder, { recursive: true })) {
    if (!file.endsWith('.json')) continue;
    for (const { expect } of JSON.parse(readFileSync(join(folder, file), 'utf8')).cases ?? []) walk(expect);
  }
  return codes;
}

test('what a card declares as its errors stands in a table', () => {
  const known = new Set(['engine', 'cards'].flatMap((name) => Object.keys(tables.get(name))));
  const unknown = library.flatMap(({ id, errors = {} }) =>
    Object.keys(errors).flatMap((code) => (known.has(code) ? [] : `${id}: ${code}`)),
  );
  assert.ok(known.has('csv-parse') && !known.has('csv-prase'));
  assert.equal(unknown, []);
});

test('every code of the cards is shown by an example, expected by a case, or provoked here', async () => {
  const shown = library.flatMap(({ kind, examples = [] }) =>
    kind === 'pure' ? examples.flatMap(({ error }) => error ?? []) : [],
  );
  const provoked = new Set([...shown, ...expected()]);
  for (const [code, act] of Object.entries(PROVOKED)) {
    assert.not.ok(provoked.has(code), `${code} needs no place here`);
    assert.is(await codeOf(act), code);
    provoked.add(code);
  }
  assert.equal(
    Object.keys(tables.get('cards')).filter((code) => !provoked.has(code)),
    [],
  );
});

test('every code about a document is expected by a case, so that another engine can be held to it', () => {
  const aboutDocuments = new Set(['document', 'plan', 'warning', 'info']);
  const known = expected();
  const without = Object.entries(tables.get('engine'))
    .filter(([code, entry]) => aboutDocuments.has(entry.class) && !known.has(code))
    .map(([code]) => code);
  assert.equal(without.sort(), Object.keys(NO_CASE).sort());
});

test('every other table of codes is held to what provokes it by a test of its package', () => {
  const unheld = [...tables.keys()].filter((name) => name !== 'cards' && !isHeld(name));
  assert.equal(unheld, []);
  assert.not.ok(isHeld('cards'), 'what this looks for is not everywhere');
});

/** A test of the package goes through the table itself, so that none can be forgotten. */
function isHeld(name) {
  const folder = join(root, 'packages', name, 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .some((file) => /Object\.(?:keys|entries)\(\w+_CODES\)/.test(readFileSync(join(folder, file), 'utf8')));
}

test.run();
