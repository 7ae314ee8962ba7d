// `npm run release -- VERSION`: one version in every manifest and wherever else it stands, and a heading in CHANGELOG.md.
// Nothing is committed, tagged or published.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const HOUSE = '@flowdeck/';
const VERSION = /^\d+\.\d+\.\d+(?:-[0-9a-z]+(?:\.[0-9a-z]+)*)?$/;

/** Sources that repeat the version, because they ship without their manifest. */
const REPEATED = ['packages/cli/src/version.ts', 'packages/cards/src/index.ts'];

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
  for (const path of ['package.json', ...folders.sort().map((name) => `packages/${name}/package.json`)]) {
    const manifest = JSON.parse(read(path));
    manifest.version = version;
    for (const kind of ['dependencies', 'peerDependencies', 'devDependencies', 'optionalDependencies']) {
      for (const name of Object.keys(manifest[kind] ?? {})) if (name.startsWith(HOUSE)) manifest[kind][name] = version;
    }
    changes.set(path, `${JSON.stringify(manifest, null, 2)}\n`);
  }
  for (const path of REPEATED) {
    const source = read(path);
    if (source.split(`'${old}'`).length !== 2)
      throw new Error(`${path} should name the version '${old}' once. Correct it first.`);
    changes.set(path, source.replace(`'${old}'`, `'${version}'`));
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
    execFileSync('npx', ['biome', 'check', '--write', 'package.json', 'packages'], { cwd: root, stdio: 'inherit' });
    console.log(`${changes.size} files name ${version} now, and the lock file. CONTRIBUTING.md says what comes next.`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
