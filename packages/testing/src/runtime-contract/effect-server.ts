/** A program that counts effects, in a process of its own: what it has seen, nobody can take back. */
import { createServer } from 'node:http';

/** Milliseconds until an effect is answered: long enough for a kill to meet it under way. */
const ANSWER_MS = Number(process.argv[2] ?? 0);

const server = createServer((request, answer) => {
  // The path is the key of the effect. Who started this program hears of it before whoever asked is answered.
  process.send?.((request.url ?? '/').slice(1));
  request.resume();
  setTimeout(() => answer.end('done'), ANSWER_MS);
});
// A worker that is killed breaks its connections off.
server.on('clientError', (_error, socket) => socket.destroy());
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
});
process.once('disconnect', () => process.exit());
