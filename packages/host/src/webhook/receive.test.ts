/** What comes to the URL of an event: proven by each scheme, unpacked, answered, and refused where it is bad. */
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { SignJWT } from 'jose';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { until, withDirectory } from '../../test/support.js';
import { openEventLog } from '../events/open.js';
import { type Disk, nodeDisk } from '../log/disk.js';
import { connectorOf, HEARS, hearing, SIGNED, START, signed } from './testing/service.js';

type Hosted = ReturnType<typeof hearing>;

/** Runs something with a host whose flow hears. */
async function heard(
  delivery: object | undefined,
  work: (hosted: Hosted, url: string) => Promise<void>,
  more: Parameters<typeof hearing>[1] = {},
): Promise<void> {
  const hosted = hearing(delivery, more);
  await hosted.host.start();
  for (const { id } of more.flows ?? [{ id: 'hears' }]) await hosted.host.turn(id, true);
  await until(() => hosted.host.flows().every(({ webhook }) => webhook?.phase === 'on'));
  try {
    await work(hosted, hosted.host.flows()[0]?.webhook?.url ?? '');
  } finally {
    await hosted.host.stop();
  }
}

const header = (name: string, more: object = {}) => ({ from: 'header', name, ...more });
const HELLO = '{"text":"hello"}';
const mac = (secret: string, text: string, encoding: 'hex' | 'base64' = 'hex') =>
  createHmac('sha256', secret).update(text).digest(encoding);

test('forged, altered, stale and unsigned deliveries are refused, and nothing of them is kept', () =>
  heard(SIGNED, async (hosted, url) => {
    const { secret } = hosted.service.latest;
    const good = signed(HELLO, { id: 'e', at: START, secret });
    const status = async (body: string, headers: Record<string, string>) =>
      (await hosted.send(url, body, headers)).status;
    assert.is(await status(HELLO, signed(HELLO, { id: 'e', at: START, secret: 'guessed' })), 401);
    assert.is(await status('{"text":"hullo"}', good), 401);
    assert.is(await status(HELLO.slice(0, -1), good), 401);
    assert.is(await status(HELLO, { ...good, 'x-time': String(START / 1000 + 1) }), 401);
    assert.is(await status(HELLO, { ...good, 'x-signature': '' }), 401);
    assert.is(await status(HELLO, signed(HELLO, { id: 'e', at: START - 301_000, secret })), 401);
    assert.is(await status(HELLO, signed(HELLO, { id: 'e', at: START + 301_000, secret })), 401);
    assert.is(await status(HELLO, signed(HELLO, { id: 'e', at: START - 299_000, secret })), 200);
  }));

test('methods, sizes and paths that do not belong are refused', () =>
  heard(
    SIGNED,
    async (hosted, url) => {
      const status = async (address: string, body: string, method = 'POST') =>
        (await hosted.send(address, body, {}, method)).status;
      assert.equal([await status(url, '', 'GET'), await status(url, '', 'DELETE')], [405, 405]);
      assert.is((await hosted.send(url, '', {}, 'DELETE')).headers.get('allow'), 'POST');
      assert.is(await status(url, 'x'.repeat(101)), 413);
      assert.is(await status(`${url}x`, HELLO), 404);
      assert.is(await status(`${url}/../x`, HELLO), 404);
    },
    { handler: { maxBodyBytes: 100 } },
  ));

test('what is encoded twice is read once: it is no other path, and no other proof', () =>
  heard(SIGNED, async (hosted, url) => {
    const token = url.slice(url.lastIndexOf('/') + 1);
    const twice = [...token].map((letter) => `%25${letter.charCodeAt(0).toString(16)}`).join('');
    const { status } = await hosted.send(url.replace(token, twice), HELLO);
    assert.is(status, 404);
    const time = String(START / 1000);
    const signature = `v1=${mac(hosted.service.latest.secret, `${time}.${HELLO}`)}`;
    const send = (body: string) =>
      hosted
        .send(url, body, { 'x-id': 'e1', 'x-time': time, 'x-signature': signature })
        .then((answer) => answer.status);
    assert.is(await send(encodeURIComponent(HELLO)), 401);
    assert.is(await send(JSON.stringify(HELLO)), 401);
    assert.is(await send(HELLO), 200);
  }));

test('a body that is no JSON, no UTF-8 or nothing is kept, and its flow says what is wrong', () =>
  heard({}, async (hosted, url) => {
    const bodies = ['{"text":', Buffer.from([0x7b, 0xff, 0x7d]), ''];
    for (const body of bodies) assert.is((await hosted.send(url, body)).status, 200);
    await until(() => hosted.host.parked.list().length === 2 && hosted.service.heard.length === 1);
    assert.equal(hosted.service.heard, [null]);
    assert.match(
      hosted.host.parked
        .list()
        .map(({ reason }) => reason)
        .sort()
        .join(),
      /no JSON.*not UTF-8/,
    );
  }));

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const SPKI = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const FROM_CONNECTION = { secret: { from: 'connection', path: '/signing' } };

test('each scheme proves, and refuses what is not so', async () => {
  const token = (secret: string, audience = 'us') =>
    new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setAudience(audience).sign(Buffer.from(secret));
  const schemes: readonly (readonly [proof: object, good: Record<string, string>, bad: Record<string, string>])[] = [
    [{ scheme: 'equal', given: header('x-token') }, { 'x-token': 'shared' }, { 'x-token': 'share' }],
    [
      {
        scheme: 'hmac',
        encoding: 'base64',
        given: header('x-mac'),
        signed: [{ from: 'method' }, { from: 'url' }, { from: 'raw' }],
      },
      { 'x-mac': 'POST URL' },
      { 'x-mac': mac('shared', HELLO, 'base64') },
    ],
    [
      {
        scheme: 'hmac',
        given: header('x-list', { list: { separator: ',', mark: '=', tag: 'v1' } }),
        signed: [{ from: 'raw' }],
      },
      { 'x-list': `t=1,v1=00,v1=${mac('shared', HELLO)}` },
      { 'x-list': `t=1,v0=${mac('shared', HELLO)}` },
    ],
    [
      {
        scheme: 'signature',
        algorithm: 'ed25519',
        encoding: 'base64',
        given: header('x-sig'),
        key: { text: SPKI },
        signed: [{ from: 'raw' }],
      },
      { 'x-sig': sign(null, Buffer.from(HELLO), privateKey).toString('base64') },
      { 'x-sig': sign(null, Buffer.from('other'), privateKey).toString('base64') },
    ],
    [
      { scheme: 'jwt', given: header('authorization', { prefix: 'Bearer ' }), audience: { text: 'us' } },
      { authorization: `Bearer ${await token('shared')}` },
      { authorization: `Bearer ${await token('shared', 'them')}` },
    ],
    [{ scheme: 'code', name: 'svc.length' }, { 'x-length': String(HELLO.length) }, { 'x-length': '1' }],
  ];
  for (const [proof, good, bad] of schemes) {
    await heard({ ...FROM_CONNECTION, verify: [proof] }, async (hosted, url) => {
      const right = 'x-mac' in good ? { 'x-mac': mac('shared', `POST${url}${HELLO}`, 'base64') } : good;
      assert.is((await hosted.send(url, HELLO, bad)).status, 401, JSON.stringify(proof));
      assert.is((await hosted.send(url, HELLO)).status, 401, JSON.stringify(proof));
      assert.is((await hosted.send(url, HELLO, right)).status, 200, JSON.stringify(proof));
    });
  }
});

test('what follows a signature makes it another, and none', () =>
  heard(
    {
      ...FROM_CONNECTION,
      verify: (['hex', 'base64'] as const).map((encoding) => ({
        ...{ scheme: 'hmac', encoding, given: header(`x-${encoding}`), signed: [{ from: 'raw' }] },
      })),
    },
    async (hosted, url) => {
      for (const encoding of ['hex', 'base64'] as const) {
        const name = `x-${encoding}`;
        const right = mac('shared', HELLO, encoding);
        for (const rest of ['zz', '!', '\u00e9', '=x', ' 00'])
          assert.is((await hosted.send(url, HELLO, { [name]: right + rest })).status, 401, encoding + rest);
        assert.is((await hosted.send(url, HELLO, { [name]: right })).status, 200, encoding);
      }
    },
  ));

test('a token whose keys cannot be had now is sent again', () =>
  heard(
    {
      verify: [
        {
          scheme: 'jwt',
          given: header('authorization'),
          jwksUri: 'https://keys.example',
          issuer: 'i',
          audience: { text: 'a' },
        },
      ],
    },
    async (hosted, url) => assert.is((await hosted.send(url, HELLO, { authorization: 'x' })).status, 503),
  ));

test('the secret before is good for a day after another has come', async () => {
  const connections = { svc: { connector: 'svc', auth: { signing: 'old' } } };
  await heard(
    { ...FROM_CONNECTION, verify: [{ scheme: 'equal', given: header('x-token') }] },
    async (hosted, url) => {
      const status = async (token: string) =>
        (await hosted.send(url, `{"text":"${token}${hosted.clock.now()}"}`, { 'x-token': token })).status;
      assert.is(await status('old'), 200);
      connections.svc.auth.signing = 'new';
      assert.equal([await status('new'), await status('old'), await status('older')], [200, 200, 401]);
      await hosted.clock.advance(86_400_000);
      assert.equal([await status('new'), await status('old')], [200, 401]);
    },
    { connections },
  );
});

test('challenges are answered while it registers, and deliveries are not taken yet', async () => {
  const query = { from: 'query', name: 'validationToken' };
  const hosted = hearing({
    ...SIGNED,
    challenges: [
      { when: { of: query }, answer: { body: [query] } },
      {
        when: { of: { from: 'body', path: '/event' }, equals: 'validate' },
        verified: true,
        answer: {
          json: {
            token: { from: 'body', path: '/token' },
            mac: { hmac: { hash: 'sha256', of: [{ from: 'body', path: '/token' }] } },
          },
        },
      },
    ],
  });
  const said: unknown[] = [];
  hosted.service.meanwhile = async () => {
    hosted.service.meanwhile = async () => {};
    const { url, secret } = hosted.service.latest;
    const plain = await hosted.send(`${url}?validationToken=a%20b`, '');
    said.push([plain.status, plain.headers.get('content-type'), await plain.text()]);
    const body = '{"event":"validate","token":"t"}';
    said.push((await hosted.send(url, body)).status);
    said.push(await (await hosted.send(url, body, signed(body, { id: 'c', at: START, secret }))).json());
    said.push((await hosted.deliver('e', 'early')).status);
  };
  await hosted.host.start();
  await hosted.host.turn('hears', true);
  await until(() => hosted.host.flow('hears')?.webhook?.phase === 'on');
  const { secret, url } = hosted.service.latest;
  assert.equal(said, [[200, 'text/plain', 'a b'], 401, { token: 't', mac: mac(secret, 't') }, 503]);
  await hosted.host.turn('hears', false);
  assert.is((await hosted.send(`${url}?validationToken=x`, '')).status, 410);
  await hosted.host.stop();
  assert.equal(hosted.service.heard, []);
});

test('a batch becomes events of its own: forged ones are left out, a bad one stops no other, known ones are not run again', () =>
  heard(
    {
      ...FROM_CONNECTION,
      items: { path: '/value', verify: [{ scheme: 'equal', given: { from: 'item', path: '/state' } }] },
      id: [{ from: 'item', path: '/id' }],
    },
    async (hosted, url) => {
      const item = (id: string, text: string, state = 'shared') => ({ id, text, state });
      const send = async (...value: object[]) => (await hosted.send(url, JSON.stringify({ value }))).status;
      assert.is(await send(item('1', 'a'), item('2', 'fail'), item('3', 'forged', 'x'), item('4', 'b')), 200);
      assert.is(await send(item('4', 'b'), item('5', 'c')), 200);
      assert.is(await send(item('6', 'd', 'x')), 401);
      await until(() => hosted.service.heard.length === 3 && hosted.host.parked.list().length === 1);
      assert.equal(hosted.service.heard.slice().sort(), ['a', 'b', 'c']);
      assert.is(hosted.host.parked.list()[0]?.id, '2');
    },
  ));

test('one URL of an app serves the connections that it is meant for', () => {
  const delivery = {
    scope: 'app',
    ...FROM_CONNECTION,
    verify: [{ scheme: 'equal', given: header('x-token') }],
    route: { of: { from: 'body', path: '/team' }, connection: '/team' },
  };
  const team = (name: string) => ({ connector: 'svc', auth: { signing: 'shared' }, parameters: { team: name } });
  return heard(
    delivery,
    async (hosted, url) => {
      const send = async (of: string, token = 'shared') =>
        (await hosted.send(url, JSON.stringify({ team: of, text: of }), { 'x-token': token })).status;
      assert.is(hosted.host.flow('second')?.webhook?.url, url);
      assert.equal([await send('T1'), await send('T2'), await send('T3'), await send('T1', 'x')], [200, 200, 200, 401]);
      await hosted.host.turn('second', false);
      await until(() => hosted.service.heard.length === 2);
      assert.equal(hosted.service.heard.slice().sort(), ['T1', 'T2']);
    },
    {
      connector: connectorOf(delivery, [], {}),
      connections: { one: team('T1'), two: team('T2') },
      flows: [
        { id: 'first', connection: 'one' },
        { id: 'second', connection: 'two' },
      ],
    },
  );
});

test('the answer is what the connector declares, and what is to be ignored is not run', () =>
  heard(
    { answer: { status: 202, type: 'text/xml', body: '<Ack/>' }, ignore: [{ of: header('x-state'), equals: 'sync' }] },
    async (hosted, url) => {
      const answers = [
        await hosted.send(url, HELLO, { 'x-state': 'sync' }),
        await hosted.send(url, HELLO, { 'x-state': 'x' }),
      ];
      for (const answer of answers) {
        assert.equal(
          [answer.status, answer.headers.get('content-type'), await answer.text()],
          [202, 'text/xml', '<Ack/>'],
        );
      }
      await until(() => hosted.service.heard.length === 1);
    },
  ));

test('a flow answers itself within the deadline, and a repeated delivery is answered as before', () => {
  const delivery = { answer: { by: 'flow', status: 204 }, id: [header('x-id')] };
  const answering = { card: 'flow.close', in: { statusCode: 200, body: 'from the flow' } };
  return heard(
    delivery,
    async (hosted, url) => {
      const texts = [];
      for (const _ of [1, 2]) texts.push(await (await hosted.send(url, HELLO, { 'x-id': 'e' })).text());
      assert.equal(texts, ['from the flow', 'from the flow']);
      await until(() => hosted.service.heard.length === 1);
    },
    { connector: connectorOf(delivery, [answering]) },
  );
});

const CLOSES = { card: 'flow.close', in: { statusCode: 200, body: { from: '/inputs/text' } } };

test('the flow that hears the event answers where the event lets it, while it goes on', () => {
  const delivery = { answer: { by: 'event-flow', status: 204 }, id: [header('x-id')] };
  return heard(
    delivery,
    async (hosted, url) => {
      const texts = [];
      for (const _ of [1, 2]) texts.push(await (await hosted.send(url, HELLO, { 'x-id': 'e' })).text());
      assert.equal(texts, ['hello', 'hello']);
      await until(() => hosted.service.heard.length === 1);
    },
    { flows: [{ id: 'hears', cards: [CLOSES, HEARS] }] },
  );
});

test('without an answer of the flow, and where the event gives it no say, the declared one goes out', async () => {
  const silent = { answer: { by: 'event-flow', status: 204 } };
  await heard(silent, async (hosted, url) => assert.is((await hosted.send(url, HELLO)).status, 204));
  await heard(silent, async (hosted, url) => assert.is((await hosted.send(url, '{"text":"fail"}')).status, 204));
  const unasked = { answer: { by: 'flow', status: 202 } };
  await heard(unasked, async (hosted, url) => assert.equal((await hosted.send(url, HELLO)).status, 202), {
    flows: [{ id: 'hears', cards: [CLOSES] }],
  });
});

test('an answer that comes too late is told of', async () => {
  const warned: string[] = [];
  const slow = { card: 'control.waitFor', in: { delay: 10, unit: 'second' } };
  await heard(
    { answer: { by: 'event-flow', status: 202, deadlineMs: 3000 } },
    async (hosted, url) => {
      let isWaiting = false;
      hosted.host.engine.on('card', ({ cardType }) => {
        isWaiting ||= cardType === 'control.waitFor';
      });
      const answered = hosted.send(url, HELLO).then(({ status }) => status);
      await until(() => isWaiting);
      await hosted.clock.advance(2_500);
      assert.is(await answered, 202);
      assert.equal(warned, []);
      await hosted.clock.advance(10_000);
      await until(() => warned.length > 0);
      assert.equal(warned, ['answer-late']);
    },
    {
      flows: [{ id: 'hears', cards: [slow, CLOSES] }],
      host: { onWarning: ({ code }) => void warned.push(code) },
    },
  );
});

test('a flow that is late is not waited for', async () => {
  const delivery = { answer: { by: 'flow', status: 202, deadlineMs: 3000 } };
  const slow = { card: 'control.waitFor', in: { delay: 10, unit: 'second' } };
  await heard(
    delivery,
    async (hosted, url) => {
      let isWaiting = false;
      hosted.host.engine.on('card', () => {
        isWaiting = true;
      });
      const answered = hosted.send(url, HELLO).then(({ status }) => status);
      await until(() => isWaiting);
      await hosted.clock.advance(2_500);
      assert.is(await answered, 202);
      assert.equal(hosted.service.heard, []);
      await hosted.clock.advance(10_000);
      await until(() => hosted.service.heard.length === 1);
    },
    { connector: connectorOf(delivery, [slow]) },
  );
});

test("what the connector's flow has no use for is run by nobody", () => {
  const filter = {
    card: 'control.continueIf',
    in: { left: { from: '/inputs/text' }, right: 'wanted' },
  };
  return heard(
    {},
    async (hosted, url) => {
      for (const text of ['other', 'wanted']) assert.is((await hosted.send(url, JSON.stringify({ text }))).status, 200);
      await until(() => hosted.service.heard.length === 1 && hosted.host.listening.events.log.open().length === 0);
      assert.equal([hosted.service.heard, hosted.host.parked.list()], [['wanted'], []]);
    },
    { connector: connectorOf({}, [filter]) },
  );
});

test('a full disk: the sender comes again, nothing that was taken is lost, and there is no need to start again', () =>
  withDirectory(async (dir) => {
    let full: RegExp | null = null;
    const warned: string[] = [];
    const disk: Disk = {
      ...nodeDisk,
      async write(fd, bytes, position) {
        if (full?.test(Buffer.from(bytes).toString()))
          throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
        await nodeDisk.write(fd, bytes, position);
      },
    };
    const events = await openEventLog({ dir }, disk);
    await heard(
      SIGNED,
      async (hosted) => {
        const { service } = hosted;
        assert.is((await hosted.deliver('before', 'one')).status, 200);
        await until(() => service.heard.length === 1);
        full = /./;
        const refused = await hosted.deliver('e1', 'two');
        assert.equal([refused.status, refused.headers.get('retry-after')], [503, '5']);
        assert.equal(service.heard, ['one'], 'what is not kept is not run');
        full = null;
        assert.is((await hosted.deliver('e1', 'two')).status, 200, 'the same comes again');
        await until(() => service.heard.length === 2);
        assert.is((await hosted.deliver('e1', 'two')).status, 200);
        assert.is((await hosted.deliver('before', 'one')).status, 200);
        assert.equal(service.heard, ['one', 'two'], 'and once');
        full = /begun/;
        assert.is((await hosted.deliver('e2', 'three')).status, 200);
        await until(() => warned.includes('event-failed'));
        full = null;
        assert.equal(service.heard, ['one', 'two'], 'a run that could not be noted has not begun');
        await hosted.clock.advance(20);
        await until(() => service.heard.length === 3);
        await until(() => events.open().length === 0);
        assert.ok(events.sound);
      },
      { host: { events, onWarning: ({ code }) => void warned.push(code) } },
    );
    const again = await openEventLog({ dir }, nodeDisk);
    assert.equal([again.open(), again.parked()], [[], []]);
    await again.close();
  }));

test.run();
