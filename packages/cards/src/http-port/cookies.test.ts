/** Cookies of one exchange, and redirects that are not followed, over real connections. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { serve } from './local-server.js';
import { httpPort } from './port.js';

test('a cookie that a redirect sets reaches the next request, beside those that the flow sends', async () => {
  const seen: (string | undefined)[] = [];
  const server = await serve((request, response) => {
    seen.push(request.headers.cookie);
    if (request.url === '/login') {
      response.writeHead(302, {
        Location: '/home',
        'Set-Cookie': ['sid=7; Path=/', 'deep=1; Path=/deep', 'far=1; Domain=other.test'],
      });
    } else response.writeHead(200, { 'Set-Cookie': ['a=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT', 'b=2'] });
    response.end();
  });
  const http = httpPort({ allowHosts: [`127.0.0.1:${server.port}`] });
  try {
    const answer = await http.request({ method: 'GET', url: `${server.origin}/login`, headers: { Cookie: 'own=1' } });
    assert.equal(seen, ['own=1', 'own=1; sid=7']);
    assert.equal(answer.setCookie, ['a=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT', 'b=2']);
    assert.is(answer.headers['set-cookie'], undefined);
    // Nothing is kept from one exchange to the next.
    await http.request({ method: 'GET', url: `${server.origin}/home`, headers: {} });
    assert.is(seen[2], undefined);
  } finally {
    await http.close();
    await server.stop();
  }
});

test('what a redirect sets takes the place of what the flow sent under that name, and what it ends is gone', async () => {
  const seen: (string | undefined)[] = [];
  const server = await serve((request, response) => {
    seen.push(request.headers.cookie);
    const ended = 'Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT';
    const answers: Record<string, string[]> = {
      '/': ['sid=new; Path=/', `old=; ${ended}`, 'x=elsewhere; Path=/deep', 'n=\u00c3\u00a9; Path=/'],
      '/b': ['sid=; Path=/; Max-Age=0', 'n=; Path=/; Max-Age=0', 'x=; Path=/; Max-Age=0'],
    };
    const setCookie = answers[request.url ?? ''];
    if (setCookie === undefined) response.writeHead(200);
    else response.writeHead(302, { Location: request.url === '/' ? '/b' : '/c', 'Set-Cookie': setCookie });
    response.end();
  });
  const http = httpPort({ allowHosts: [`127.0.0.1:${server.port}`] });
  try {
    await http.request({ method: 'GET', url: `${server.origin}/`, headers: { Cookie: 'sid=old;old=1; x=2' } });
    // The bytes of a value come back as they came.
    assert.equal(seen, ['sid=old;old=1; x=2', 'x=2; sid=new; n=\u00c3\u00a9', undefined]);
  } finally {
    await http.close();
    await server.stop();
  }
});

test('cookies do not go to another host', async () => {
  const seen: (string | undefined)[] = [];
  const other = await serve((request, response) => {
    seen.push(request.headers.cookie);
    response.end();
  });
  const server = await serve((_request, response) => {
    const Location = other.origin.replace('127.0.0.1', 'localhost');
    response.writeHead(302, { Location, 'Set-Cookie': 'sid=7; Path=/' }).end();
  });
  const http = httpPort({ allowHosts: ['127.0.0.1', 'localhost'], resolve: async () => ['127.0.0.1'] });
  try {
    await http.request({ method: 'GET', url: server.origin, headers: { Cookie: 'own=1' } });
    assert.equal(seen, [undefined]);
  } finally {
    await http.close();
    await server.stop();
    await other.stop();
  }
});

test('a redirect that is not to be followed is the answer', async () => {
  const server = await serve((_request, response) => {
    response.writeHead(302, { Location: '/next', 'Set-Cookie': 'sid=7' }).end('moved');
  });
  const http = httpPort({ allowHosts: [`127.0.0.1:${server.port}`], maxRedirects: 0 });
  try {
    const request = { method: 'GET', url: server.origin, headers: {} };
    const answer = await http.request({ ...request, redirect: 'manual' });
    assert.equal([answer.status, answer.headers['location'], answer.setCookie], [302, '/next', ['sid=7']]);
    const refused = await http.request(request).then(
      () => null,
      (error: { code: string }) => error.code,
    );
    assert.is(refused, 'http-redirects');
  } finally {
    await http.close();
    await server.stop();
  }
});

test.run();
