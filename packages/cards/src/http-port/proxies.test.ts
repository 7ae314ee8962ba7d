/** What is promised of proxies: they are asked where they are named, and the rules for addresses hold through them. */
import { createServer } from 'node:http';
import { FlowdeckError, type HttpRequest } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { httpPort, type Proxies, proxiesOf } from './index.js';
import { failure, listen, serve } from './local-server.js';
import { directHosts } from './no-proxy.js';

const TEXT = new TextDecoder();
const get = (url: string): HttpRequest => ({ method: 'GET', url, headers: {} });

const seen: string[] = [];
const proxy = await listen(
  createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    response.end(`proxied ${request.url}`);
  }).on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url}`);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  }),
);
const origin = await serve((_, response) => response.end('direct'));
test.before.each(() => void seen.splice(0));
test.after(async () => {
  await proxy.stop();
  await origin.stop();
});

/** Only these names are known here. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  'public.example': ['93.184.216.34'],
  'inner.example': ['10.0.0.1'],
  'both.example': ['93.184.216.34', '169.254.169.254'],
};
const resolve = async (host: string) => {
  const addresses = NAMES[host];
  if (addresses === undefined) throw Object.assign(new Error('unknown'), { code: 'ENOTFOUND' });
  return addresses;
};

async function ask(url: string, proxies: Proxies, allowHosts: readonly string[] = []): Promise<string> {
  const port = httpPort({ proxies, allowHosts, resolve });
  try {
    return TEXT.decode((await port.request(get(url))).body);
  } finally {
    await port.close();
  }
}

test('http goes through the proxy, also for names that only it can resolve', async () => {
  for (const host of ['public.example', 'unknown.example']) {
    assert.is(await ask(`http://${host}/x?y=1`, { http: proxy.origin }), `proxied http://${host}/x?y=1`);
  }
});

test('user and password of the proxy are sent to it', async () => {
  await ask('http://public.example/', { http: `http://ada:s3cret@127.0.0.1:${proxy.port}` });
  assert.equal(seen, [`GET http://public.example/ Basic ${btoa('ada:s3cret')}`]);
});

test('an address of a proxy is taken as curl takes it', async () => {
  const place = `127.0.0.1:${proxy.port}`;
  const cases: readonly (readonly [address: string, credentials: string])[] = [
    [`http://us%40er:p%3Aw@${place}`, 'us@er:p:w'],
    [`http://ada@${place}`, 'ada:'],
    [`http://ada:100%@${place}/`, 'ada:100%'],
    [`http://ada:p%E4@${place}/pac?x`, 'ada:p\u00e4'],
    [` ada:s3cret@${place} `, 'ada:s3cret'],
  ];
  for (const [http, credentials] of cases) {
    seen.length = 0;
    await ask('http://public.example/', { http });
    assert.equal(seen, [`GET http://public.example/ Basic ${btoa(credentials)}`], http);
  }
  assert.is(await ask(`${origin.origin}/`, { http: ' ' }, ['127.0.0.1']), 'direct', 'blank is none');
});

test('https is tunnelled, and a proxy that refuses is told', async () => {
  const error = await failure(ask('https://public.example/', { https: proxy.origin }));
  assert.equal([seen, error.code], [['CONNECT public.example:443'], 'http-network']);
  assert.match(error.message, /the proxy answered 403/);
});

test('a proxy that asks for a password is told as that, for http as well', async () => {
  const asks = await serve((_, response) => response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end());
  const error = await failure(ask('http://public.example/', { http: asks.origin }));
  await asks.stop();
  assert.is(error.code, 'http-network');
  assert.match(`${error.message} ${error.hint}`, /the proxy answered 407 .*USER:PASSWORD/);
});

test('what the proxy is told of who asks is not for a flow to say', async () => {
  const port = httpPort({ proxies: { http: `http://ada:s3cret@127.0.0.1:${proxy.port}` }, resolve });
  await port.request({ ...get('http://public.example/'), headers: { 'Proxy-Authorization': 'Basic eDp5' } });
  await port.close();
  assert.equal(seen, [`GET http://public.example/ Basic ${btoa('ada:s3cret')}`]);
});

test('hosts that need no proxy are asked directly', async () => {
  const proxies = { http: proxy.origin, none: 'public.example, 127.0.0.1' };
  assert.is(await ask(`${origin.origin}/`, proxies, ['127.0.0.1']), 'direct');
  assert.equal(seen, []);
});

test('a proxy that is not there is told as the proxy that it is', async () => {
  const error = await failure(ask('http://public.example/', { http: 'http://ada:s3cret@127.0.0.1:1' }));
  assert.is(error.code, 'http-network');
  assert.match(error.hint ?? '', /through a proxy/);
  assert.not.match(JSON.stringify(error), /s3cret/);
});

test('who needs no proxy is named by host, domain, port, address or range', () => {
  const cases: readonly (readonly [none: string, direct: readonly string[], proxied: readonly string[]])[] = [
    ['*', ['a.example:80', '10.1.2.3:80'], []],
    ['a.example,*, b.example', ['c.example:80'], []],
    ['a.example', ['a.example:80', 'x.a.example:8080', 'A.EXAMPLE.:80'], ['ba.example:80', 'example:80']],
    ['.a.example *.b.example', ['a.example:80', 'x.a.example:80', 'x.b.example:80'], ['c.example:80']],
    ['a.example:8080', ['a.example:8080', 'x.a.example:8080'], ['a.example:80']],
    ['10.0.0.0/8,2001:db8::/32', ['10.255.0.1:80', '[2001:db8::7]:80'], ['11.0.0.1:80', 'a10.0.0.1.example:80']],
    ['10.1.2.3, ::1, [fd00::1]:81', ['10.1.2.3:80', '[::1]:80', '[fd00::1]:81'], ['110.1.2.3:80', '[fd00::1]:80']],
    ['[2001:db8::]/32', ['[2001:db8::7]:80'], ['[2001:db9::7]:80']],
    ['2001:DB8:0:0::7, [0:0::1]:81', ['[2001:db8::7]:80', '[::1]:81'], ['[::1]:80']],
    ['bücher.example', ['xn--bcher-kva.example:80', 'x.xn--bcher-kva.example:80'], ['bcher.example:80']],
    ['10.0.0.0/99,/8,://,:', [], ['10.0.0.1:80', 'a.example:80']],
    ['', [], ['a.example:80']],
  ];
  for (const [none, direct, proxied] of cases) {
    const isDirect = directHosts(none);
    const asked = (place: string) => isDirect(...hostAndPort(place));
    assert.equal(
      [none, direct.map(asked), proxied.map(asked)],
      [none, direct.map(() => true), proxied.map(() => false)],
    );
  }
});

function hostAndPort(place: string): [host: string, port: number] {
  const end = place.lastIndexOf(':');
  return [place.slice(0, end), Number(place.slice(end + 1))];
}

test('addresses that are not public are refused before the proxy is asked', async () => {
  const proxies = { http: proxy.origin };
  for (const host of [
    '127.0.0.1',
    '10.1.2.3',
    '[::1]',
    '169.254.169.254',
    '0x7f.1',
    'inner.example',
    'both.example',
    'x.localhost',
    'localhost.',
    'metadata.google.internal',
    'instance-data',
  ]) {
    const error = await failure(ask(`http://${host}/`, proxies));
    assert.is(error.code, 'http-blocked', host);
  }
  assert.equal(seen, []);
  assert.is(await ask('http://inner.example/', proxies, ['inner.example']), 'proxied http://inner.example/');
});

test('a redirect of the proxied service to an inner address is refused', async () => {
  const redirecting = await serve((_, response) => response.writeHead(302, { location: 'http://10.0.0.1/' }).end());
  const error = await failure(ask('http://public.example/', { http: redirecting.origin }));
  await redirecting.stop();
  assert.is(error.code, 'http-blocked');
});

test('without the option no proxy is used, whatever the environment says', async () => {
  process.env['HTTP_PROXY'] = proxy.origin;
  const port = httpPort({ allowHosts: ['127.0.0.1'] });
  assert.is(TEXT.decode((await port.request(get(`${origin.origin}/`))).body), 'direct');
  const onlyHttps = httpPort({ allowHosts: ['127.0.0.1'], proxies: { https: 'http://127.0.0.1:1' } });
  assert.is(TEXT.decode((await onlyHttps.request(get(`${origin.origin}/`))).body), 'direct');
  delete process.env['HTTP_PROXY'];
  await Promise.all([port.close(), onlyHttps.close()]);
  assert.equal(seen, []);
});

test('the environment is read in capitals or not, and what is no address is refused without telling it', () => {
  assert.equal(proxiesOf({ HTTP_PROXY: 'http://a', https_proxy: 'http://b', NO_PROXY: 'c' }), {
    http: 'http://a',
    https: 'http://b',
    none: 'c',
  });
  assert.equal(proxiesOf({}), { http: '', https: '', none: '' });
  for (const address of ['socks5://u:hunter22@x', 'http://', 'http://u:hunter22@:x']) {
    assert.throws(
      () => httpPort({ proxies: { http: address } }),
      (error: unknown) =>
        error instanceof FlowdeckError && error.code === 'http-options' && !error.message.includes('hunter22'),
    );
  }
});

test.run();
