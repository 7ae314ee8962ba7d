/** Format: a URL of its parts. */
import { defineCard } from '@flowdeck/engine';
import { inParts } from '../shared/in-parts.js';
import { gradually, type Pieces } from '../shared/pace.js';
import { encodeText } from './encode-component.js';
import { URL_ERRORS } from './faults.js';
import { checkHost, checkPort, checkProtocol } from './parts.js';

/** Neither these nor anything outside of ASCII may stand in a URL as they are; a percent sign is left to its escape. */
const UNSAFE_IN_PATH = /[^!$%&'()*+,./0-9:;=@A-Z_a-z~-]+/g;
const UNSAFE_IN_QUERY = /[^!$%&'()*+,./0-9:;=?@A-Z_a-z~-]+/g;

export const format = defineCard({
  id: 'url.format',
  title: 'Format',
  description:
    'Puts a URL together. Characters that cannot stand in a path or a query are percent-encoded; escapes that are there already stay.',
  kind: 'pure',
  inputs: [
    {
      key: 'protocol',
      type: 'text',
      label: 'protocol',
      description: 'With or without its colon.',
      required: true,
      default: 'https',
    },
    { key: 'host', type: 'text', label: 'host', description: 'Host name or address, without port.', required: true },
    { key: 'port', type: 'number', label: 'port', description: 'Null: left out.' },
    { key: 'path', type: 'text', label: 'path', description: 'A missing slash in front is added.' },
    { key: 'query', type: 'text', label: 'query', description: 'Without question mark. Null or empty: left out.' },
  ],
  outputs: [{ key: 'url', type: 'text', label: 'url', description: 'The URL.' }],
  errors: URL_ERRORS,
  examples: [
    {
      in: { protocol: 'https', host: 'a.com', port: null, path: '/x', query: 'q=1' },
      out: { url: 'https://a.com/x?q=1' },
    },
    {
      title: 'Colon, port, no slash',
      in: { protocol: 'http:', host: 'A.com', port: 8080, path: 'test url' },
      out: { url: 'http://a.com:8080/test%20url' },
    },
    { title: 'Host only', in: { host: 'a.com' }, out: { url: 'https://a.com/' } },
    {
      title: 'A path stays a path',
      in: { host: 'a.com', path: '/what?#100%25', query: '?a=b#c' },
      out: { url: 'https://a.com/what%3F%23100%25?a=b%23c' },
    },
    { title: 'No host', in: { protocol: 'https', host: null }, error: 'invalid-url' },
    { title: 'A host that is more', in: { host: 'a.com@evil.example' }, error: 'invalid-url' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    { address: 'root:kernel:url:0.0.1:format' },
  ],
  run: (protocol, host, port, path, query) => {
    const scheme = checkProtocol(protocol, 'protocol');
    const name = checkHost(host, 'host');
    const number = port === null ? '' : `:${checkPort(port, 'port')}`;
    return gradually(joined(`${scheme}://${name}${number}`, path ?? '', (query ?? '').replace(/^\?/, '')));
  },
});

function* joined(start: string, path: string, query: string): Pieces<{ url: string }> {
  const where = yield* inParts(path, (part) => part.replace(UNSAFE_IN_PATH, encodeText));
  const what = yield* inParts(query, (part) => part.replace(UNSAFE_IN_QUERY, encodeText));
  const slash = where.startsWith('/') ? '' : '/';
  return { url: `${start}${slash}${where}${what === '' ? '' : `?${what}`}` };
}
