// A shop, on this machine: node examples/host/shop.mjs [PORT]
// It signs what it sends, as services do. POST /say is a customer who writes, POST /order one who orders; / tells what was answered.
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';

const KEY = 'key-of-the-shop';
const hooks = new Map();
const orders = [];
const answers = [];
let made = 0;

/** Sends a message to whoever is registered, and tells what they said. */
async function deliver(message) {
  const body = JSON.stringify(message);
  const delivery = `d${++made}`;
  const send = async ({ url, secret }) => {
    const time = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
    const headers = { 'x-shop-delivery': delivery, 'x-shop-time': time, 'x-shop-signature': `v1=${signature}` };
    const { status } = await fetch(url, { method: 'POST', body, headers });
    return status;
  };
  return Promise.all([...hooks.values()].map(send));
}

/** What is asked with the key, by method and the first part of the path. */
const ROUTES = {
  'GET me': () => [200, { name: 'A shop' }],
  'GET hooks': () => [200, [...hooks].map(([id, { url }]) => ({ id, url }))],
  'POST hooks': ({ body }) => {
    const id = `h${++made}`;
    hooks.set(id, body);
    return [201, { id }];
  },
  'DELETE hooks': ({ id }) =>
    hooks.delete(id) ? [204] : [404, { code: 'no-hook', message: 'There is no such hook.' }],
  'GET orders': ({ query }) => {
    const after = Number(query.get('after'));
    return [200, { orders: orders.slice(after), last: orders.length }];
  },
  'POST answers': ({ body }) => {
    answers.push(body);
    return [201, { id: `a${++made}` }];
  },
};

/** What its customers do, and what came of it. */
const OPEN = {
  'GET ': () => [200, { answers }],
  'POST say': async ({ body }) => [200, { told: await deliver(body) }],
  'POST order': ({ body }) => {
    orders.push({ number: orders.length + 1, ...body });
    return [201, orders.at(-1)];
  },
};

const server = createServer(async (request, response) => {
  const answer = (status, body) =>
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(body === undefined ? '' : `${JSON.stringify(body)}\n`);
  const { pathname, searchParams: query } = new URL(request.url, 'http://localhost');
  const [, first, id] = pathname.split('/');
  const name = `${request.method} ${first}`;
  try {
    const text = await new Response(request).text();
    const asked = { id, query, body: text === '' ? {} : JSON.parse(text) };
    if (Object.hasOwn(OPEN, name)) return answer(...(await OPEN[name](asked)));
    if (request.headers.authorization !== `Bearer ${KEY}`)
      return answer(401, { code: 'no-key', message: 'The key is not one of this shop.' });
    if (Object.hasOwn(ROUTES, name)) return answer(...ROUTES[name](asked));
    return answer(404, { code: 'no-place', message: 'There is nothing here.' });
  } catch (error) {
    return answer(400, { code: 'no-sense', message: error.message });
  }
});
server.listen(Number(process.argv[2] ?? 4100), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
