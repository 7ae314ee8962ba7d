/** The entry `@flowdeck/cards/http`: HTTP for runs, safe by default. */
export type { Resolve } from './connect.js';
export type { HttpPortOptions } from './options.js';
export { type ClosableHttpPort, httpPort } from './port.js';
export { type Proxies, proxiesOf } from './proxies.js';
