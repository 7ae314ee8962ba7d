// `npm run release -- VERSION`: one version in every manifest and wherever else it stands, and a heading in CHANGELOG.md.
// Nothing is committed, tagged or published.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const HOUSE = '@flowdeck/';
const VERSION = /^\d+\.\d+\.\d+(?:-[0-9a-z]+(?:\.[0-9a-z]+)*)?$/;

/** What repeats the version, and how: sources that ship without their manifest, and a page that shows what is printed. */
const REPEATED = [
  ['packages/cli/src/version.ts', (version) => `'${version}'`],
  ['packages/cards/src/pack.ts', (version) => `'${version}'`],
  ['docs/cli.md', (version) => `@flowdeck/cards ${version}`],
];

/** A package outside the workspaces, which readers copy: it follows what it is built on, and has a version of its own. */
const EXAMPLE = 'examples/pack/package.json';

/** The files that have to change, by path, with their new content. Throws an Error that says what to do. */
export function released(
  version,
  today,
  read = (path) => readFileSync(join(root, path), 'utf8'),
  folders = readdirSync(join(root, 'packages')),
) {
  const old = JSON.parse(read('package.json')).version;
  if (!VERSION.test(version ?? ''))
    throw new Error(`"${version ?? ''}" is no version. Give one such as 0.2.0; today's is ${old}.`);
  if (version === old) throw new Error(`${version} is the version already.`);
  const changes = new Map();
  const workspaces = ['package.json', ...folders.sort().map((name) => `packages/${name}/package.json`)];
  for (const path of [...workspaces, EXAMPLE]) {
    const manifest = JSON.parse(read(path));
    if (path !== EXAMPLE) manifest.version = version;
    for (const kind of ['dependencies', 'peerDependencies', 'devDependencies', 'optionalDependencies']) {
      for (const name of Object.keys(manifest[kind] ?? {})) if (name.startsWith(HOUSE)) manifest[kind][name] = version;
    }
    changes.set(path, `${JSON.stringify(manifest, null, 2)}\n`);
  }
  for (const [path, written] of REPEATED) {
    const source = read(path);
    if (source.split(written(old)).length !== 2)
      throw new Error(`${path} should have ${written(old)} once. Correct it first.`);
    changes.set(path, source.replace(written(old), written(version)));
  }
  const log = read('CHANGELOG.md');
  if (!/^## Unreleased\n+(?!## )\S/m.test(log))
    throw new Error('CHANGELOG.md has nothing under "## Unreleased". Say what changes for users.');
  changes.set('CHANGELOG.md', log.replace('## Unreleased\n', `## Unreleased\n\n## ${version} - ${today}\n`));
  return changes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const [version] = process.argv.slice(2);
    const changes = released(version, new Date().toISOString().slice(0, 10));
    for (const [path, content] of changes) writeFileSync(join(root, path), content);
    execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts'], { cwd: root, stdio: 'inherit' });
    execFileSync('npx', ['biome', 'check', '--write', 'package.json', 'packages', EXAMPLE], {
      cwd: root,
      stdio: 'inherit',
    });
    console.log(`${changes.size} files name ${version} now, and the lock file. CONTRIBUTING.md says what comes next.`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
