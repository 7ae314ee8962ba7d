/** `flowdeck serve` takes up files that change: at SIGHUP, and by itself with `--watch`. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { serving } from '../../test/served.js';

const greets = (says: string, more: object = {}) => ({
  ...{ flowdeck: 1, id: 'greet', type: 'api', access: { by: 'open' } },
  cards: [{ card: 'flow.return', in: { says } }],
  ...more,
});
const asks = (says: string) => ({
  ...{ flowdeck: 1, id: 'asks', type: 'manual' },
  cards: [
    { card: 'control.pause', in: { message: 'Waiting' } },
    { card: 'flow.return', in: { says } },
  ],
});

test('what changes is served; a run under way ends with the flow that it began with', () =>
  serving(async (served) => {
    served.write('flows/greet.flow.json', greets('old'));
    served.write('flows/asks.flow.json', asks('old'));
    await served.start('--watch', '--on', '*', '--store', 'state');
    const { runId } = (await served.ask('admin/flows/asks/run', {})).body as { runId: string }; // what it answers
    served.write('flows/greet.flow.json', greets('new'));
    assert.is(await served.saysUpTo(/^reloaded/), 'reloaded (greet.flow.json changed): 2 flows');
    served.write('flows/asks.flow.json', asks('new'));
    await served.saysUpTo(/^reloaded/);
    assert.equal((await served.ask('run/greet')).body, { says: 'new' });
    const outputs = async (path: string, body: object) => (await served.ask(path, body)).body;
    await outputs(`admin/runs/${runId}/signal`, {});
    let run: { status: string | null } = { status: null };
    while (run.status === null) run = (await served.ask(`admin/runs/${runId}`)).body as typeof run; // what it answers
    assert.is(run.status, 'success');

    served.write('flows/more.flow.json', { ...greets('more'), id: 'more' });
    assert.is(await served.saysUpTo(/^reloaded/), 'reloaded (more.flow.json changed): 3 flows; new: more');
    assert.equal((await served.ask('run/more')).body, { says: 'more' }, '--on "*" is meant for it, too');
    rmSync(join(served.cwd, 'flows/more.flow.json'));
    assert.is(await served.saysUpTo(/^reloaded/), 'reloaded (more.flow.json changed): 2 flows; gone: more');
    assert.is((await served.ask('run/more')).status, 401);
    assert.is(await served.end(), 0);
  }));

test('a faulty file changes nothing, and is told with its place; once mended it is served', () =>
  serving(async (served) => {
    served.write('flows/greet.flow.json', greets('old'));
    await served.start('--watch', '--on', '*');
    for (const faulty of ['{ "flowdeck": 1,', JSON.stringify(greets('x', { cards: [{ card: 'no.such' }] }))]) {
      served.write('flows/greet.flow.json', faulty);
      const said = await served.saysUpTo(/^not reloaded/);
      assert.match(said, /greet\.flow\.json:1/);
      assert.match(said, /what was served before is served on/);
      assert.equal((await served.ask('run/greet')).body, { says: 'old' });
    }
    rmSync(join(served.cwd, 'flows/greet.flow.json'));
    assert.match(await served.saysUpTo(/^not reloaded/), /holds no flow files/);
    served.write('flows/greet.flow.json', greets('mended'));
    await served.saysUpTo(/^reloaded/);
    assert.equal((await served.ask('run/greet')).body, { says: 'mended' });
    assert.is(await served.end(), 0);
  }));

test('a schedule by which its flow would never run is refused, and told with its place', () =>
  serving(async (served) => {
    const ticks = (schedule: object) => ({
      ...{ flowdeck: 1, id: 'ticks', type: 'schedule', schedule },
      cards: [{ card: 'control.comment' }],
    });
    served.write('flows/ticks.flow.json', ticks({ cron: '0 3 * * *' }));
    await served.start('--watch', '--on', '*');
    for (const [schedule, told] of [
      [{ cron: '61 3 * * *' }, /ticks\.flow\.json:1:\d+: error: The cron "61 3 \* \* \*" cannot be read/],
      [{ cron: '0 3 * * *', timeZone: 'BST' }, /ticks\.flow\.json:1:\d+: error: There is no time zone "BST"/],
    ] as const) {
      served.write('flows/ticks.flow.json', ticks(schedule));
      assert.match(await served.saysUpTo(/^not reloaded|^reloaded/), told);
    }
    assert.is(await served.end(), 0);
  }));

test('a directory that is removed and made again, as a deployment does, is followed on', () =>
  serving(async (served) => {
    served.write('flows/greet.flow.json', greets('old'));
    await served.start('--watch', '--on', '*');
    for (const says of ['new', 'newer']) {
      rmSync(join(served.cwd, 'flows'), { recursive: true });
      await served.saysUpTo(/^not reloaded/);
      assert.is((await served.ask('run/greet')).status, 200, 'what was served is served on');
      mkdirSync(join(served.cwd, 'flows'));
      served.write('flows/greet.flow.json', greets(says));
      await served.saysUpTo(/^reloaded/);
      assert.equal((await served.ask('run/greet')).body, { says });
    }
    served.write('flows/greet.flow.json', greets('last'));
    await served.saysUpTo(/^reloaded/);
    assert.equal((await served.ask('run/greet')).body, { says: 'last' });
    assert.is(await served.end(), 0);
  }));

test('without --watch a change waits for SIGHUP, which reads schedules and connectors anew as well', () =>
  serving(async (served) => {
    const ticks = (cron: string) => ({
      ...{ flowdeck: 1, id: 'ticks', type: 'schedule', schedule: { cron } },
      cards: [{ card: 'control.comment' }],
    });
    const shop = (version: string, items: readonly object[]) => {
      const manifest = { key: 'shop', name: 'Shop', version, auth: { type: 'custom' }, flows: {} };
      served.write('shop/connector.json', { ...manifest, polls: [{ key: 'ordered', flow: 'ask', first: 'all' }] });
      served.write('shop/flows/ask.flow.json', {
        ...{ flowdeck: 1, id: 'ask', type: 'polling', inputs: [{ key: 'cursor', type: 'any' }] },
        outputs: [
          { key: 'cursor', type: 'any' },
          { key: 'items', type: 'object', list: true },
        ],
        cards: [{ card: 'flow.return', in: { cursor: version, items: { value: items } } }],
      });
    };
    mkdirSync(join(served.cwd, 'shop/flows'), { recursive: true });
    shop('1.0.0', []);
    served.write('shop.connection.json', { connector: 'shop', auth: {} });
    served.write('flows/ticks.flow.json', ticks('0 3 * * *'));
    served.write('flows/hears.flow.json', {
      ...{ flowdeck: 1, id: 'hears', type: 'event', cards: [{ card: 'control.comment' }] },
      event: { connector: 'shop', name: 'ordered', everySeconds: 1 },
    });
    await served.start('--on', '*', '--pack', './shop', '--connection', 'shop=shop.connection.json');
    const next = async () => ((await served.ask('admin/flows/ticks')).body as { next: string }).next; // what it answers
    assert.match(await next(), /T03:00:00/);
    served.write('flows/ticks.flow.json', ticks('0 4 * * *'));
    shop('1.1.0', [{ number: 1 }]);
    assert.match(await next(), /T03:00:00/);
    served.hangUp();
    assert.is(await served.saysUpTo(/^reloaded/), 'reloaded (asked to): 2 flows');
    assert.match(await next(), /T04:00:00/);
    for (let runs: unknown[] = []; runs.length === 0; )
      ({ runs } = (await served.ask('admin/runs?flow=hears')).body as { runs: unknown[] }); // what it answers
    assert.is(await served.end(), 0);
  }));

test('with --log json every line of standard error is one object, whoever writes it', () =>
  serving(async (served) => {
    served.write('flows/greet.flow.json', greets('old'));
    served.write('flows/note.flow.json', { ...greets('note', { access: { by: 'token' } }), id: 'note' });
    await served.start('--log', 'json', '--on', '*');
    await served.ask('run/greet');
    await served.ask('run/note?clientToken=a-guess');
    served.write('flows/greet.flow.json', { ...greets('new'), cards: [{ card: 'no.such' }] });
    served.hangUp();
    const text = await served.saysUpTo(/not reloaded/);
    const lines = text.split('\n').map((line) => JSON.parse(line));
    const of = (what: string) => lines.filter((line) => line.what === what);
    assert.equal(
      of('run').map(({ level, flow, trigger, status }) => [level, flow, trigger, status]),
      [['info', 'greet', 'api', 'success']],
    );
    assert.equal(
      of('call').map(({ level, flow, status }) => [level, flow, status]),
      [['warn', 'note', 401]],
    );
    const said = of('serve').map(({ level }) => level);
    assert.equal(said.slice(-2), ['error', 'warn'], text);
    assert.match(of('serve').at(-2).reason, /no\.such/);
    assert.not.match(text, /a-guess/);
    assert.ok(lines.every(({ time }) => new Date(time).toISOString() === time));
  }));

test.run();
