// What the pages show is run: sessions of the command in a copy of docs/samples, their output compared; JSON by what it is
// for; programs that promise output. What is not run is listed here, with the reason.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { standard } from '@flowdeck/cards';
import { main } from '@flowdeck/cli';
import { flowdeckAdapter, services } from '@flowdeck/conformance';
import { twilio } from '@flowdeck/connector-twilio';
import { createEngine } from '@flowdeck/engine';
import { readSuite, runCases } from '@flowdeck/testing';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fencesOf, wordsOf } from './reading/markdown.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const PAGES = [
  ...readdirSync(root),
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
  ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`),
].filter((page) => page.endsWith('.md') && existsSync(join(root, page)));

/** Commands that are not run here, by how they begin: why not. Their options are judged by `docs.test.mjs`. */
const NOT_RUN = {
  'sudo ': 'changes the machine',
  npm: 'installs, or runs this very test',
  'npx esbuild': 'platforms.test.mjs bundles with these options, split into chunks and not',
  mkdir: 'the beginning of a pack: newcomer.test.mjs walks that way with the packages as they are published',
  'flowdeck run examples/notify.flow.json --connection': 'asks the real Twilio',
  'flowdeck run notify.flow.json --connection': 'asks the real Twilio',
  'flowdeck inspect export.flopack': 'an export of the reader',
  'flowdeck run export.flopack': 'an export of the reader',
  'flowdeck import export.flopack': 'an export of the reader',
  "flowdeck run greet.flow.json --input 'names": 'docs.test.mjs runs it with the flow of the same page',
  'flowdeck validate greet.flow.json': 'docs.test.mjs runs it with the flow of the same page',
  'flowdeck connector run acme readItem': 'asks a service',
  'flowdeck connector options acme readItem': 'asks a service',
  'flowdeck connector options twilio sendMessage': 'asks the real Twilio',
  'flowdeck connection create': 'asks a service; its own tests do so',
  'flowdeck serve': 'serve.test.ts of the command starts it, calls it and ends it',
  'export FLOWDECK_ADMIN_TOKEN': 'sets a variable for the commands that follow',
  'flowdeck flows': 'serve.test.ts of the command asks a host',
  'flowdeck runs': 'serve.test.ts of the command asks a host',
  'flowdeck work': 'work.test.ts of the command starts workers, kills them and ends them',
  'flowdeck run orders/ --flow order': 'work.test.ts of the command runs it with such a worker',
  'curl localhost:': 'asks that server',
  'RESTATE_DISABLE_TELEMETRY=true npx restate-server': 'a server; the package starts one in its own test',
  'flowdeck test crm.test.json --record': 'record.test.ts of the command, with a service of its own',
  'flowdeck-conformance': 'the whole suite; its own tests run it',
};

/** Pages whose blocks are printed from definitions that are tests themselves. */
const PRINTED = { 'docs/lint.md': 'packages/lint/src/docs.test.ts and rules.test.ts' };

/** Blocks of plain text show what something prints, or a line to copy. By their beginnings: what holds them. */
const TEXT = {
  '# flows.sh BASE': 'ci.test.mjs runs it in a repository',
  'on: pull_request': 'a file of GitHub Actions around the script of the same page',
  '# What arrived at the service': 'demo.test.mjs compares it with the demo',
  '# What came to the number': 'demo.test.mjs compares it with the demo',
  '  async audit failed': 'run-report.test.ts of the command',
  'The pack "flowdeck-acme" is faulty': 'newcomer.test.mjs, with more mistakes',
  'acme/\n  connector.json': 'packages/connect reads such a directory in its tests',
  '| run/loop.ts |': 'a row to fill in',
};

const blocks = PAGES.filter((page) => !(page in PRINTED)).flatMap((page) =>
  fencesOf(readFileSync(join(root, page), 'utf8')).map((block) => ({ page, ...block })),
);
const of = (language) => blocks.filter((block) => block.language === language);
const place = ({ page, line }) => `${page}:${line}`;

const pages = suite('pages');

/** Programs in JavaScript, by page: why they are not compiled with the others. */
const JAVASCRIPT = {
  'docs/twilio-service.md': 'sdk.test.ts points the official SDK at the service in this way',
  'packages/runtime-dbos/README.md': 'the test of the package runs such a worker',
  'packages/runtime-restate/README.md': 'the test of the package runs such a worker',
};

pages('have no block of a language that nothing here knows', () => {
  const known = new Set(['console', 'json', 'ts', 'text', 'sh']);
  assert.ok(blocks.length > 50, `only ${blocks.length} blocks were found`);
  assert.equal(
    blocks
      .filter(({ language, page }) => !known.has(language) && !(language === 'js' && page in JAVASCRIPT))
      .map((block) => `${place(block)}: ${block.language}`),
    [],
    'name the language: ts, json, console, sh, or text for what is printed',
  );
});

pages('have no plain text that nothing holds', () => {
  const free = of('text').filter(({ content }) => !Object.keys(TEXT).some((start) => content.startsWith(start)));
  assert.equal(free.map(place), []);
});

pages('leave out no command without a reason, and no reason without a command', () => {
  const used = new Set();
  for (const block of [...of('console'), ...of('sh')])
    for (const { command } of sessionsOf(block)) {
      const reason = reasonAgainst(command);
      if (reason !== undefined) used.add(reason);
      else assert.ok(command.startsWith('flowdeck '), `${place(block)}: ${command} is neither run nor left out`);
    }
  assert.equal(
    Object.keys(NOT_RUN).filter((start) => !used.has(start)),
    [],
  );
});

pages('show what the command prints', async () => {
  let count = 0;
  for (const page of PAGES) {
    const own = of('console').filter((block) => block.page === page);
    if (own.length === 0) continue;
    await inSamples(async (folder) => {
      for (const block of own)
        for (const { command, shown } of sessionsOf(block)) {
          if (reasonAgainst(command) !== undefined) continue;
          count++;
          prepare(command, folder);
          const printed = await flowdeck(wordsOf(command)[0].slice(1), folder);
          if (shown === '') assert.not.match(printed, /^error:/m, `${place(block)}: ${command}`);
          else assert.is(generally(printed, shown), generally(shown, shown), `${place(block)}: ${command}`);
        }
    });
  }
  assert.ok(count > 15, `only ${count} commands were run`);
});

pages('would not let a wrong line pass', async () => {
  const shown = '  ✓ words  text.compose  1.4 ms\n✓ success 1 card, 2 ms\n';
  assert.is(generally('  ✓ words  text.compose  9 ms\n✓ success 1 card, <0.1 ms\n', shown), generally(shown, shown));
  assert.is.not(generally(shown.replace('words', 'wrods'), shown), generally(shown, shown));
  assert.is.not(generally(shown.replace('✓ success', '✗ failed'), shown), generally(shown, shown));
});

pages('show JSON that is what it is given for', async () => {
  const kinds = new Map();
  for (const block of of('json')) {
    const value = JSON.parse(block.content);
    const kind = Object.entries(KINDS).find(([, { fits }]) => fits(value));
    assert.ok(kind, `${place(block)}: of no kind that is known here`);
    const [name, { faults }] = kind;
    assert.equal(await faults(value), [], `${place(block)}, as a ${name}`);
    kinds.set(name, (kinds.get(name) ?? 0) + 1);
  }
  assert.equal(
    Object.keys(KINDS).filter((name) => !kinds.has(name)),
    [],
    'nothing of this kind was found',
  );
});

pages('would not let wrong JSON pass', async () => {
  const flow = { flowdeck: 1, id: 'a', type: 'manual', cards: [{ card: 'text.composee' }] };
  assert.is.not((await KINDS.document.faults(flow)).length, 0);
  assert.is.not((await KINDS.card.faults({ card: 'list.toText', in: { lists: 1 } })).length, 0);
  assert.is.not((await KINDS.mocks.faults({ fixtures: [{ card: 'x' }] })).length, 0);
  assert.is.not((await KINDS.connection.faults({ connector: 'twilio', auth: [] })).length, 0);
  assert.is.not((await KINDS.tests.faults({ subject: 'greet.flow.json', cases: [{ id: 'a', expect: {} }] })).length, 0);
  assert.is.not((await KINDS.lookups.faults({ lookups: [{ actions: ['a'], feild: 'b', flow: 'c' }] })).length, 0);
  const wrong = { id: 'a', card: 'text.compose', in: { template: 'Hi' }, expect: { outputs: { output: 'Ho' } } };
  assert.is.not((await KINDS.cases.faults({ suite: 'a/b', cases: [wrong] })).length, 0);
});

/** What JSON of the pages is for: how it is known, and what is wrong with it by those who read it. */
const KINDS = {
  document: {
    fits: (value) => 'flowdeck' in value,
    faults: (value) =>
      'connector' in value
        ? refusal(() => createEngine({ packs: [standard, packOf(value)] }))
        : messages(createEngine({ packs: [standard, twilio] }).check(value)),
  },
  tests: {
    fits: (value) => 'cases' in value && 'subject' in value,
    faults: (value) =>
      inSamples(async (folder) => {
        writeFileSync(join(folder, 'page.test.json'), JSON.stringify(value));
        const printed = await flowdeck(['test', 'page.test.json'], folder);
        return /^✓ page\.test\.json/.test(printed) ? [] : printed.split('\n');
      }),
  },
  cases: { fits: (value) => 'cases' in value, faults: (value) => caseFaults(value) },
  'case of a host': {
    fits: (value) => 'steps' in value,
    faults: (value) => refusal(() => readSuite({ cases: [{ ...value, flows: [{}] }] }, 'page.test.json')),
  },
  mocks: {
    fits: (value) => 'mocks' in value || 'fixtures' in value,
    faults: (value) =>
      inSamples(async (folder) => {
        writeFileSync(join(folder, 'm.json'), JSON.stringify(value));
        return errorsIn(await flowdeck(['run', 'welcome.flopack', '--simulate', '--mock', 'm.json'], folder));
      }),
  },
  connection: {
    fits: (value) => 'connector' in value && 'auth' in value,
    faults: (value) =>
      inSamples(async (folder) => {
        writeFileSync(join(folder, 'c.json'), JSON.stringify(value));
        const printed = await flowdeck(['connection', 'test', 'c.json'], folder);
        // It is read to where its secrets are asked for, which are not there.
        return errorsIn(printed).filter((line) => !line.includes('[connection-secret-missing]'));
      }),
  },
  manifest: {
    fits: (value) => 'key' in value && 'flows' in value,
    faults: (value) => {
      const [deck] = twilio.connectors;
      const actions = value.flows.actions.filter((id) => !deck.flows.some((flow) => flow.id === id));
      if (actions.length > 0) return actions.map((id) => `there is no flow ${id}`);
      return refusal(() => createEngine({ packs: [standard, packOf({ ...deck, connector: value })] }));
    },
  },
  lookups: {
    fits: (value) => 'lookups' in value,
    faults: ({ lookups }) => refusal(() => createEngine({ packs: [standard, packOf(lookingUp(lookups))] })),
  },
  event: {
    fits: (value) => 'key' in value && 'delivery' in value,
    faults: (value) => refusal(() => createEngine({ packs: [standard, packOf(hearing(value))] })),
  },
  flow: {
    fits: (value) => 'type' in value && 'cards' in value,
    faults: (value) => {
      const { connector, name } = value.event;
      // Of a connector that there is the flow may use cards, too.
      const known = connector === undefined ? [] : [packOf(hearing({ key: name, flow: 'read' }, connector))];
      const packs = [standard, ...(connector === 'twilio' ? [twilio] : known)];
      return messages(createEngine({ packs }).check({ flowdeck: 1, ...value }));
    },
  },
  diagnostic: {
    fits: (value) => 'severity' in value,
    faults: (value) =>
      inSamples(async (folder) => {
        const { diagnostics } = JSON.parse(await flowdeck(['validate', value.file, '--json'], folder));
        return diagnostics.some((each) => JSON.stringify(each) === JSON.stringify(value)) ? [] : ['not told so'];
      }),
  },
  card: {
    fits: (value) => 'card' in value,
    faults: (value) => messages(createEngine({ packs: [standard, twilio] }).check(around(value))),
  },
};

/** A flow in which a card can stand that a page shows alone: the inputs and the table that it names are there. */
function around(card) {
  const keys = new Set([...JSON.stringify(card).matchAll(/"\/inputs\/([\w ]+)/g)].map(([, key]) => key));
  const inputs = [...keys].map((key) => ({ key, type: 'any' }));
  return { flowdeck: 1, flows: [{ id: 'main', type: 'manual', inputs, cards: [card] }] };
}

/** A connector with this event, and with the flows that it names. */
function hearing(event, key = 'acme') {
  const text = (name) => ({ key: name, type: 'text' });
  const auth = { type: 'custom', fields: [text('token')] };
  const read = { id: 'read', type: 'webhook', inputs: [text('text')], outputs: [text('text')], cards: [] };
  const ends = { id: 'deregister', type: 'webhook-deregister', inputs: [], outputs: [], cards: [] };
  const begins = {
    id: 'register',
    type: 'webhook-register',
    inputs: [text('eventUrl'), text('secret')],
    outputs: [{ key: 'registration', type: 'object' }],
    cards: [],
  };
  const connector = { key, name: key, version: '1.0.0', auth, flows: {}, events: [event] };
  return { flowdeck: 1, connector, flows: [read, begins, ends] };
}

/** A connector with these lookups, and with the flows that they name. */
function lookingUp(lookups) {
  const actions = [...new Set(lookups.flatMap((lookup) => lookup.actions))];
  const flows = [...actions.map((id) => [id, 'action']), ...lookups.map(({ flow }) => [flow, 'helper'])];
  const connector = {
    ...{ key: 'acme', name: 'Acme', version: '1.0.0', auth: { type: 'custom', fields: [] } },
    ...{ flows: { actions }, lookups },
  };
  return { flowdeck: 1, connector, flows: flows.map(([id, type]) => ({ id, type, cards: [] })) };
}

function packOf(deck) {
  const { key, version } = deck.connector;
  return { name: key, namespace: key, version, connectors: [deck] };
}

const messages = ({ diagnostics }) => diagnostics.map(({ code, message }) => `${message} [${code}]`);
const errorsIn = (printed) => printed.split('\n').filter((line) => /(?:^|: )error: /.test(line));

function refusal(make) {
  try {
    make();
    return [];
  } catch (error) {
    return [error.message];
  }
}

/** Cases that need a pack of the guide are run by newcomer.test.mjs with the pack of the examples. */
async function caseFaults(value) {
  const own = (value.packs ?? []).filter((name) => !['twilio'].includes(name));
  const found = [];
  for await (const { id, status, reason, failures } of runCases(value, flowdeckAdapter(), { services })) {
    if (status === 'skipped' && own.length > 0) continue;
    if (status !== 'passed') found.push(`${id}: ${reason ?? JSON.stringify(failures)}`);
  }
  return found;
}

/** Commands of a block with what it shows below each. */
function sessionsOf({ content, language }) {
  if (language === 'sh')
    return content
      .split('\n')
      .filter(Boolean)
      .map((command) => ({ command, shown: '' }));
  return content
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [line, ...shown] = part.split('\n');
      return { command: line.replace(/\s+# .*$/, ''), shown: shown.join('\n') };
    });
}

const reasonAgainst = (command) => Object.keys(NOT_RUN).find((start) => command.startsWith(start));

/** What a reader does between two commands, as the text of the page says. */
function prepare(command, folder) {
  if (!command.startsWith('flowdeck diff')) return;
  const flow = join(folder, 'edited/welcome.flow.json');
  writeFileSync(flow, readFileSync(flow, 'utf8').replace('"known"', '"known already"'));
}

async function inSamples(use) {
  const folder = mkdtempSync(join(tmpdir(), 'flowdeck-pages-'));
  try {
    cpSync(join(root, 'docs/samples'), folder, { recursive: true });
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs the command in this process, and gives all that it prints, as a terminal shows it. */
async function flowdeck(args, cwd) {
  let printed = '';
  const stream = { write: (text) => (printed += text), isTTY: false, columns: 80, rows: 24 };
  const stdin = async () => new Uint8Array();
  await main(args, { stdout: stream, stderr: stream, stdin, env: {}, cwd, signal: new AbortController().signal });
  return printed;
}

/** Text without what differs each time. Lines that a page leaves out (`…`) are left out of both. */
function generally(text, shown) {
  const plain = text
    .replace(/<?\b\d[\d.,]* m?s\b|<0\.1 ms/g, 'T')
    .replace(/\brun-[\w-]+/g, 'run-ID')
    .replace(/"durationMs": [\d.]+/g, '"durationMs": N')
    .trimEnd();
  const lines = shown.trimEnd().split('\n');
  return lines.at(-1) === '…'
    ? plain
        .split('\n')
        .slice(0, lines.length - 1)
        .join('\n')
    : plain;
}

pages('have programs that print what their comments promise', () => {
  let count = 0;
  for (const block of of('ts')) {
    const promised = [...block.content.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, text]) => text);
    const logs = block.content.match(/console\.log\(/g)?.length ?? 0;
    if (promised.length === 0 || promised.length < logs || /^export/m.test(block.content)) continue;
    if (block.page === 'docs/flopack.md') continue; // its comment explains; the export is the reader's
    count++;
    const run = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', block.content], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, FORCE_COLOR: '0' },
    });
    assert.is(run.status, 0, `${place(block)}: ${run.stderr}`);
    assert.is(run.stdout, promised.map((text) => `${text}\n`).join(''), place(block));
  }
  assert.ok(count >= 2, `only ${count} programs were run`);
});

pages.run();
