/** What is promised of `flowdeck serve` and the store of connectors: who gets which version, and that a pointer which moves is taken up. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Served, serving } from '../../test/served.js';
import { flowdeck } from '../../test/support.js';

const OWNER = `Basic ${btoa('owner:a-token-of-the-owner')}`;

/** A connector without a service: its action says which version it is. */
function write(served: Served, says: string, version: string): void {
  mkdirSync(join(served.cwd, 'shop/flows'), { recursive: true });
  served.write('shop/connector.json', {
    ...{ key: 'shop', name: 'Shop', version, auth: { type: 'custom' }, flows: { actions: ['say'] } },
  });
  served.write('shop/flows/say.flow.json', {
    ...{ flowdeck: 1, id: 'say', type: 'action', outputs: [{ key: 'said', type: 'text' }] },
    cards: [{ card: 'flow.return', in: { said: says } }],
  });
}

async function deploy(served: Served, ...argv: string[]): Promise<void> {
  const { code, stderr } = await flowdeck(['connector', 'deploy', 'shop', ...argv], { cwd: served.cwd });
  assert.is(code, 0, stderr);
}

/** A host beside a store with a private version, and a later one for those who test. */
async function beside(work: (served: Served) => Promise<void>): Promise<void> {
  await serving(async (served) => {
    served.write('shop.connection.json', { connector: 'shop', auth: {} });
    served.write('flows/ask.flow.json', {
      ...{ flowdeck: 1, id: 'ask', type: 'api', access: { by: 'open' } },
      cards: [
        { id: 'say', card: 'shop.say', connection: 'shop' },
        { card: 'flow.return', in: { said: { from: '/say/said' } } },
      ],
    });
    write(served, 'the first', '1.0.0');
    await deploy(served, '--as', 'private');
    write(served, 'the second', '1.1.0');
    await deploy(served, '--as', 'test');
    await work(served);
  });
}

const CONNECTION = ['--on', '*', '--connection', 'shop=shop.connection.json'];
const said = async (served: Served) => ((await served.ask('run/ask')).body as { said: string }).said; // what the flow returns
const PRIVATE = { key: 'shop', version: '1.0.0', number: 1, pointer: 'private' };
const TEST = { key: 'shop', version: '1.1.0', number: 2, pointer: 'test' };

async function statusPage(served: Served): Promise<string> {
  return (await fetch(`${served.url}status`, { headers: { authorization: OWNER } })).text();
}

test('everybody gets the private version', () =>
  beside(async (served) => {
    await served.start(...CONNECTION);
    assert.is(await said(served), 'the first');
    assert.equal((await served.ask('admin/connectors')).body, { connectors: [PRIVATE] });
    assert.equal((await served.ask('health')).body, { status: 'ok' });
    assert.match(await statusPage(served), /<td>shop<\/td><td>1\.0\.0<\/td><td>1<\/td><td>private<\/td>/);
    assert.is(await served.end(), 0);
  }));

test('--test-connectors serves the test version, and says so to all who watch', () =>
  beside(async (served) => {
    await served.start(...CONNECTION, '--test-connectors');
    assert.is(await said(served), 'the second');
    assert.equal(served.told['connectors'], [TEST]);
    assert.equal((await served.ask('admin/connectors')).body, { connectors: [TEST] });
    assert.equal((await served.ask('health')).body, { status: 'ok', testConnectors: true });
    assert.match(await statusPage(served), /<td>shop<\/td><td>1\.1\.0<\/td><td>2<\/td><td>test<\/td>/);
    assert.is(await served.end(), 0);
  }));

test('a pointer that is rolled back is served when the files are read again: at SIGHUP, and with --watch by itself', () =>
  beside(async (served) => {
    await served.start(...CONNECTION, '--test-connectors');
    await deploy(served, '--as', 'test', '--version', '1');
    assert.is(await said(served), 'the second', 'until it is told');
    served.hangUp();
    assert.match(await served.saysUpTo(/^reloaded/), /connector shop 1 \(1\.0\.0\), the test version/);
    assert.is(await said(served), 'the first');
    assert.equal((await served.ask('admin/connectors')).body, { connectors: [{ ...PRIVATE, pointer: 'test' }] });
    assert.is(await served.end(), 0);

    await served.start(...CONNECTION, '--watch');
    assert.is(await said(served), 'the first');
    await deploy(served, '--as', 'private', '--version', '2');
    await served.saysUpTo(/^reloaded \(pointers\.json changed\)/);
    assert.is(await said(served), 'the second');
    assert.equal((await served.ask('health')).body, { status: 'ok' }, 'the same version is nothing to be tested now');
    assert.is(await served.end(), 0);
  }));

test('with --watch the first version of a connector is taken up that a flow has waited for', () =>
  serving(async (served) => {
    const greets = { flowdeck: 1, id: 'greet', type: 'api', access: { by: 'open' }, cards: [] };
    served.write('shop.connection.json', { connector: 'shop', auth: {} });
    served.write('flows/greet.flow.json', greets);
    await served.start(...CONNECTION, '--watch');
    served.write('flows/ask.flow.json', {
      ...{ flowdeck: 1, id: 'ask', type: 'api', access: { by: 'open' } },
      cards: [
        { id: 'say', card: 'shop.say', connection: 'shop' },
        { card: 'flow.return', in: { said: { from: '/say/said' } } },
      ],
    });
    assert.match(await served.saysUpTo(/^not reloaded/), /shop\.say/);
    write(served, 'the first', '1.0.0');
    await deploy(served, '--as', 'private');
    await served.saysUpTo(/^reloaded .*new: ask/);
    assert.is(await said(served), 'the first');
    assert.is(await served.end(), 0);
  }));

test('a damaged version changes nothing while a host serves, and none begins with it', () =>
  beside(async (served) => {
    await served.start(...CONNECTION);
    served.write('.flowdeck/connectors/shop/2.json', '{}');
    served.write('.flowdeck/connectors/shop/pointers.json', { test: 2, private: 2 });
    served.hangUp();
    assert.match(await served.saysUpTo(/^not reloaded/), /snapshot-damaged/);
    assert.is(await said(served), 'the first');
    assert.equal((await served.ask('admin/connectors')).body, { connectors: [PRIVATE] });
    assert.is(await served.end(), 0);
    const { code, stderr } = await flowdeck(['serve', 'flows', '--on', '*', '--port', '0'], { cwd: served.cwd });
    assert.equal([code, /snapshot-damaged/.test(stderr)], [2, true], stderr);
  }));

test('with --log json it is told as an object, too, that a version is for tests alone', () =>
  serving(async (served) => {
    served.write('flows/ask.flow.json', {
      ...{ flowdeck: 1, id: 'ask', type: 'api', access: { by: 'open' } },
      cards: [{ card: 'flow.return', in: { said: 'nothing' } }],
    });
    write(served, 'the first', '1.0.0');
    await deploy(served, '--as', 'test');
    served.write('shop.connection.json', { connector: 'shop', auth: {} });
    await served.start(...CONNECTION, '--log', 'json');
    const lines = (await served.saysUpTo(/test version alone/)).split('\n').map((line) => JSON.parse(line));
    assert.match(lines.find(({ what }) => what === 'serve').reason, /shop has a test version alone/);
    assert.is(await served.end(), 0);
  }));

test('what --pack names goes before the store; a version for tests alone is nobody else’s, and a store that is not there is told', () =>
  beside(async (served) => {
    write(served, 'the one at hand', '2.0.0');
    await served.start(...CONNECTION, '--pack', './shop', '--test-connectors');
    assert.is(await said(served), 'the one at hand');
    assert.equal((await served.ask('admin/connectors')).body, { connectors: [] });
    assert.is(await served.end(), 0);

    served.write('.flowdeck/connectors/shop/pointers.json', { test: 2, private: null });
    const serve = (...argv: string[]) => flowdeck(['serve', 'flows', '--port', '0', ...argv], { cwd: served.cwd });
    const none = await serve('--on', '*');
    assert.equal([none.code, /shop has a test version alone/.test(none.stderr)], [3, true], none.stderr);
    const gone = await serve('--connectors', 'gone');
    assert.equal([gone.code, /There is no store of connectors at "gone"/.test(gone.stderr)], [2, true]);
  }));

test.run();
