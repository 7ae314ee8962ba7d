// The test's server: the cases, the bundle under a strict policy, what the fetch port is tried on, and where results go.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';

const POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'";
const CODED = { 'Content-Encoding': 'gzip', 'Content-Length': gzipSync('aaaa').length };
const PAGE = '<!doctype html><title>Flowdeck</title><script type="module" src="/page.js"></script>';

/**
 * @param bundle The folder of the built page, worker and their chunks.
 * @param suites As files of cases hold them.
 */
export async function startServer(bundle, suites) {
  /** Who waits for what a place posts. */
  const waiting = new Map();
  const server = createServer(async (request, response) => {
    const [, what = '', value = ''] = new URL(request.url, 'http://localhost').pathname.split('/');
    const body = await text(request);
    response.setHeader('Content-Security-Policy', POLICY);
    if (what === '') return response.setHeader('Content-Type', 'text/html').end(PAGE);
    if (what === 'suites.json') return response.end(JSON.stringify(suites));
    if (what === 'results') {
      waiting.get(value)?.(JSON.parse(body));
      return response.end();
    }
    if (what.endsWith('.js')) return script(response, join(bundle, basename(what)));
    return tried(what, Number(value), { request, body }, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    /** What the place posts, once. */
    resultOf: (place) => new Promise((resolve) => waiting.set(place, resolve)),
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function script(response, file) {
  try {
    response.setHeader('Content-Type', 'text/javascript').end(readFileSync(file));
  } catch {
    response.writeHead(404).end();
  }
}

/** What `fetching.mjs` asks for. */
function tried(what, number, { request, body }, response) {
  switch (what) {
    case 'echo':
      return response.end(`${request.method} ${body}${request.headers.cookie ?? ''}`);
    case 'status':
      return response.writeHead(number).end();
    case 'redirect':
      return response.writeHead(302, { Location: number > 1 ? `/redirect/${number - 1}` : '/echo' }).end();
    case 'cookie':
      return response.writeHead(302, { Location: '/echo', 'Set-Cookie': 'c=d' }).end();
    case 'bytes':
      return response.end(Buffer.alloc(number));
    case 'gzip':
      return response.writeHead(200, CODED).end(gzipSync('aaaa'));
    case 'json':
      return response.setHeader('Content-Type', 'application/json').end('{"said":"ok"}');
    case 'never':
      return undefined;
    default:
      return response.writeHead(404).end();
  }
}
