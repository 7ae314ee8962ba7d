/** The patterns of allowHosts. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { allowedHosts } from './allow.js';

function allows(pattern: string, host: string, port = 80): boolean {
  return allowedHosts([pattern])(host, port);
}

test('a host without a port is allowed at every port', () => {
  assert.ok(allows('db.internal', 'db.internal', 80));
  assert.ok(allows('db.internal', 'db.internal', 5432));
  assert.not.ok(allows('db.internal', 'x.db.internal'));
  assert.not.ok(allows('db.internal', 'internal'));
});

test('a host with a port is allowed at that port only', () => {
  assert.ok(allows('localhost:8080', 'localhost', 8080));
  assert.not.ok(allows('localhost:8080', 'localhost', 8081));
  assert.ok(allows('localhost:80', 'localhost', 80));
  assert.not.ok(allows('localhost:80', 'localhost', 443));
});

test('names compare without case and final dot, in punycode', () => {
  assert.ok(allows('LocalHost', 'localhost.'));
  assert.ok(allows('bücher.test', 'xn--bcher-kva.test'));
});

test('a wildcard covers subdomains at any depth, not the domain, and no look-alike', () => {
  assert.ok(allows('*.example.test', 'a.example.test'));
  assert.ok(allows('*.example.test', 'a.b.example.test'));
  assert.not.ok(allows('*.example.test', 'example.test'));
  assert.not.ok(allows('*.example.test', 'badexample.test'));
  assert.not.ok(allows('*.example.test:81', 'a.example.test', 80));
});

test('addresses are allowed in any spelling, but not through another embedding', () => {
  assert.ok(allows('127.1', '127.0.0.1'));
  assert.ok(allows('[0:0::1]:3000', '[::1]', 3000));
  assert.ok(allows('::1', '::1'));
  assert.not.ok(allows('127.0.0.1', '::ffff:7f00:1'));
});

test('http-options: what is no host is refused at once', () => {
  const faulty = [
    '',
    '*',
    '*.',
    '*.*',
    '*:80',
    'http://a.test',
    'a.test/',
    'a:99999',
    'a:b',
    'u@a',
    '*.1.2.3.4',
    'a b',
    '%',
  ];
  for (const pattern of faulty) {
    assert.throws(
      () => allowedHosts([pattern]),
      (error: { code?: string; hint?: string }) => error.code === 'http-options' && error.hint !== undefined,
      pattern,
    );
  }
});

test.run();
