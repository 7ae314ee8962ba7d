// The promises of the fetch port that only a real platform can keep, against the server of the test.
import { standard } from '@flowdeck/cards';
import { fetchPort } from '@flowdeck/cards/fetch';
import { createEngine } from '@flowdeck/engine';

/**
 * What went wrong, one line each; none is as it should be.
 *
 * @param origin Of the test's server.
 * @param place `page` (a worker as well) or `server`: a page has rules of its own.
 */
export async function fetchingFaults(origin, place) {
  const inPage = place === 'page';
  const faults = [];
  const expect = async (what, expected, action) => {
    const seen = await action().catch((error) => error.code ?? String(error));
    if (seen !== expected) faults.push(`${what}: ${JSON.stringify(seen)}, not ${JSON.stringify(expected)}`);
  };
  const port = fetchPort();
  const ask = (path, more = {}, by = port) => by.request({ method: 'GET', url: origin + path, headers: {}, ...more });
  const text = async (answer) => new TextDecoder().decode((await answer).body);

  await expect('GET', 'GET ', () => text(ask('/echo')));
  await expect('POST', 'POST Grüße', () => text(ask('/echo', { method: 'POST', body: 'Grüße' })));
  await expect('a status is an answer', 404, async () => (await ask('/status/404')).status);
  await expect('the URL that answered', `${origin}/echo`, async () => (await ask('/redirect/2#a')).url);
  await expect('no redirects', 'http-redirects', () => ask('/redirect/1', {}, fetchPort({ maxRedirects: 0 })));
  await expect('a redirect as the answer', inPage ? 'http-redirects' : 302, async () => {
    return (await ask('/redirect/1', { redirect: 'manual' })).status;
  });
  await expect('too many redirects', inPage ? 'GET ' : 'http-redirects', () =>
    text(ask(inPage ? '/redirect/6' : '/redirect/21')),
  );
  await expect('a body over the limit', 'http-too-large', () =>
    ask('/bytes/1001', {}, fetchPort({ maxResponseBytes: 1000 })),
  );
  await expect('a body at the limit', 1000, async () => {
    return (await ask('/bytes/1000', {}, fetchPort({ maxResponseBytes: 1000 }))).body.length;
  });
  await expect('a coded body', 'aaaa', () => text(ask('/gzip')));
  await expect('its length', '4', async () => (await ask('/gzip')).headers['content-length']);
  await expect('no time', 'http-timeout', () => ask('/never', { timeoutMs: 50 }));
  await expect('cancelled', 'cancelled', () => ask('/never', { signal: AbortSignal.abort() }));
  await expect('a cookie', inPage ? 'http-header' : 'GET a=b', () =>
    text(ask('/echo', { headers: { Cookie: 'a=b' } })),
  );
  await expect('a cookie that a redirect sets', inPage ? 'GET ' : 'GET c=d', () => text(ask('/cookie')));
  await expect('a user agent', 'GET ', () => text(ask('/echo', { headers: { 'User-Agent': 'flow' } })));
  await expect('a GET with a body', 'http-method', () => ask('/echo', { body: 'a' }));
  await expect('another scheme', 'http-blocked', () => port.request({ method: 'GET', url: 'data:,a', headers: {} }));
  await expect('a server that is not there', 'http-network', () => {
    return port.request({ method: 'GET', url: 'http://127.0.0.1:1/', headers: {} });
  });
  await expect('a card', '"ok"', async () => {
    const engine = createEngine({ packs: [standard], ports: { http: port } });
    const { outputs } = await engine.run(engine.load(flowTo(`${origin}/json`)));
    return JSON.stringify(outputs?.answer);
  });
  return faults;
}

function flowTo(url) {
  return {
    ...{ flowdeck: 1, id: 'main', type: 'manual' },
    cards: [
      { id: 'get', card: 'http.get', in: { url } },
      { card: 'flow.return', in: { answer: { from: '/get/body/said' } } },
    ],
  };
}
