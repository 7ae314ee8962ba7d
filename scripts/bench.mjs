// Builds what the benchmarks measure, bundles the benchmarks, and runs them on plain node: no loader between them and the engine.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
// Inside node_modules, so that the bundles find the built packages as any dependent would.
const folder = join(root, 'node_modules/.cache/flowdeck-bench');

/** True when the package and all that it depends on could be built. Reports on stderr: stdout is for results. */
function buildPackage(name) {
  const turbo = join(root, 'node_modules/.bin/turbo');
  const { status } = spawnSync(turbo, ['run', 'build', `--filter=${name}`, '--output-logs=errors-only'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  return status === 0;
}

if (!buildPackage('@flowdeck/cards') || !buildPackage('@flowdeck/host')) {
  process.stderr.write('The engine and its cards could not be built, so there is nothing to measure.\n');
  process.exit(1);
}
if (!buildPackage('@flowdeck/cli')) process.stderr.write('The command could not be built; W7 takes what is there.\n');

rmSync(folder, { recursive: true, force: true });
const programs = readdirSync(join(root, 'bench')).filter((name) => name.endsWith('.ts'));
await build({
  entryPoints: programs.map((name) => join(root, 'bench', name)),
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.18',
  packages: 'external',
  // The repository's own settings lead to the sources of the packages; what is measured is what is shipped.
  tsconfigRaw: '{}',
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, [join(folder, 'main.mjs'), folder, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
