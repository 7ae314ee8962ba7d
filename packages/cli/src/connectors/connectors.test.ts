/** What is promised of `flowdeck connector`: what it makes passes its tests, and a version that breaks flows is not deployed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
    assert.equal([code, JSON.parse(stdout).passed], [0, 4]);
    const cards = await run('cards', 'acmeShop.readItem', '--pack', './acme-shop');
    assert.match(cards.stdout, /Item ID/);
  }));

test('new --from: the flows and tests of another, under a key of its own', () =>
  inDirectory(async (run, directory) => {
    assert.is((await run('connector', 'new', 'messages', '--from', 'twilio')).code, 0);
    const manifest = JSON.parse(readFileSync(join(directory.path, 'messages/connector.json'), 'utf8'));
    assert.equal([manifest.key, manifest.name, manifest.version], ['messages', 'Messages', '0.1.0']);
    const { code, stdout } = await run('connector', 'test', 'messages', '--json');
    assert.equal([code, JSON.parse(stdout).passed], [0, 4]);
    const gone = await run('connector', 'new', 'other', '--from', 'twillio');
    assert.equal([gone.code, /Did you mean "twilio"/.test(gone.stderr)], [2, true]);
  }));

test('test: a failing one, a faulty connector and a faulty test file each say so', () =>
  inDirectory(async (run, directory) => {
    await run('connector', 'new', 'acme');
    edit(directory, 'acme/tests/acme.test.json', ({ cases }) => ({
      cases: (cases as object[]).map((each) => ({ ...each, expect: { outputs: {} } })), // a list, as it was made
    }));
    const failed = await run('connector', 'test', 'acme');
    assert.is(failed.code, 1);
    assert.match(failed.stdout, /4 failed/);
    directory.write('acme/tests/b.test.json', { cases: [{ id: 'a', expct: {} }] });
    const faulty = await run('connector', 'test', 'acme');
    assert.equal([faulty.code, /expct/.test(faulty.stderr)], [3, true]);
    edit(directory, 'acme/connector.json', () => ({ version: 'one' }));
    const broken = await run('connector', 'test', 'acme');
    assert.equal([broken.code, /acme\/connector\.json:\d+:\d+: error/.test(broken.stderr)], [3, true]);
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
    edit(directory, 'acme/connector.json', () => ({ flows: { actions: ['gone'] } }));
    assert.is((await run('connector', 'deploy', 'acme', '--as', 'test')).code, 3, 'a faulty one is not kept');
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
