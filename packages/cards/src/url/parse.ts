/** Parse: the parts of a URL. */
import { defineCard } from '@flowdeck/engine';
import { invalidUrl, URL_ERRORS } from './faults.js';
import { checkHost, checkPort, checkProtocol } from './parts.js';

/** Scheme, authority, path, query; what follows a # is none of them. Every part excludes what starts the next one. */
const URL_PARTS = /^([^:/?#]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/;
/** A link of a Link header (RFC 8288), its parameters included: a URL in angle brackets. */
const LINK = /^<([^<>]*)>\s*(?:;.*)?$/s;
const AUTHORITY = /^(?:.*@)?(\[[^\]]*\]|[^:]*)(?::(\d*))?$/;

export const urlParse = defineCard({
  id: 'url.parse',
  title: 'Parse',
  description:
    'Takes a URL apart. Path and query stay as they are written, escapes included; user name, password and what follows a # are left out.',
  kind: 'pure',
  inputs: [
    {
      key: 'url',
      type: 'text',
      label: 'url',
      description: 'An absolute URL, or a link of a Link header: <URL>.',
      required: true,
    },
  ],
  outputs: [
    { key: 'protocol', type: 'text', label: 'protocol', description: 'In small letters, without the colon.' },
    { key: 'host', type: 'text', label: 'host', description: 'In small letters, without the port.' },
    { key: 'port', type: 'number', label: 'port', description: 'Null when the URL names none.' },
    {
      key: 'path',
      type: 'text',
      label: 'path',
      description: 'From the slash after the host on; / when there is none.',
    },
    { key: 'query', type: 'text', label: 'query', description: 'What follows the question mark, or an empty text.' },
  ],
  errors: URL_ERRORS,
  examples: [
    {
      in: { url: 'http://www.Test.com:8080/test url?value=example&value2=URL' },
      out: { protocol: 'http', host: 'www.test.com', port: 8080, path: '/test url', query: 'value=example&value2=URL' },
    },
    {
      title: 'Host only',
      in: { url: 'https://a.com#top' },
      out: { protocol: 'https', host: 'a.com', port: null, path: '/', query: '' },
    },
    {
      title: 'IPv6',
      in: { url: 'https://user:secret@[::1]:443/x' },
      out: { protocol: 'https', host: '[::1]', port: 443, path: '/x', query: '' },
    },
    {
      title: 'A link of a Link header',
      in: { url: '<https://a.com/users?after=x&limit=20>; rel="next"' },
      out: { protocol: 'https', host: 'a.com', port: null, path: '/users', query: 'after=x&limit=20' },
    },
    { title: 'Relative', in: { url: '/users?limit=1' }, error: 'invalid-url' },
    { title: 'Null', in: { url: null }, error: 'invalid-url' },
    { title: 'Two hosts', in: { url: 'https://a.com\\@b.com/' }, error: 'invalid-url' },
    { title: 'No such port', in: { url: 'https://a.com:99999/' }, error: 'invalid-url' },
  ],
  addresses: [{ address: 'root:kernel:url:0.0.1:parse' }],
  run: (url) => {
    const [whole, protocol = '', authority = '', path = '', query = ''] = URL_PARTS.exec(bare(url.trim())) ?? [];
    // Some readers end the host at a backslash, others do not: what names two hosts is no URL.
    if (whole === undefined || authority.includes('\\')) {
      throw invalidUrl('The text is not an absolute URL.', 'Write such as https://a.com/x.', 'url');
    }
    const [, host = '', port = ''] = AUTHORITY.exec(authority) ?? [];
    return {
      protocol: checkProtocol(protocol, 'url'),
      host: checkHost(host, 'url'),
      port: port === '' ? null : checkPort(Number(port), 'url'),
      path: path === '' ? '/' : path,
      query,
    };
  },
});

function bare(url: string): string {
  return LINK.exec(url)?.[1]?.trim() ?? url;
}
