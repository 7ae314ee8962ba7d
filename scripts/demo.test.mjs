// The demo of `npm start` does what it shows, tells no secret, and leaves nothing to the network.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as simulated from '@flowdeck/conformance/twilio';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { blocksOf } from './reading/markdown.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Loaded before the program: a connection to anywhere but this machine ends the process. */
const GUARD = `data:text/javascript,${encodeURIComponent(`
  import net from 'node:net';
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (...args) {
    const { path, host = 'localhost' } = [args[0]].flat()[0];
    if (!path && !['127.0.0.1', '::1', 'localhost'].includes(host)) {
      console.error('It would have left this machine: ' + host);
      process.exit(97);
    }
    return connect.apply(this, args);
  };
`)}`;

function run(...args) {
  return spawnSync(process.execPath, ['--import', GUARD, ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '0' },
    timeout: 60_000,
  });
}

/** Texts that must not be shown, in the forms in which they travel. */
function secrets() {
  const { TWILIO_AUTH_TOKEN, TWILIO_STANDARD_KEY, TWILIO_MAIN_KEY, TWILIO_ACCOUNT_SID } = simulated;
  const credentials = [
    [TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN],
    [TWILIO_STANDARD_KEY.sid, TWILIO_STANDARD_KEY.secret],
    [TWILIO_MAIN_KEY.sid, TWILIO_MAIN_KEY.secret],
  ];
  return credentials.flatMap(([name, secret]) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
    Buffer.from(`${name}:${secret}`).toString('base64'),
  ]);
}

test('the guard ends a program that reaches for the network', () => {
  const outside = "import('node:https').then(({ get }) => get('https://192.0.2.1/').on('error', () => {}))";
  const child = run('-e', outside);
  assert.is(child.status, 97, child.stderr);
});

test('npm start sends three messages, is refused one, answers who writes back, and shows no secret', () => {
  if (!existsSync(join(root, 'packages/cli/dist/index.js'))) {
    console.log('SKIPPED: the demo (packages/cli is not built; run "npm run build")');
    return;
  }
  const child = run('scripts/demo.mjs');
  const output = child.stdout + child.stderr;
  assert.is(child.status, 0, output);

  const result = JSON.parse(/^\{$[\s\S]*?^\}$/m.exec(child.stdout)?.[0] ?? 'null');
  assert.is(result?.sent, 3);
  assert.is(result.failed, 1);
  const rejected = result.report.filter((entry) => entry.status === 'rejected');
  assert.is(rejected.length, 1);
  assert.is(rejected[0].sid, '');
  assert.match(rejected[0].why, /not a valid phone number/);

  const arrived = child.stdout.slice(child.stdout.indexOf('# What arrived'));
  const sids = [...arrived.matchAll(/^ +\+\d+ +\w+ +(SM[0-9a-f]{32}) /gm)].map(([, sid]) => sid);
  assert.equal(
    sids,
    result.report.filter((entry) => entry.sid !== '').map((entry) => entry.sid),
    'what the flow reports is what the service got',
  );
  assert.is(sids.length, 3);
  assert.match(child.stdout, /cannot sign: 401/);

  // What README.md shows of it is so.
  const shown = blocksOf(readFileSync(join(root, 'README.md'), 'utf8'), 'text').filter((text) => /^# What/.test(text));
  assert.is(shown.length, 2);
  for (const text of shown) assert.ok(child.stdout.includes(text), child.stdout);

  for (const secret of secrets()) assert.not.ok(output.includes(secret), 'a secret is shown');
  assert.not.match(output, /Basic [A-Za-z0-9+/]{8}/);
});

test.run();
