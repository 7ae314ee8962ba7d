/** Download and Info, against an HTTP port that answers from memory. */
import {
  type CardContext,
  FileRef,
  FlowdeckError,
  type HttpRequest,
  memoryFiles,
  type ValueObject,
} from '@flowdeck/engine';
import { fakeContext, ManualClock, runCard } from '@flowdeck/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { download } from './download.js';
import { filenameOf } from './filename.js';
import { info } from './info.js';

const AT = Date.parse('2024-05-01T09:00:00Z');

function world(answer: { status?: number; headers?: Record<string, string>; body?: string } = {}) {
  const requests: HttpRequest[] = [];
  const clock = new ManualClock({ start: AT });
  const http = {
    async request(request: HttpRequest) {
      requests.push(request);
      const { status = 200, headers = {}, body = '' } = answer;
      return { status, statusText: '', headers, body: new TextEncoder().encode(body), url: request.url };
    },
  };
  const files = memoryFiles(clock, { fileBytes: 100 });
  return { requests, files, ctx: fakeContext({ http, files, clock }) };
}

async function downloaded(ctx: CardContext, inputs: ValueObject): Promise<ValueObject & { file: FileRef }> {
  return (await runCard(download, inputs, ctx)) as ValueObject & { file: FileRef };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    assert.instance(error, FlowdeckError);
    return (error as FlowdeckError).code;
  }
  throw new Error('Nothing failed.');
}

test('the answer is kept as a file, and Info tells of it', async () => {
  const { ctx } = world({ headers: { 'content-type': 'text/csv' }, body: 'a,b\n' });
  const { file, ...rest } = await downloaded(ctx, { url: 'https://files.test/reports/may.2024.csv?x=1' });
  assert.equal(rest, { filename: 'may.2024.csv', size: 4, created: new Date(AT) });
  assert.is(file.mediaType, 'text/csv');
  assert.equal(await runCard(info, { file }, ctx), {
    filename: 'may.2024.csv',
    extension: 'csv',
    size: 4,
    created: new Date(AT),
    updated: new Date(AT),
  });
});

test('headers and query come as objects, and one by one', async () => {
  const { ctx, requests } = world();
  await downloaded(ctx, {
    url: ' https://files.test/download?a=1 ',
    query: { b: 2 },
    headers: { Accept: 'image/png' },
    'query/filename': 'foo bar.txt',
    'headers/Authorization': 'Bearer x',
    'query/__proto__': 'own',
  });
  assert.is(requests[0]?.url, 'https://files.test/download?a=1&b=2&filename=foo%20bar.txt&__proto__=own');
  assert.equal(requests[0]?.headers, { Accept: 'image/png', Authorization: 'Bearer x' });
  assert.is(await codeOf(downloaded(ctx, { url: 'https://files.test/', query1: 2 })), 'unknown-input');
  assert.is(requests.length, 1, 'nothing is sent when an input is a stray');
});

test('the name is the one given, else what the answer says, else the end of the address', () => {
  const named = (disposition: string, url = 'https://files.test/a/b.txt') =>
    filenameOf({ headers: disposition === '' ? {} : { 'content-disposition': disposition }, url });
  assert.is(named(''), 'b.txt');
  assert.is(named('', 'https://files.test/'), 'download');
  assert.is(named('', 'https://files.test/caf%C3%A9.txt'), 'café.txt');
  assert.is(named('', 'https://files.test/%E0%A4'), '%E0%A4');
  assert.is(named('attachment; filename=c.txt'), 'c.txt');
  assert.is(named('attachment; filename="c \\"d\\".txt"'), 'c "d".txt');
  assert.is(named(`attachment; filename="x"; filename*=UTF-8''%e2%82%ac.txt`), '€.txt');
  for (const evil of ['"../../etc/passwd"', '"..\\\\..\\\\passwd"', `"/passwd"`]) {
    assert.is(named(`attachment; filename=${evil}`), 'passwd', evil);
  }
  assert.is(named('attachment; filename=".."'), 'b.txt');
  assert.is(named('attachment; filename="a\u0000\u001bb"'), 'ab');
  assert.is(named(`attachment; filename=${'x'.repeat(1000)}`).length, 255);
});

test('a status outside 2xx, a file that is too large, and a file that is not there', async () => {
  assert.is(await codeOf(downloaded(world({ status: 404 }).ctx, { url: 'https://files.test/' })), 'http-status');
  assert.is(await codeOf(downloaded(world({ body: 'x'.repeat(101) }).ctx, { url: 'https://files.test/' })), 'limit');
  const gone = new FileRef('file-9', 'a.txt');
  assert.is(await codeOf(Promise.resolve(runCard(info, { file: gone }, world().ctx))), 'file-missing');
});

test('what follows the last dot is the extension', async () => {
  const { ctx, files } = world();
  for (const [name, extension] of [
    ['a.tar.gz', 'gz'],
    ['README', ''],
    ['.profile', ''],
    ['a.', ''],
    ['a.B', 'B'],
  ] as const) {
    const file = await files.put({ name }, new Uint8Array());
    const outputs = await runCard(info, { file }, ctx);
    assert.is((outputs as { extension: unknown }).extension, extension, name);
  }
});

test.run();
