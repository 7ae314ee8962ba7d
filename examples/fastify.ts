/** A host in Fastify: its flows under `/flows`, beside the routes of the program. */
import Fastify, { type FastifyRequest } from 'fastify';

/** Takes what `createHandler` gives, of a host whose `publicUrl` ends with `/flows/`. */
export function fastifyApp(handle: (request: Request) => Promise<Response>) {
  const app = Fastify();
  app.get('/', () => 'A program with flows.');
  app.register(
    async (flows) => {
      // A delivery is proven by its bytes: here a body stays what came, within the `bodyLimit` of 1 MiB.
      flows.removeAllContentTypeParsers();
      flows.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
      flows.all('/*', (request) => handle(asRequest(request, flows.prefix)));
    },
    { prefix: '/flows' },
  );
  return app;
}

function asRequest({ method, url, host, headers: given, body }: FastifyRequest, prefix: string): Request {
  const headers = new Headers();
  for (const [name, value = []] of Object.entries(given)) for (const each of [value].flat()) headers.append(name, each);
  const bytes = body instanceof Uint8Array ? { body: Uint8Array.from(body) } : {};
  return new Request(new URL(url.slice(prefix.length), `http://${host}`), { method, headers, ...bytes });
}
