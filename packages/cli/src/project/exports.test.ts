/** What is promised of exports: they are read like flow files, become a directory of them, and come back unchanged. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  card as foreignCard,
  end as foreignEnd,
  flow as foreignFlow,
  graph as foreignGraph,
  pack as foreignPack,
  start as foreignStart,
} from '../../../flopack/src/testing/pack.js';
import { blocks, calls, endpoint, event, helper, lanes, unknown } from '../../../flopack/src/testing/samples.js';
import { Directory, flowdeck, flowdeckIn } from '../../test/support.js';

const SAMPLES = { blocks, calls, endpoint, event, helper, lanes, unknown };

async function inDirectory<T>(
  files: Readonly<Record<string, unknown>>,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const directory = new Directory(files);
  try {
    return await work(directory.path);
  } finally {
    directory.remove();
  }
}

for (const [name, sample] of Object.entries(SAMPLES)) {
  test(`${name}: imported as files that are sound, and exported as it was`, async () => {
    await inDirectory({ 'a.flopack': sample() }, async (cwd) => {
      const imported = await flowdeck(['import', 'a.flopack', '-o', 'flows', '--json'], { cwd });
      assert.is(imported.code, 0, imported.stderr + imported.stdout);
      const { files, flows, ok } = JSON.parse(imported.stdout);
      assert.ok(ok);
      assert.equal(readdirSync(join(cwd, 'flows')).sort(), [...files].sort());
      assert.ok(files.includes('originals.json'));
      const checked = await flowdeck(['validate', 'flows', '--json'], { cwd });
      assert.is(checked.code, 0, checked.stdout);
      assert.is(JSON.parse(checked.stdout).flows, flows);
      const exported = await flowdeck(['export', 'flows', '-o', 'b.flopack', '--json'], { cwd });
      assert.is(exported.code, 0, exported.stderr);
      assert.equal(JSON.parse(exported.stdout).rewritten, []);
      assert.equal(JSON.parse(readFileSync(join(cwd, 'b.flopack'), 'utf8')), sample());
      const compared = await flowdeck(['diff', 'a.flopack', 'flows', '--fail-on', 'any'], { cwd });
      assert.is(compared.code, 0, compared.stdout);
    });
  });
}

test('what stands in the directory is replaced with --force only, and flows that are gone go', async () => {
  await inDirectory({ 'a.flopack': event(), 'flows/old.flow.json': '{}', 'flows/notes.txt': 'kept' }, async (cwd) => {
    const refused = await flowdeck(['import', 'a.flopack', '-o', 'flows'], { cwd });
    assert.is(refused.code, 2);
    assert.match(refused.stderr, /output-exists/);
    const forced = await flowdeck(['import', 'a.flopack', '-o', 'flows', '--force'], { cwd });
    assert.is(forced.code, 0, forced.stderr);
    const names = readdirSync(join(cwd, 'flows'));
    assert.not.ok(names.includes('old.flow.json'));
    assert.ok(names.includes('notes.txt'));
    const nowhere = await flowdeck(['import', 'a.flopack'], { cwd });
    assert.match(nowhere.stderr, /output-missing/);
  });
});

/** A pack whose card stands for a card of the foreign format. */
const DESK = `export default {
  name: 'flowdeck-desk', namespace: 'desk', version: '1.0.0',
  cards: [{
    id: 'desk.createTicket', title: 'Create Ticket', description: 'Creates a ticket.', kind: 'effect',
    inputs: [{ key: 'project', type: 'text', required: true }], outputs: [{ key: 'number', type: 'number' }],
    deprecated: 'Use Open Ticket.',
    addresses: [{ address: 'root:channels:http:acmedesk:1.0.0:createTicket', in: { 'parameters/Project': 'project' } }],
    run: () => ({ number: 7 }),
  }],
}`;

test("a card of a third party's pack is imported, run, linted and exported by the address that it declares", async () => {
  const ticket = foreignCard('T', 'acmedesk@1.0.3:createTicket', {
    in: [{ key: 'Project', group: 'parameters', data: 'OPS' }],
    out: [{ key: 'number', type: 'number' }],
  });
  const end = foreignEnd('R', [{ key: 'ticket', type: 'number' }]);
  const body = foreignGraph('f1', [foreignStart('S'), ticket, end], ['S T R'], ['T.number > R.ticket']);
  const sample = foreignPack([foreignFlow('f1', 'Main', body)]);
  await inDirectory({ 'a.flopack': sample, 'desk.mjs': DESK }, async (cwd) => {
    const pack = ['--pack', './desk.mjs'];
    const ran = await flowdeck(['run', 'a.flopack', ...pack], { cwd });
    assert.equal([ran.code, JSON.parse(ran.stdout)], [0, { ticket: 7 }], ran.stderr);
    const without = await flowdeck(['run', 'a.flopack'], { cwd });
    assert.is.not(without.code, 0);
    assert.match(without.stderr, /acmedesk\.createTicket/);
    const imported = await flowdeck(['import', 'a.flopack', '-o', 'flows', ...pack, '--json'], { cwd });
    assert.is(imported.code, 0, imported.stderr);
    assert.equal(JSON.parse(imported.stdout).missing, {});
    const linted = await flowdeck(['validate', 'flows', '--lint', ...pack, '--json'], { cwd });
    const codes = JSON.parse(linted.stdout).diagnostics.map(({ code }: { code: string }) => code);
    assert.ok(codes.includes('lint-deprecated-card'), codes.join());
    const path = join(cwd, 'flows/main.flow.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"OPS"', '"HELP"'));
    rmSync(join(cwd, 'flows/originals.json'));
    const exported = await flowdeck(['export', 'flows', '-o', 'b.flopack', ...pack], { cwd });
    assert.is(exported.code, 0, exported.stderr);
    const written = readFileSync(join(cwd, 'b.flopack'), 'utf8');
    assert.match(written, /"root:channels:http:acmedesk:1\.0\.0:createTicket"/);
    assert.match(written, /"HELP"/);
  });
});

test('an edited flow is exported as edited, in its original or anew', async () => {
  const directory = new Directory({ 'a.flopack': event() });
  try {
    const { path: cwd } = directory;
    const exported = async (change: (flow: { cards: unknown[]; description?: string }) => void) => {
      await flowdeck(['import', 'a.flopack', '-o', 'flows', '--force'], { cwd });
      const flow = JSON.parse(readFileSync(join(cwd, 'flows', 'welcome.flow.json'), 'utf8'));
      change(flow);
      directory.write('flows/welcome.flow.json', flow);
      const { code, stdout, stderr } = await flowdeck(['export', 'flows', '-o', 'b.flopack', '--json'], { cwd });
      assert.is(code, 0, stderr);
      assert.is((await flowdeck(['validate', 'b.flopack'], { cwd })).code, 0);
      const changes = await flowdeck(['diff', 'flows', 'b.flopack', '--fail-on', 'any'], { cwd });
      assert.is(changes.code, 0, changes.stdout);
      return JSON.parse(stdout).rewritten;
    };
    const anew = await exported((flow) => {
      flow.cards.unshift({ id: 'trim', card: 'text.trim', in: { text: ' a ' } });
    });
    assert.equal(anew, ['welcome']);
    await exported((flow) => {
      flow.description = 'Edited.';
    });
    assert.ok(readFileSync(join(cwd, 'b.flopack'), 'utf8').includes('Edited.'));
  } finally {
    directory.remove();
  }
});

test('originals that are no originals are an error; without -o the export goes to standard output', async () => {
  const directory = new Directory({ 'a.flopack': helper() });
  try {
    const { path: cwd } = directory;
    await flowdeck(['import', 'a.flopack', '-o', 'flows'], { cwd });
    const whole = await flowdeck(['export', 'flows'], { cwd });
    assert.equal(JSON.parse(whole.stdout), helper());
    directory.write('flows/originals.json', '[]');
    const faulty = await flowdeck(['export', 'flows'], { cwd });
    assert.equal([faulty.code, faulty.stdout], [2, '']);
    assert.match(faulty.stderr, /originals-file/);
  } finally {
    directory.remove();
  }
});

test('a faulty export is told with its place in the file; --lenient takes what is sound', async () => {
  const sample = event();
  const faulty = JSON.stringify(sample).replace('"version":"1.5.0"', '"version":"9.0.0"');
  assert.is.not(faulty, JSON.stringify(sample));
  const { code, stdout } = await flowdeckIn({ 'a.flopack': faulty }, ['validate', 'a.flopack', '--json']);
  assert.is(code, 3);
  const [diagnostic] = JSON.parse(stdout).diagnostics;
  assert.equal([diagnostic.code, diagnostic.pointer, diagnostic.line], ['unsupported-version', '/version', 1]);
  const strict = await flowdeckIn({ 'a.flopack': faulty }, ['import', 'a.flopack', '-o', 'flows']);
  assert.is(strict.code, 3);
  const lenient = await flowdeckIn({ 'a.flopack': faulty }, ['import', 'a.flopack', '-o', 'flows', '--lenient']);
  assert.is(lenient.code, 0);
  assert.match(lenient.stderr, /unsupported-version/);
  const cut = await flowdeckIn({ 'a.flow': '{"type": "flopack", "da' }, ['run', 'a.flow']);
  assert.equal([cut.code, /^a\.flow:1:21: error: .*\[json-syntax\]/.test(cut.stderr)], [3, true], cut.stderr);
});

test('an export is checked without packs; cards that nobody brings are named, and linted', async () => {
  const { code, stdout } = await flowdeckIn({ 'a.flopack': event() }, ['validate', 'a.flopack', '--json', '--lint']);
  const { simulated, diagnostics } = JSON.parse(stdout);
  assert.is(code, 0, stdout);
  assert.ok(simulated.includes('okta.readUser'), String(simulated));
  const unknowns = diagnostics.filter((each: { code: string }) => each.code === 'lint-unknown-card');
  assert.ok(unknowns.length > 0);
  assert.ok(unknowns.every((each: { line: unknown; flow: unknown }) => each.line === null && each.flow === 'welcome'));
});

test('inspect tells flows, connections, tables and what is missing', async () => {
  const json = await flowdeckIn({ 'a.flopack': event() }, ['inspect', 'a.flopack', '--json']);
  assert.is(json.code, 0, json.stderr);
  const found = JSON.parse(json.stdout);
  assert.ok(found.flows.some((flow: { id: string; type: string }) => flow.id === 'welcome' && flow.type === 'event'));
  assert.ok(found.missing.okta.includes('okta.readUser'));
  const text = await flowdeckIn({ 'a.flopack': event() }, ['inspect', 'a.flopack']);
  for (const part of ['Flows', 'welcome', 'Connections', 'Tables', 'okta.readUser'])
    assert.ok(text.stdout.includes(part));
});

test('an export is drawn, and recognised without its name', async () => {
  const text = JSON.stringify(event());
  const drawn = await flowdeckIn({}, ['graph', '-', '--flow', 'welcome'], { stdin: text });
  assert.is(drawn.code, 0, drawn.stderr);
  assert.ok(drawn.stdout.includes('okta.readUser'));
});

test('a run of an export whose cards no pack brings tells of --simulate; so does one of what was imported', async () => {
  await inDirectory({ 'a.flopack': event() }, async (cwd) => {
    await flowdeck(['import', 'a.flopack', '-o', 'flows'], { cwd });
    for (const path of ['a.flopack', 'flows']) {
      const { code, stderr } = await flowdeck(['run', path], { cwd });
      assert.is(code, 3, stderr);
      assert.match(stderr, /\[unknown-card\]\n {4}hint: Add --simulate, or load its pack/);
    }
  });
});

test("a typing error in a flow file of one's own is not sent to --simulate", async () => {
  const flow = { flowdeck: 1, id: 'main', type: 'manual', cards: [{ card: 'text.composee' }] };
  await inDirectory({ 'a.flow.json': flow }, async (cwd) => {
    const { stderr } = await flowdeck(['run', 'a.flow.json'], { cwd });
    assert.match(stderr, /Did you mean "text\.compose"/);
    assert.not.match(stderr, /--simulate/);
  });
});

test('a directory is searched for exports too', async () => {
  await inDirectory(
    { 'all/a.flopack': event(), 'all/deep/b.flopack': helper(), 'all/bad.flopack': '{' },
    async (cwd) => {
      const { code, stdout } = await flowdeck(['validate', 'all', '--json'], { cwd });
      const { files, diagnostics } = JSON.parse(stdout);
      assert.equal([code, files], [3, 3]);
      assert.equal(
        diagnostics.map(({ code: found, file }: Record<string, string>) => [found, file?.replaceAll('\\', '/')]),
        [['json-syntax', 'all/bad.flopack']],
      );
    },
  );
});

test('a flow is found by its name, whatever blanks end it', async () => {
  const flow = { flowdeck: 1, id: 'main', name: 'Daily sync ', type: 'manual', cards: [] };
  await inDirectory({ 'a.flow.json': flow }, async (cwd) => {
    for (const name of ['Daily sync', 'Daily sync ', ' Daily sync']) {
      assert.is((await flowdeck(['run', 'a.flow.json', '--flow', name], { cwd })).code, 0, name);
    }
    assert.is((await flowdeck(['run', 'a.flow.json', '--flow', 'Daily  sync'], { cwd })).code, 2);
  });
});

test.run();
