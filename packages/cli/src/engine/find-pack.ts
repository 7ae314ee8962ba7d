/** Finds the module of a pack as a program in the current directory would find it. */
import { isPlainObject } from '@flowdeck/engine/kit';
import { UsageError } from '../errors.js';
import type { Io } from '../system/io.js';
import { isAbsolute, join, resolve } from '../system/node.js';

/** The URL to import. @throws UsageError `pack-not-found` */
export function findPack(name: string, { cwd }: Io): string {
  const { pathToFileURL } = process.getBuiltinModule('node:url');
  const isPath = name.startsWith('.') || isAbsolute(name) || /^[A-Za-z]:[\\/]/.test(name);
  try {
    // Its CommonJS conditions find the main file of nearly every package; a path is resolved like one in a program.
    return pathToFileURL(requireFrom(cwd).resolve(isPath ? resolve(cwd, name) : name)).href;
  } catch (cause) {
    const module = isPath ? null : esmEntry(name, cwd);
    if (module !== null) return pathToFileURL(module).href;
    throw new UsageError('pack-not-found', `There is no pack ${JSON.stringify(name)}.`, {
      hint: isPath ? 'Paths start at the current directory.' : `Install it here: npm install ${name}`,
      cause,
    });
  }
}

/** Resolves as a program in that directory does. */
function requireFrom(cwd: string): NodeJS.Require {
  return process.getBuiltinModule('node:module').createRequire(join(cwd, 'flowdeck.js'));
}

/** The entry of a package that can only be imported: its `exports` have no answer for `require`. */
function esmEntry(name: string, cwd: string): string | null {
  const require = requireFrom(cwd);
  for (const directory of require.resolve.paths(name) ?? []) {
    const root = join(directory, name);
    const entry = entryOf(root, require);
    if (entry !== null) return join(root, entry);
  }
  return null;
}

function entryOf(root: string, require: NodeJS.Require): string | null {
  try {
    const manifest: unknown = require(join(root, 'package.json'));
    return isPlainObject(manifest) ? entryFor(manifest['exports']) : null;
  } catch {
    return null;
  }
}

/** What an import gets of the target of `exports`, which may hold conditions in conditions. */
function entryFor(target: unknown): string | null {
  if (typeof target === 'string') return target;
  if (!isPlainObject(target)) return null;
  return entryFor(target['.'] ?? target['node'] ?? target['import'] ?? target['default']);
}
