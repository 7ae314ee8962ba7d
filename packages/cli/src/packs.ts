/** Loads card packs: those that the user names, and the built-in ones that a deck mentions. */
import { type Connection, definePack, FlowdeckError, type Pack } from '@flowdeck/engine';
import { UsageError } from './errors.js';
import type { Io } from './io.js';
import { isAbsolute, join, resolve } from './node.js';

/**
 * The packs of an export `default`, or of every export that is one.
 *
 * @throws UsageError `pack-not-found`, `pack-invalid`.
 */
export async function loadPacks(names: readonly string[], io: Io): Promise<readonly Pack[]> {
  const packs: Pack[] = [];
  for (const name of new Set(names)) packs.push(...(await loadPack(name, io)));
  return packs;
}

/** What says which built-in packs are needed. */
export interface Mention {
  readonly texts: readonly string[];
  readonly connections: Iterable<Connection>;
}

/** The Twilio pack, when something mentions it and no other pack has its name: most flows should not pay for it. */
export async function builtInPacks({ texts, connections }: Mention, others: readonly Pack[]): Promise<readonly Pack[]> {
  const mentioned =
    texts.some((text) => /"twilio[."]/.test(text)) || [...connections].some((each) => each.connector === 'twilio');
  if (!mentioned || others.some((pack) => [pack.namespace].flat().includes('twilio'))) return [];
  // A deck that is the connector itself brings what the pack would bring.
  if (texts.some((text) => /"connector"\s*:\s*\{/.test(text) && /"key"\s*:\s*"twilio"/.test(text))) return [];
  return [(await import('@flowdeck/connector-twilio')).twilio];
}

async function loadPack(name: string, io: Io): Promise<readonly Pack[]> {
  const url = locate(name, io);
  let exports: Readonly<Record<string, unknown>>;
  try {
    exports = await import(url);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw invalid(name, `it cannot be loaded: ${reason}`, 'Run with --trace for the stack.', cause);
  }
  const candidates = isPack(exports['default'])
    ? [exports['default']]
    : [...new Set(Object.values(exports))].filter(isPack);
  if (candidates.length === 0) {
    throw invalid(name, 'no export is a pack', 'Export what definePack of @flowdeck/engine gives, best as default.');
  }
  return candidates.map((pack) => checked(name, pack));
}

/** As a program in the current directory would find it. */
function locate(name: string, { cwd }: Io): string {
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
    const { exports } = require(join(root, 'package.json')) as { exports?: unknown };
    return conditional(exports);
  } catch {
    return null;
  }
}

function conditional(target: unknown): string | null {
  if (typeof target === 'string') return target;
  if (typeof target !== 'object' || target === null) return null;
  const conditions = target as Readonly<Record<string, unknown>>;
  return conditional(conditions['.'] ?? conditions['node'] ?? conditions['import'] ?? conditions['default']);
}

function isPack(value: unknown): value is Pack {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('namespace' in value)) return false;
  return 'version' in value && ('cards' in value || 'connectors' in value);
}

function checked(name: string, pack: Pack): Pack {
  try {
    return definePack(pack);
  } catch (cause) {
    if (cause instanceof FlowdeckError) throw invalid(name, cause.message, cause.hint, cause);
    throw invalid(name, 'its declaration is malformed', 'Declare it with definePack of @flowdeck/engine.', cause);
  }
}

function invalid(name: string, what: string, hint: string | undefined, cause?: unknown): UsageError {
  const message = `The pack ${JSON.stringify(name)} cannot be used: ${what.replace(/\.$/, '')}.`;
  return new UsageError('pack-invalid', message, { ...(hint === undefined ? {} : { hint }), cause });
}
