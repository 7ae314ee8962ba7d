/** Which addresses count as public. */
import { isIPv4 } from 'node:net';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { addressCheck } from './addresses.js';

const check = addressCheck();

/** One address inside each range, by the words that an error uses for it. */
const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  unspecified: ['0.0.0.0', '0.1.2.3', '::', '0:0:0:0:0:0:0:0'],
  loopback: ['127.0.0.1', '127.255.255.254', '::1', '0000:0000:0000:0000:0000:0000:0000:0001'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', 'fc00::1', 'fd00:ec2::254', 'fdff::1'],
  'shared carrier': ['100.64.0.1', '100.127.255.255', '100.100.100.200'],
  'link-local': ['169.254.169.254', '169.254.0.1', 'fe80::1', 'fe80::1%eth0', 'febf::1'],
  'cloud platform': ['168.63.129.16'],
  documentation: ['192.0.2.1', '198.51.100.7', '203.0.113.255', '2001:db8::1', '3fff::1'],
  benchmarking: ['198.18.0.1', '198.19.255.255'],
  multicast: ['224.0.0.1', '239.255.255.255', 'ff02::1'],
  reserved: [
    '240.0.0.1',
    '255.255.255.255',
    '192.0.0.192',
    '192.88.99.1',
    '2001::1',
    '100::1',
    '::2',
    '::7f00:1',
    '4000::1',
    'fec0::1',
  ],
  'not an IP address': ['', 'localhost', '127.1', '0x7f000001', '2130706433', '1.2.3.4.5', ':::', '1.2.3.4/8'],
};

for (const [kind, addresses] of Object.entries(SPECIAL)) {
  test(`${kind} addresses are refused and told by that name`, () => {
    for (const address of addresses) {
      assert.match(check(address) ?? 'public', kind, address);
    }
  });
}

test('public addresses pass', () => {
  const open = ['1.1.1.1', '8.8.8.8', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255'];
  open.push('128.0.0.1', '169.253.255.255', '172.15.255.255', '172.32.0.0', '192.167.255.255', '198.17.255.255');
  open.push('198.20.0.0', '223.255.255.255', '2606:4700::1111', '2a00:1450::1', '2001:4860:4860::8888');
  open.push('::ffff:8.8.8.8', '64:ff9b::8.8.8.8', '2002:808:808::1');
  for (const address of open) assert.is(check(address), null, address);
});

test('an embedded IPv4 address is judged like the bare one', () => {
  const octet = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(fc.tuple(octet, octet, octet, octet), (parts) => {
      const bare = parts.join('.');
      const [high, low] = [parts[0] * 256 + parts[1], parts[2] * 256 + parts[3]].map((group) => group.toString(16));
      const expected = check(bare);
      for (const wrapped of [`::ffff:${bare}`, `::FFFF:${high}:${low}`, `64:ff9b::${bare}`, `2002:${high}:${low}::1`]) {
        assert.is(check(wrapped), expected, wrapped);
      }
    }),
    { examples: [[[127, 0, 0, 1]], [[10, 1, 2, 3]], [[169, 254, 169, 254]], [[255, 255, 255, 255]], [[8, 8, 8, 8]]] },
  );
});

test('every notation of a number that a URL takes ends in the same refusal', () => {
  const notations = ['2130706433', '0x7f000001', '017700000001', '127.1', '0177.0.0.1', '0x7f.0.0.1', '127.0.0.1.'];
  for (const notation of notations) {
    const { hostname } = new URL(`http://${notation}/`);
    assert.ok(isIPv4(hostname), notation);
    assert.match(check(hostname) ?? 'public', 'loopback', notation);
  }
});

test.run();
