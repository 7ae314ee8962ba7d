// One version everywhere, and a release that changes all of it or nothing.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { released } from './release.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const read = (path) => readFileSync(join(root, path), 'utf8');
const HOME = 'https://github.com/flowdeck/flowdeck';
const folders = readdirSync(join(root, 'packages')).sort();
const { version } = JSON.parse(read('package.json'));

/** What of a manifest is not as it should be. */
function faultsOf(manifest, folder) {
  const faults = [];
  const expect = (what, holds) => holds || faults.push(`${manifest.name}: ${what}`);
  expect(`version is ${manifest.version}, not ${version}`, manifest.version === version);
  for (const kind of ['dependencies', 'peerDependencies', 'devDependencies']) {
    for (const [name, range] of Object.entries(manifest[kind] ?? {}))
      if (name.startsWith('@flowdeck/')) expect(`${kind} has ${name} at ${range}, not ${version}`, range === version);
  }
  expect('the repository is not said', manifest.repository?.url === `git+${HOME}.git`);
  expect('its folder is not said', manifest.repository?.directory === folder);
  expect('bugs', manifest.bugs === `${HOME}/issues`);
  expect('homepage', manifest.homepage === (folder ? `${HOME}/tree/main/${folder}#readme` : `${HOME}#readme`));
  expect('keywords', (manifest.keywords ?? []).length >= 3);
  expect('author', manifest.author === 'The Flowdeck authors');
  expect('description and licence', Boolean(manifest.description) && manifest.license === 'MIT');
  return faults;
}

test('every manifest has the one version, and says where it comes from', () => {
  const faults = folders.flatMap((name) =>
    faultsOf(JSON.parse(read(`packages/${name}/package.json`)), `packages/${name}`),
  );
  assert.equal([...faultsOf(JSON.parse(read('package.json')), undefined), ...faults], []);
  const wrong = { ...JSON.parse(read('packages/lint/package.json')), version: '9.9.9', bugs: undefined };
  assert.equal(faultsOf(wrong, 'packages/lint'), [
    `@flowdeck/lint: version is 9.9.9, not ${version}`,
    '@flowdeck/lint: bugs',
  ]);
});

test('a release names the new version wherever the old one stood', () => {
  const changes = released('99.1.0', '2031-02-03', (path) =>
    path === 'CHANGELOG.md' ? '# Changes\n\n## Unreleased\n\n- A card\n' : read(path),
  );
  for (const name of folders) {
    const manifest = JSON.parse(changes.get(`packages/${name}/package.json`));
    assert.is(manifest.version, '99.1.0');
    const house = Object.entries({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.peerDependencies,
    });
    for (const [other, range] of house)
      if (other.startsWith('@flowdeck/')) assert.is(range, '99.1.0', `${name}: ${other}`);
  }
  const example = JSON.parse(changes.get('examples/pack/package.json'));
  assert.is(example.version, JSON.parse(read('examples/pack/package.json')).version);
  assert.is(example.peerDependencies['@flowdeck/engine'], '99.1.0');
  assert.match(changes.get('docs/cli.md'), '@flowdeck/cards 99.1.0');
  assert.match(changes.get('packages/cli/src/version.ts'), "'99.1.0'");
  assert.match(changes.get('packages/cards/src/pack.ts'), "version: '99.1.0'");
  assert.is(changes.get('CHANGELOG.md'), '# Changes\n\n## Unreleased\n\n## 99.1.0 - 2031-02-03\n\n- A card\n');
});

test('a release that cannot be is refused, with the reason', () => {
  const refused = (wanted, message, reading = read) =>
    assert.throws(() => released(wanted, '2031-02-03', reading), message);
  refused(undefined, `today's is ${version}`);
  refused('v1', '"v1" is no version');
  refused(version, 'is the version already');
  refused('99.1.0', 'has nothing under', (path) =>
    path === 'CHANGELOG.md' ? '## Unreleased\n\n## 0.1.0\n' : read(path),
  );
  refused('99.1.0', "should have '", (path) => (path.endsWith('version.ts') ? '' : read(path)));
});

test.run();
