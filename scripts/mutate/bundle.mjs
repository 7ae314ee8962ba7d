// One program of everything that may kill a mutant: the instrumented engine, the packages that use it, cases and unit tests.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Tests that start workers of their own, which have no mutants. */
const APART = /^(?:kill|kill-flow|contract)\.test\.ts$/;

/**
 * Bundles the program, from the sources of all packages.
 *
 * @param root The folder of the repository.
 * @param subject One of `SUBJECTS`.
 * @param sources Text in place of that of a file, by path.
 * @param outdir Where it is written; below `root`, so that dependencies are found.
 * @returns The path of its entry, which exports `checks`.
 */
export async function bundleProgram(root, { tests, isDurable }, sources, outdir) {
  const imports = tests.flatMap((folder) => {
    const path = join(root, 'packages', folder);
    return readdirSync(path, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.test.ts') && !APART.test(name))
      .sort()
      .map(
        (name) =>
          `await unit(${JSON.stringify(`${folder}/${name}`)}, () => import(${JSON.stringify(join(path, name))}));`,
      );
  });
  const entry = `
    import { unit, cases } from ${JSON.stringify(join(import.meta.dirname, 'checks.mjs'))};
    ${imports.join('\n')}
    export const checks = cases(${isDurable});
  `;
  await build({
    stdin: { contents: entry, resolveDir: root, sourcefile: 'program.mjs' },
    outfile: undefined,
    outdir,
    entryNames: 'program',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.18',
    packages: 'external',
    outExtension: { '.js': '.mjs' },
    sourcemap: false,
    logLevel: 'error',
    plugins: [{ name: 'mutants', setup: (hooks) => replace(hooks, root, sources) }],
  });
  return join(outdir, 'program.mjs');
}

function replace(hooks, root, sources) {
  const entries = houseEntries(root);
  hooks.onResolve({ filter: /^@flowdeck\// }, ({ path }) => {
    const source = entries.get(path);
    return source === undefined ? undefined : { path: source };
  });
  // Unit tests hand their tests over one by one, so that only those that reach a mutant have to run.
  hooks.onResolve({ filter: /^uvu$/ }, () => ({ path: join(import.meta.dirname, 'uvu.mjs') }));
  hooks.onLoad({ filter: /\.ts$/ }, ({ path }) => {
    const contents = sources.get(path) ?? readFileSync(path, 'utf8');
    // Sources find their neighbours by their own place, which is not that of the bundle.
    return { contents: contents.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'ts' };
  });
}

/** The doors of all packages, each with the source that it is built from. */
function houseEntries(root) {
  const entries = new Map();
  for (const name of readdirSync(join(root, 'packages'))) {
    const folder = join(root, 'packages', name);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const [door, target] of Object.entries(manifest.exports ?? {})) {
      if (typeof target !== 'object' || target.types === undefined) continue;
      const source = target.types.replace('./dist/types/', 'src/').replace(/\.d\.ts$/, '.ts');
      entries.set(`${manifest.name}${door.slice(1)}`, resolve(folder, source));
    }
  }
  return entries;
}
