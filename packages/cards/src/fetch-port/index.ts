/** The entry `@flowdeck/cards/fetch`: HTTP for runs in pages, workers and other places without Node's sockets. */
export type { FetchPortOptions } from './options.js';
export { fetchPort } from './port.js';
