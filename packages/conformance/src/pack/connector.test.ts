/** A connector's directory under test: what is wrong with its manifest, its flows or its tests fails a check of its own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectorTemplate } from '@flowdeck/connect';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { EXIT, main } from '../cli/main.js';
import { openConnector } from './connector.js';

type Change = (files: Record<string, string>) => void;

/** A new connector with a change, in a directory of its own. */
async function changed<T>(change: Change, use: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'flowdeck-connector-'));
  const files = { ...connectorTemplate('acme', 'Acme') };
  change(files);
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, 'acme', name)), { recursive: true });
      writeFileSync(join(folder, 'acme', name), text);
    }
    return await use(join(folder, 'acme'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A file of the connector with one text in place of another. */
function replaced(name: string, from: string, to: string): Change {
  return (files) => {
    const text = files[name] ?? '';
    assert.ok(text.includes(from), `${name} has no ${from}`);
    files[name] = text.replace(from, to);
  };
}

function written(name: string, text: string): Change {
  return (files) => {
    files[name] = text;
  };
}

/** What each check that fails says, by its name. */
function faultsOf(change: Change): Promise<Readonly<Record<string, string>>> {
  return changed(change, async (path) => {
    const faults: Record<string, string> = {};
    for (const { name, run } of (await openConnector(path, [])).checks) {
      try {
        await run();
      } catch (error) {
        faults[name] = (error as Error).message; // a check refuses by an error
      }
    }
    return faults;
  });
}

const RULES = 'acme keeps the rules of connectors';
const TESTS = 'acme has tests';

/** What is wrong, the check that says so, and its words. */
const RED: Readonly<Record<string, readonly [change: Change, check: string, words: RegExp]>> = {
  'a manifest that is no JSON': [written('connector.json', '{'), RULES, /connector\.json:\d+:\d+: /],
  'a role of another type': [
    replaced('connector.json', '"authping": "authping"', '"authping": "readItem"'),
    RULES,
    /connector\.json:\d+:\d+: .*\[flow-role\]/,
  ],
  'an action that is not there': [replaced('connector.json', '"readItem"', '"gone"'), RULES, /gone/],
  'an icon that is not there': [replaced('connector.json', 'icon.svg', 'gone.svg'), RULES, /gone\.svg/],
  'a name that is not declared': [
    replaced('flows/http-helper.flow.json', '/connection/base_url', '/connection/base_uri'),
    RULES,
    /http-helper\.flow\.json:\d+:\d+: .*base_uri/,
  ],
  'a card that nobody knows': [
    replaced('flows/authping.flow.json', '"error.ifError"', '"error.ifEror"'),
    RULES,
    /authping\.flow\.json:\d+:\d+: .*error\.ifEror/,
  ],
  'no tests': [(files) => void delete files['tests/acme.test.json'], TESTS, /Nothing shows what the connector does/],
  'a test that fails': [
    replaced('tests/acme.test.json', '"Name": "A thing"', '"Name": "Another thing"'),
    'acme passes acme/reads-an-item',
    /"Another thing"[\s\S]*"A thing"/,
  ],
  'a test that does not follow the format': [
    replaced('tests/acme.test.json', '"mocks"', '"mokcs"'),
    'acme passes acme',
    /mokcs/,
  ],
  'tests that are no JSON': [written('tests/acme.test.json', '[1,'), 'acme passes acme', /JSON/],
};

for (const [what, [change, check, words]] of Object.entries(RED)) {
  test(`${what} fails its check, before any other`, async () => {
    const faults = await faultsOf(change);
    assert.is(Object.keys(faults)[0], check);
    assert.match(faults[check] ?? '', words);
  });
}

test('a sound connector keeps every promise, and its own tests show its actions', async () => {
  assert.equal(await faultsOf(() => {}), {});
  const { shown } = await changed(
    () => {},
    (path) => openConnector(path, []),
  );
  assert.equal([...shown].sort(), ['acme.authping', 'acme.customApiAction', 'acme.readItem']);
});

async function command(...args: string[]): Promise<{ readonly code: number; readonly out: string }> {
  let out = '';
  const write = (text: string) => {
    out += text;
  };
  const folder = fileURLToPath(new URL('../../', import.meta.url));
  return { code: await main(args, { folder, out: write, err: write }), out };
}

test('the command takes the directory: its rules, its tests, and the checks of packs for its cards', async () => {
  const sound = await changed(
    () => {},
    (path) => command('--pack', path, '--only', 'acme'),
  );
  assert.is(sound.code, EXIT.passed, sound.out);
  assert.match(sound.out, /^ok {3}acme: 7 of 7 passed$/m);
  assert.match(sound.out, /^ok {3}acme\.readItem: 2 of 2 passed$/m);

  const untested = await changed(
    (files) => {
      const tests = JSON.parse(files['tests/acme.test.json'] ?? '');
      files['tests/acme.test.json'] = JSON.stringify({ ...tests, cases: tests.cases.slice(0, 2) });
    },
    (path) => command('--pack', path, '--only', 'acme'),
  );
  assert.is(untested.code, EXIT.failed);
  assert.match(untested.out, /x acme\.readItem\/has a case/);

  const faulty = await changed(RED['a role of another type']?.[0] ?? (() => {}), (path) =>
    command('--pack', path, '--only', 'acme'),
  );
  assert.is(faulty.code, EXIT.failed);
  assert.match(faulty.out, /x acme\/keeps the rules of connectors[\s\S]*flow-role/);
});

test('cases that the command runs show the actions of a connector, whichever of them are chosen', async () => {
  const twilio = fileURLToPath(new URL('../../../connector-twilio', import.meta.url));
  const { code, out } = await command('--pack', twilio, '--only', 'twilio.');
  assert.is(code, EXIT.passed, out);
  assert.match(out, /^ok {3}twilio\.cancelMessage: 2 of 2 passed$/m);
});

test.run();
