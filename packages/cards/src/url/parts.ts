/** What the parts of a URL may look like (RFC 3986, section 3; forbidden characters of hosts as in the URL Standard). */
import { invalidUrl } from './faults.js';

const SCHEME = /^[a-z][a-z0-9+.-]*$/;
// Blanks, control characters, and all that ends or delimits another part.
const NO_HOST = /[\s\p{Cc}#%/:<>?@[\\\]^|]/u;
const IPV6_HOST = /^\[[0-9a-f:.]+\]$/;

/** In small letters, without colon and slashes. */
export function checkProtocol(protocol: string, field: string): string {
  const scheme = protocol
    .trim()
    .toLowerCase()
    .replace(/:(?:\/\/)?$/, '');
  if (SCHEME.test(scheme)) return scheme;
  throw invalidUrl('The protocol is none.', 'Give such as https.', field);
}

/** In small letters. */
export function checkHost(host: string, field: string): string {
  const name = host.toLowerCase();
  if (name !== '' && (!NO_HOST.test(name) || IPV6_HOST.test(name))) return name;
  throw invalidUrl('The host is none.', 'Give such as www.example.com, without port and path.', field);
}

export function checkPort(port: number, field: string): number {
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw invalidUrl('The port is none.', 'Ports are integers from 0 to 65535.', field);
}
