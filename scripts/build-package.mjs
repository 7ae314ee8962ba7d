// Builds the package in the current folder: one bundled ES module per entry point (fewer files load faster),
// and declaration files beside it. Dependencies stay outside the bundle.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** "./dist/http.js" with types "./dist/types/http/index.d.ts" is built from "src/http/index.ts". */
function entryPoints() {
  const entries = {};
  const targets = [...Object.values(manifest.exports ?? {}), ...(manifest.flowdeck?.build ?? [])];
  for (const target of targets) {
    if (typeof target !== 'object' || !target.default?.startsWith('./dist/')) continue;
    const source = target.types.replace('./dist/types/', 'src/').replace(/\.d\.ts$/, '.ts');
    entries[target.default.replace('./dist/', '').replace(/\.js$/, '')] = source;
  }
  for (const target of Object.values(manifest.bin ?? {})) {
    const name = target.replace('./dist/', '').replace(/\.js$/, '');
    entries[name] = `src/${name}.ts`;
  }
  return entries;
}

rmSync('dist', { recursive: true, force: true });
if (existsSync('scripts/prebuild.mjs')) execFileSync(process.execPath, ['scripts/prebuild.mjs'], { stdio: 'inherit' });

await build({
  entryPoints: entryPoints(),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: manifest.name === '@flowdeck/engine' ? 'neutral' : 'node',
  target: 'node20.18',
  packages: 'external',
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'none',
  logLevel: 'warning',
});
execFileSync(process.execPath, [resolve(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
