/** A host in Hono: its flows under `/flows`, beside the routes of the program. */
import { Hono } from 'hono';

/** Takes what `createHandler` gives, of a host whose `publicUrl` ends with `/flows/`. */
export function honoApp(handle: (request: Request) => Promise<Response>) {
  const app = new Hono();
  app.get('/', (context) => context.text('A program with flows.'));
  return app.mount('/flows', (request) => handle(request));
}
