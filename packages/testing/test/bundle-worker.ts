/** Worker programs that start in a moment: the contract starts each some fifty times. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/** A folder from which the packages of the workspace are found. */
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url));

/** The program as one file, with our sources in it; what is `external` stays outside. */
export function bundledWorker(program: URL, external: readonly string[]): string {
  mkdirSync(CACHE, { recursive: true });
  const dir = mkdtempSync(join(CACHE, 'worker-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  const file = fileURLToPath(program);
  const outfile = join(dir, basename(file).replace(/\.ts$/, '.mjs'));
  buildSync({
    entryPoints: [file],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    external: [...external],
    // What is CommonJS inside asks for the modules of Node in its own way.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return outfile;
}
