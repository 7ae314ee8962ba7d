// Groups of files that become one file each. A module costs a process half a millisecond, and esbuild makes one of every set of files that the same
// entries reach: the command had thirty. The manifest names, group by group, files of which all that they import statically is loaded with them:
// "flowdeck": { "together": [["src/main.ts"], ["src/commands/run.ts"]] }. What two groups need is of the first.
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

/** Options of esbuild by which whoever outside a group imports a file of it imports the whole of it, so that the same entries reach all of it. */
export async function together(groups, options) {
  const groupOf = await filesOf(groups, options);
  const plugin = {
    name: 'together',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.{1,2}\// }, ({ path, importer, namespace }) => {
        if (namespace !== 'file') return undefined;
        const target = groupOf.get(sourceOf(join(dirname(relative(process.cwd(), importer)), path)));
        if (target === undefined || target === groupOf.get(relative(process.cwd(), importer))) return undefined;
        return { path: `together-${target}`, namespace: 'together' };
      });
      onLoad({ filter: /./, namespace: 'together' }, ({ path }) => {
        const files = [...groupOf].filter(([, group]) => path === `together-${group}`);
        // No name of a package stands for two things, so that none of these hides another; a test holds that.
        const contents = files.map(([file]) => `export * from ${JSON.stringify(`./${file}`)};`).join('\n');
        return { contents, resolveDir: process.cwd() };
      });
    },
  };
  // Else files of a group of which an entry uses no name would not be reached by it.
  return { plugins: [plugin], ignoreAnnotations: true };
}

/** The group of each source file that is in one. */
async function filesOf(groups, options) {
  const { metafile } = await build({ ...options, entryPoints: groups.flat(), write: false, metafile: true });
  const groupOf = new Map();
  for (const [group, entries] of groups.entries()) {
    const found = [...entries];
    for (let file = found.pop(); file !== undefined; file = found.pop()) {
      if (groupOf.has(file) || !(file in metafile.inputs) || !file.startsWith('src/')) continue;
      groupOf.set(file, group);
      const { imports } = metafile.inputs[file];
      found.push(...imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => path));
    }
  }
  return groupOf;
}

function sourceOf(path) {
  return path.replace(/\.js$/, '.ts');
}
