// A gateway for the campaign, on this machine: node examples/campaign/gateway.mjs [PORT]
// It keeps each message under its id, is out of order for the first request of every tenth recipient, and tells at / what came.
import { createServer } from 'node:http';

const messages = new Map();
const refused = new Set();
let requests = 0;

const server = createServer((request, response) => {
  const answer = (status, body) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
  if (request.method !== 'PUT') return answer(200, { messages: messages.size, requests });
  requests += 1;
  const id = new URL(request.url, 'http://localhost').pathname.split('/').at(-1);
  if (id.endsWith('0') && !refused.has(id)) {
    refused.add(id);
    return answer(503, { message: 'Out of order: come again.' });
  }
  messages.set(id, (messages.get(id) ?? 0) + 1);
  return answer(200, { id });
});
server.listen(Number(process.argv[2] ?? 4000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
