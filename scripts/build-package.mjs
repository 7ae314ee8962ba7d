// Builds the package in the current folder: one bundled ES module per entry point (fewer files load faster),
// and the declaration files that they need beside it. Dependencies stay outside the bundle; devDependencies that the
// sources import become part of it.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { apart } from './build/apart.mjs';
import { together } from './build/together.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** "./dist/http.js" with types "./dist/types/http-port/index.d.ts" is built from "src/http-port/index.ts". */
function entryPoints() {
  const entries = {};
  const targets = [...Object.values(manifest.exports ?? {}), ...(manifest.flowdeck?.build ?? [])];
  for (const target of targets) {
    if (typeof target !== 'object' || !target.default?.startsWith('./dist/')) continue;
    const source = target.types.replace('./dist/types/', 'src/').replace(/\.d\.ts$/, '.ts');
    entries[target.default.replace('./dist/', '').replace(/\.js$/, '')] = source;
  }
  return entries;
}

rmSync('dist', { recursive: true, force: true });
if (existsSync('scripts/prebuild.mjs')) execFileSync(process.execPath, ['scripts/prebuild.mjs'], { stdio: 'inherit' });

/** What a page may load is built for no platform: libraries in their form for browsers, and Node's modules named as such. */
const FOR_PAGES = ['@flowdeck/engine', '@flowdeck/cards'];
const platform = FOR_PAGES.includes(manifest.name)
  ? { platform: 'neutral', mainFields: ['browser', 'module', 'main'] }
  : { platform: 'node' };

const options = {
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  ...platform,
  target: 'node20.18',
  external: [
    'node:*',
    ...Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }).flatMap((name) => [name, `${name}/*`]),
  ],
  define: { 'process.env.NODE_ENV': '"production"' },
  // Names and lines stay: they are what a stack trace is read by, and Node prints the whole line that an error comes from.
  minifySyntax: true,
  lineLimit: 160,
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
};
const entries = entryPoints();
const { apart: loader, together: groups } = manifest.flowdeck ?? {};
const buildApart = loader ? apart(loader, entries) : null;
await build({ ...options, entryPoints: entries, ...(groups ? await together(groups, options) : {}) });
await buildApart?.(options);
tsc(['-p', 'tsconfig.build.json']);
dropUnreachable(Object.values(manifest.exports ?? {}).flatMap(({ types }) => types ?? []));

/** Declarations of internals that no public declaration leads to only make the package larger. The compiler says which it reads. */
function dropUnreachable(entries) {
  const options = ['--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023,webworker'];
  const listed = tsc(['--listFilesOnly', '--ignoreConfig', ...options, ...entries]);
  const reached = new Set(listed.split('\n').map((file) => resolve(file)));
  for (const entry of readdirSync('dist/types', { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !reached.has(resolve(file))) rmSync(file);
  }
}

/** What the compiler prints; its errors end the build. */
function tsc(args) {
  const compiler = resolve(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, ...args], { encoding: 'utf8' });
  if (status === 0) return stdout;
  console.error(stdout + stderr);
  process.exit(1);
}
