// Parts that share nothing. Each folder that the file loads by import() is built by itself, to dist/<entry>/<folder>.js: whoever loads one
// loads one file, and nothing of the others. The manifest names the file: "flowdeck": { "apart": "src/modules/index.ts" }.
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';

/**
 * Takes the file out of the entries, which are built together.
 *
 * @returns What builds it and its parts. One that is an entry itself is left to the others.
 */
export function apart(file, entries) {
  const [own] = Object.entries(entries).find(([, source]) => source === file);
  delete entries[own];
  const parts = new Map();
  const plugin = {
    name: 'apart',
    setup({ onResolve }) {
      onResolve({ filter: /^\.{1,2}\// }, ({ path, kind }) => {
        if (kind !== 'dynamic-import') return undefined;
        const source = join(dirname(file), path).replace(/\.js$/, '.ts');
        const [entry] = Object.entries(entries).find(([, each]) => each === source) ?? [];
        const name = `${own}/${basename(dirname(source))}`;
        if (entry === undefined) parts.set(name, source);
        return { path: `./${entry ?? name}.js`, external: true };
      });
    },
  };
  return async (options) => {
    await build({ ...options, entryPoints: { [own]: file }, plugins: [plugin] });
    for (const [name, source] of parts) await build({ ...options, entryPoints: { [name]: source } });
  };
}
