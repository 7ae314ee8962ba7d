/** Download: the answer of an address as a file. */
import { defineCard, RunError, type Value, type ValueObject } from '@flowdeck/engine';
import { setOwn } from '@flowdeck/engine/kit';
import { HEADERS, HTTP_ERRORS, QUERY, URL_FIELD } from '../http/fields.js';
import { withQuery } from '../http/query.js';
import { httpSend } from '../http/send.js';
import { filenameOf } from './filename.js';

/** Milliseconds for the exchange. */
const DOWNLOAD_TIMEOUT = 600_000;

export const download = defineCard({
  id: 'files.download',
  title: 'Download',
  description: 'Reads an address and keeps the answer as a file. A status outside 2xx is an error, as with Get.',
  kind: 'effect',
  named: true,
  inputs: [
    URL_FIELD,
    {
      key: 'method',
      type: 'text',
      label: 'HTTP Method',
      description: 'GET, unless the service wants another one.',
      required: true,
      default: 'GET',
    },
    QUERY,
    HEADERS,
    {
      key: 'filename',
      type: 'text',
      label: 'File Name',
      description: 'Empty: the name that the answer gives, else the last part of the address.',
    },
  ],
  extraInputs: {
    type: 'any',
    description: 'Further headers as "headers/NAME", and parameters of the query as "query/NAME".',
  },
  outputs: [
    { key: 'file', type: 'file', label: 'File Content', description: 'The file.' },
    { key: 'filename', type: 'text', label: 'Filename', description: 'Its name.' },
    { key: 'size', type: 'number', label: 'Size', description: 'Bytes.' },
    { key: 'created', type: 'date', label: 'Created At', description: 'When it was kept.' },
  ],
  timeoutMs: DOWNLOAD_TIMEOUT,
  errors: {
    ...HTTP_ERRORS,
    'http-method': 'The method is not a word.',
    'unknown-input': 'An extra input begins neither with "headers/" nor with "query/".',
    limit: 'The file is larger than the file store takes.',
  },
  traits: { requests: 'url' },
  examples: [
    { in: { url: 'https://files.example.com/download', 'query/filename': 'report.pdf' } },
    { title: 'A stray input', in: { url: 'https://files.example.com/', stray: 1 }, error: 'unknown-input' },
  ],
  addresses: [
    {
      address: 'root:channels:http:filefunctions:0.0.1:largeDownload',
      in: { 'Location/URL': 'url' },
      out: { 'File/File Content': 'file', 'File/Filename': 'filename', 'File/Size': 'size' },
      lacks: { in: ['method', 'query', 'headers', 'filename'], out: ['created'] },
    },
    // Inferred; not seen in a file of the vendor.
    {
      address: 'root:channels:http:filefunctions:0.0.1:download',
      in: { URL: 'url', 'HTTP Method': 'method', Query: 'query', Headers: 'headers', 'File Name': 'filename' },
      out: { 'File Content': 'file', 'File Name': 'filename', 'Created At': 'created', 'File Size': 'size' },
      extraGroup: null,
    },
  ],
  run: async ({ url, method, query, headers, filename }, extra, ctx) => {
    const further = headersAndQuery(extra);
    const response = await httpSend(
      {
        method,
        url: withQuery(url.trim(), query),
        query: further.query,
        headers: { ...headers, ...further.headers },
        body: null,
        defaults: {},
        followRedirects: true,
      },
      ctx,
    );
    const mediaType = response.headers['content-type'];
    const name = filename?.trim() || filenameOf(response);
    const file = await ctx.files.put({ name, ...(mediaType === undefined ? {} : { mediaType }) }, response.body);
    return { file, filename: name, size: file.size, created: new Date(ctx.clock.now()) };
  },
});

/** Extra inputs by their group. */
function headersAndQuery(extra: ValueObject): { readonly headers: ValueObject; readonly query: ValueObject } {
  const groups: Record<'headers' | 'query', { [key: string]: Value }> = { headers: {}, query: {} };
  for (const [name, value] of Object.entries(extra)) {
    const slash = name.indexOf('/');
    // Groups of the product's own card are named "Headers" and "Query".
    const group = slash < 0 ? '' : name.slice(0, slash).toLowerCase();
    if (group !== 'headers' && group !== 'query') throw stray(name);
    setOwn(groups[group], name.slice(slash + 1), value);
  }
  return groups;
}

function stray(name: string): RunError {
  return new RunError('unknown-input', `Download has no input "${name.slice(0, 60)}".`, {
    at: { field: name.slice(0, 60) },
    hint: 'Name it "headers/NAME" or "query/NAME", or correct the name.',
  });
}
