/** What is promised of `flowdeck connector`: what it makes passes its tests, and a version that breaks flows is not deployed. */
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Directory, flowdeck } from '../../test/support.js';

async function inDirectory(
  use: (run: (...argv: string[]) => ReturnType<typeof flowdeck>, directory: Directory) => Promise<void>,
): Promise<void> {
  const directory = new Directory();
  try {
    await use((...argv) => flowdeck(argv, { cwd: directory.path }), directory);
  } finally {
    directory.remove();
  }
}

/** Changes a JSON file of the directory. */
function edit(directory: Directory, name: string, change: (value: Record<string, unknown>) => object): void {
  const value = JSON.parse(readFileSync(join(directory.path, name), 'utf8')) as Record<string, unknown>;
  directory.write(name, { ...value, ...change(value) });
}

test('new: a connector that is clean, and passes its tests', () =>
  inDirectory(async (run) => {
    assert.is((await run('connector', 'new', 'acme-shop')).code, 0);
    const checked = await run('validate', 'acme-shop', '--lint');
    assert.equal([checked.code, checked.stderr], [0, '']);
    const { code, stdout } = await run('connector', 'test', 'acme-shop', '--json');
    assert.equal([code, JSON.parse(stdout).totals.passed], [0, 5]);
    const cards = await run('cards', 'acmeShop.readItem', '--pack', './acme-shop');
    assert.match(cards.stdout, /Item ID/);
  }));

test('new --from: the flows and tests of another, under a key of its own', () =>
  inDirectory(async (run, directory) => {
    assert.is((await run('connector', 'new', 'messages', '--from', 'twilio')).code, 0);
    const manifest = JSON.parse(readFileSync(join(directory.path, 'messages/connector.json'), 'utf8'));
    assert.equal([manifest.key, manifest.name, manifest.version], ['messages', 'Messages', '0.1.0']);
    const { code, stdout } = await run('connector', 'test', 'messages', '--json');
    assert.equal([code, JSON.parse(stdout).totals.passed], [0, 4]);
    assert.equal([manifest.icon, existsSync(join(directory.path, 'messages/icon.svg'))], ['icon.svg', true]);
    assert.ok(existsSync(join(directory.path, 'messages/README.md')), 'its icon and its README too');
    const gone = await run('connector', 'new', 'other', '--from', 'twillio');
    assert.equal([gone.code, /Did you mean "twilio"/.test(gone.stderr)], [2, true]);
  }));

test('new --from a connector of a pack, which does not say where its files lie: without its icon, and sound', () =>
  inDirectory(async (run, directory) => {
    await run('connector', 'new', 'acme');
    edit(directory, 'acme/connector.json', () => ({ icon: 'icon.svg' }));
    directory.write('acme/icon.svg', '<svg/>');
    const made = await run('connector', 'new', 'copy', '--from', 'acme', '--pack', './acme');
    assert.is(made.code, 0, made.stderr);
    assert.is(readFileSync(join(directory.path, 'copy/icon.svg'), 'utf8'), '<svg/>');
    cpSync(join(directory.path, 'acme'), join(directory.path, 'away/acme'), { recursive: true });
    rmSync(join(directory.path, 'acme'), { recursive: true });
    assert.is((await run('connector', 'new', 'other', '--from', 'acme', '--pack', './away/acme')).code, 0);
    assert.equal((await run('validate', 'other')).code, 0);
    assert.not(existsSync(join(directory.path, 'other/icon.svg')));
  }));

test('test: a failing one, a faulty connector and a faulty test file each say so', () =>
  inDirectory(async (run, directory) => {
    await run('connector', 'new', 'acme');
    edit(directory, 'acme/tests/acme.test.json', ({ cases }) => ({
      cases: (cases as object[]).map((each) => ({ ...each, expect: { outputs: {} } })), // a list, as it was made
    }));
    const failed = await run('connector', 'test', 'acme');
    assert.is(failed.code, 1);
    assert.match(failed.stdout, /5 failed/);
    directory.write('acme/tests/b.test.json', { cases: [{ id: 'a', expct: {} }] });
    const faulty = await run('connector', 'test', 'acme');
    assert.equal([faulty.code, /expct/.test(faulty.stderr)], [3, true]);
    edit(directory, 'acme/connector.json', () => ({ version: 'one' }));
    const broken = await run('connector', 'test', 'acme');
    assert.equal([broken.code, /acme\/connector\.json:\d+:\d+: error/.test(broken.stderr)], [3, true]);
  }));

test('test: the runner of "flowdeck test", with what it takes and what it tells', () =>
  inDirectory(async (run, directory) => {
    await run('connector', 'new', 'acme');
    const [own, other] = [await run('connector', 'test', 'acme'), await run('test', 'acme')];
    assert.equal(own, other, 'the same exit code and the same texts');
    assert.match(own.stdout, /✓ acme\/tests\/acme\.test\.json {2}5 passed/);
    const one = await run('connector', 'test', 'acme', '--filter', 'reads-an-item', '--coverage', 'cards=90');
    assert.equal([one.code, /1 passed/.test(one.stdout), /coverage of cards is/.test(one.stdout)], [1, true, true]);
    const reports = ['--report', 'acme.html', '--junit', 'acme.xml', '--lcov', 'acme.info', '--workers', '1'];
    assert.is((await run('connector', 'test', 'acme', ...reports)).code, 0);
    const written = (name: string) => readFileSync(join(directory.path, name), 'utf8');
    assert.match(written('acme.html'), /<h1>✓ 5 passed/);
    assert.match(written('acme.xml'), /tests="5"/);
    assert.match(written('acme.info'), /SF:acme\/flows\/read-item\.flow\.json/);

    edit(directory, 'acme/tests/acme.test.json', ({ cases }) => ({
      cases: (cases as object[]).map((each) => ({ ...each, expect: { outputs: {} } })), // a list, as it was made
    }));
    const first = await run('connector', 'test', 'acme', '--bail', '--tap');
    assert.equal([first.code, first.stdout.match(/^not ok/gm)?.length], [1, 1]);
    const updated = await run('connector', 'test', 'acme', '--update');
    assert.equal([updated.code, /updated: 5 cases/.test(updated.stderr)], [0, true], updated.stderr);
    assert.is((await run('connector', 'test', 'acme')).code, 0);
    assert.is((await run('connector', 'test', 'acme', '--shard', '9')).code, 2);
  }));

test('test: a file that names no subject is about its connector; none is no success, and --init writes first ones', () =>
  inDirectory(async (run, directory) => {
    await run('connector', 'new', 'acme');
    edit(directory, 'acme/tests/acme.test.json', () => ({ subject: undefined }));
    for (const command of [['connector', 'test'], ['test']])
      assert.match((await run(...command, 'acme')).stdout, /5 passed/);
    rmSync(join(directory.path, 'acme/tests'), { recursive: true });
    const none = await run('connector', 'test', 'acme');
    assert.equal([none.code, /There are no tests below acme/.test(none.stderr)], [2, true]);
    const made = await run('connector', 'test', 'acme', '--init');
    assert.equal([made.code, /acme\/tests\/first\.test\.json/.test(made.stdout)], [0, true], made.stdout);
    assert.is((await run('connector', 'test', 'acme')).code, 0);
  }));

test('test: the connectors of this repository pass, and would not if their service answered something else', async () => {
  const root = fileURLToPath(new URL('../../../../', import.meta.url));
  const tested = async (path: string) => {
    const { code, stdout, stderr } = await flowdeck(['connector', 'test', path, '--json'], { cwd: root });
    assert.equal([code, stderr], [0, '']);
    return JSON.parse(stdout).totals;
  };
  const totals = { failed: 0, skipped: 0, faulty: 0 };
  assert.equal(await tested('packages/connector-twilio'), { passed: 4, ...totals });
  assert.equal(await tested('examples/host/shop'), { passed: 11, ...totals });
  await inDirectory(async (run, directory) => {
    cpSync(join(root, 'examples/host/shop'), join(directory.path, 'shop'), { recursive: true });
    edit(directory, 'shop/tests/shop.test.json', (file) =>
      JSON.parse(JSON.stringify(file).replaceAll('"last":1', '"last":2')),
    );
    const { code, stdout } = await run('connector', 'test', 'shop');
    assert.equal([code, /2 failed, 9 passed/.test(stdout)], [1, true], stdout);
  });
});

test('test: what is against the rules is a fault, and no case is run', () =>
  inDirectory(async (run, directory) => {
    await run('connector', 'new', 'acme');
    edit(directory, 'acme/connector.json', ({ flows }) => ({ flows: { ...(flows as object), authping: 'readItem' } })); // as it was made
    const { code, stdout, stderr } = await run('connector', 'test', 'acme');
    assert.equal([code, /flow-role/.test(stderr), stdout], [3, true, '\n1 faulty file, nothing passed\n']);
    const told = JSON.parse((await run('connector', 'test', 'acme', '--json')).stdout);
    assert.equal([told.status, told.totals.faulty, told.diagnostics[0].file], ['failed', 1, 'acme/connector.json']);
    edit(directory, 'acme/connector.json', ({ flows }) => ({
      icon: 'gone.svg',
      flows: { ...(flows as object), authping: 'authping' }, // as it was made
    }));
    const icon = await run('connector', 'test', 'acme');
    assert.equal([icon.code, /gone\.svg/.test(icon.stderr)], [3, true]);
  }));

test('an option of another action is refused, not left aside', () =>
  inDirectory(async (run) => {
    await run('connector', 'new', 'acme');
    for (const argv of [
      ['pack', 'acme', '--bail'],
      ['deploy', 'acme', '--as', 'test', '--filter', 'x'],
      ['test', 'acme', '--as', 'test'],
    ]) {
      const { code, stderr } = await run('connector', ...argv);
      assert.equal([code, /"flowdeck connector \w+" has no option --/.test(stderr)], [2, true], argv.join(' '));
    }
    assert.is((await run('connection', 'list', '--paste')).code, 2);
  }));

test('pack: one file that reads the same, the icon in it', () =>
  inDirectory(async (run, directory) => {
    await run('connector', 'new', 'acme');
    await run('connector', 'pack', 'acme', '-o', 'acme.json');
    const deck = JSON.parse(readFileSync(join(directory.path, 'acme.json'), 'utf8'));
    assert.match(deck.connector.icon, /^data:image\/svg\+xml;base64,/);
    assert.is((await run('validate', 'acme.json')).code, 0);
    const { stdout } = await run('diff', 'acme', 'acme.json', '--json');
    assert.equal(JSON.parse(stdout).breaking, 0);
  }));

test('one bundled file is a connector wherever the directory is', () =>
  inDirectory(async (run, directory) => {
    await run('connector', 'new', 'acme');
    await run('connector', 'pack', 'acme', '-o', 'acme.json');
    directory.write('main.flow.json', {
      ...{ flowdeck: 1, id: 'main', type: 'manual' },
      cards: [{ card: 'acme.readItem', connection: 'acme', in: { 'Item ID': '7' } }],
    });
    assert.is((await run('validate', 'main.flow.json', '--pack', 'acme.json')).code, 0);
    assert.match((await run('cards', 'acme.readItem', '--pack', './acme.json')).stdout, /Item ID/);
    const repacked = await run('connector', 'pack', 'acme.json');
    assert.equal(JSON.parse(repacked.stdout), JSON.parse(readFileSync(join(directory.path, 'acme.json'), 'utf8')));
    const [first, second] = [
      await run('connector', 'deploy', 'acme', '--as', 'test'),
      await run('connector', 'deploy', 'acme.json', '--as', 'private'),
    ];
    assert.equal(
      [first.stdout, second.stdout],
      ['✓ acme 1 is the test version\n', '✓ acme 1 is the private version\n'],
    );
    assert.is((await run('connector', 'new', 'shop', '--from', 'acme.json')).code, 0);
    assert.is((await run('validate', 'shop')).code, 0);
    const untested = await run('connector', 'test', 'acme.json');
    assert.equal([untested.code, /is one file, and has no tests/.test(untested.stderr)], [2, true]);

    edit(directory, 'acme.json', ({ connector }) => ({ connector: { ...(connector as object), version: 'one' } })); // as it was packed
    const faulty = await run('validate', 'main.flow.json', '--pack', 'acme.json');
    assert.equal([faulty.code, /acme\.json:\d+:\d+: error/.test(faulty.stderr)], [3, true], faulty.stderr);
    const other = await run('validate', 'main.flow.json', '--pack', 'main.flow.json');
    assert.equal(
      [other.code, /"main\.flow\.json" cannot be used: .* holds no connector/.test(other.stderr)],
      [2, true],
    );
  }));

test('run: one action with a test connection', () =>
  inDirectory(async (run, directory) => {
    await run('connector', 'new', 'acme');
    directory.write('c.json', {
      connector: 'acme',
      auth: { api_key: 'key-1' },
      parameters: { base_url: 'http://127.0.0.1:9' },
    });
    const { code, stderr } = await run(
      'connector',
      'run',
      'acme',
      'readItem',
      '--input',
      'Item ID=7',
      '--connection',
      'acme=c.json',
    );
    assert.is(code, 1);
    assert.match(stderr, /http-blocked/, 'it asked for the address of the connection');
    const unknown = await run('connector', 'run', 'acme', 'readItme');
    assert.is(unknown.code, 2);
  }));

test('deploy: numbered versions, two pointers, no version that breaks, and back again', () =>
  inDirectory(async (run, directory) => {
    await run('connector', 'new', 'acme');
    const deploy = async (...argv: string[]) => {
      const { code, stdout } = await run('connector', 'deploy', 'acme', '--json', ...argv);
      const { number, before, breaking } = JSON.parse(stdout);
      return [code, number, before, breaking.length];
    };
    assert.equal(await deploy('--as', 'test'), [0, 1, null, 0]);
    assert.equal(await deploy('--as', 'private'), [0, 1, null, 0], 'the same content is the same version');
    edit(directory, 'acme/connector.json', () => ({ description: 'Changed.', version: '0.2.0' }));
    assert.equal(await deploy('--as', 'test'), [0, 2, 1, 0]);
    edit(directory, 'acme/flows/read-item.flow.json', () => ({ outputs: [{ key: 'Raw Output', type: 'object' }] }));
    assert.equal(await deploy('--as', 'private'), [1, 3, 1, 1]);
    assert.equal(await deploy('--as', 'private', '--breaking'), [0, 3, 1, 1]);
    assert.equal(await deploy('--as', 'private', '--version', '1', '--breaking'), [0, 1, 3, 0], 'rolled back');
    const { stdout } = await run('connector', 'list', '--json');
    const [{ pointers, versions }] = JSON.parse(stdout).connectors;
    assert.equal(
      [pointers, versions.map(({ version }: { version: string }) => version)],
      [{ test: 2, private: 1 }, ['0.1.0', '0.2.0', '0.2.0']],
    );
    assert.is((await run('connector', 'deploy', 'acme', '--as', 'test', '--version', '9')).code, 2);
    assert.is((await run('connector', 'deploy', '../acme', '--as', 'test', '--version', '1')).code, 2);
    edit(directory, 'acme/connector.json', () => ({ flows: { actions: ['gone'] } }));
    assert.is((await run('connector', 'deploy', 'acme', '--as', 'test')).code, 3, 'a faulty one is not kept');
  }));

test('deploy: what is kept can be rolled back to while its directory is broken or gone', () =>
  inDirectory(async (run, directory) => {
    await run('connector', 'new', 'acme');
    await run('connector', 'deploy', 'acme', '--as', 'test');
    const back = () => run('connector', 'deploy', 'acme', '--as', 'private', '--version', '1');
    directory.write('acme/flows/read-item.flow.json', '{');
    assert.is((await back()).code, 0, 'a flow that is broken');
    directory.write('acme/connector.json', '{');
    assert.is((await back()).code, 0, 'a manifest that is broken');
    rmSync(join(directory.path, 'acme'), { recursive: true });
    assert.is((await back()).code, 0, 'no directory at all');
  }));

test('deploy and list: a store that is no directory is told as such', () =>
  inDirectory(async (run, directory) => {
    await run('connector', 'new', 'acme');
    directory.write('file', '');
    for (const argv of [
      ['list', '--connectors', 'file'],
      ['deploy', 'acme', '--as', 'test', '--connectors', 'file'],
      ['deploy', 'acme', '--as', 'test', '--version', '1', '--connectors', 'file'],
    ]) {
      const { code, stderr } = await run('connector', ...argv);
      assert.equal([code, /snapshot-(?:store|missing)/.test(stderr)], [2, true], argv.join(' ') + stderr);
    }
    directory.write('.flowdeck/connectors/notes', 'not one of them');
    const listed = await run('connector', 'list');
    assert.equal([listed.code, listed.stderr], [0, '']);
  }));

test('deploy: a version that was changed on the disk is refused', () =>
  inDirectory(async (run, directory) => {
    await run('connector', 'new', 'acme');
    await run('connector', 'deploy', 'acme', '--as', 'test');
    edit(directory, '.flowdeck/connectors/acme/1.json', ({ deck }) => ({ deck: { ...(deck as object), name: 'x' } })); // as it was kept
    const { code, stderr } = await run('connector', 'deploy', 'acme', '--as', 'private', '--version', '1');
    assert.equal([code, /snapshot-damaged/.test(stderr)], [2, true], stderr);
  }));

test.run();
