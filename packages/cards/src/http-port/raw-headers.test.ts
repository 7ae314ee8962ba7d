/** Headers beyond ASCII, as both ports read them. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fetchPort } from '../fetch-port/index.js';
import { httpPort } from './index.js';
import { serve } from './local-server.js';

const PORTS = { httpPort: httpPort({ allowHosts: ['127.0.0.1'] }), fetchPort: fetchPort() };

for (const [name, port] of Object.entries(PORTS)) {
  test(`${name}: headers in UTF-8 are read as such, redirects included, and Latin-1 stays`, async () => {
    const raw = (text: string) => Buffer.from(text, 'utf8').toString('latin1');
    const server = await serve((request, response) => {
      const names = { 'X-File': raw('größe.pdf'), 'X-Old': 'gr\u00f6\u00dfe' };
      if (request.url === '/') response.writeHead(302, { ...names, Location: raw('/größe') }).end();
      else response.writeHead(200, { ...names, 'Set-Cookie': raw('n=größe') }).end();
    });
    const answer = await port.request({ method: 'GET', url: `${server.origin}/`, headers: {} });
    assert.is(answer.url, `${server.origin}/gr%C3%B6%C3%9Fe`);
    assert.is(answer.headers['x-file'], 'größe.pdf');
    assert.is(answer.headers['x-old'], 'gr\u00f6\u00dfe');
    assert.equal(answer.setCookie, ['n=größe']);
    const kept = await port.request({ method: 'GET', url: `${server.origin}/`, headers: {}, redirect: 'manual' });
    assert.is(kept.headers['location'], '/größe');
    await server.stop();
  });
}

test.run();
