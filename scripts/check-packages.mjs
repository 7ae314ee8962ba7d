// Every package as npm would publish it: publint, a types check of its exports, and nothing in the tarball that does not belong.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const allowed = [
  /^dist\//,
  /^bin\//,
  /^schema\//,
  /^cases\//,
  /^flows\//,
  /^connector\.json$/,
  /^icon\.svg$/,
  /^tests\/.*\.test\.json$/,
  /^package\.json$/,
  /^README\.md$/,
  /^LICENSE$/,
  /^NOTICE\.md$/,
];
const forbidden = [/\.test\.(?!json$)/, /\/testing\//, /\.tsbuildinfo$/];
const bin = (name) => resolve('node_modules/.bin', name);
let failed = false;

for (const name of readdirSync('packages').sort()) {
  const folder = join('packages', name);
  const packed = mkdtempSync(join(tmpdir(), 'flowdeck-pack-'));
  try {
    const [tarball] = JSON.parse(
      execFileSync('npm', ['pack', '--json', '--pack-destination', packed], {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
    const paths = tarball.files.map((file) => file.path);
    for (const path of paths) {
      if (!allowed.some((pattern) => pattern.test(path)) || forbidden.some((pattern) => pattern.test(path)))
        fail(`${name}: "${path}" does not belong in the package.`);
    }
    for (const needed of ['README.md', 'LICENSE', 'dist/index.js'])
      if (!paths.includes(needed)) fail(`${name}: "${needed}" is missing from the package.`);
    const file = join(packed, tarball.filename);
    run(bin('publint'), ['run', file, '--strict'], name);
    run(bin('attw'), [file, '--profile', 'esm-only', '--no-color'], name);
  } finally {
    rmSync(packed, { recursive: true, force: true });
  }
}
process.exitCode = failed ? 1 : 0;

function run(command, args, name) {
  const result = spawnSync(command, args, { encoding: 'utf8' });
  if (result.status !== 0) fail(`${name}:\n${result.stdout}${result.stderr}`);
}

function fail(message) {
  console.error(message);
  failed = true;
}
