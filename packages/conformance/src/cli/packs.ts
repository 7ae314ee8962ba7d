/** Loads the packs that the command line names. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { connectorPack, isConnectorDirectory, isConnectorFile } from '@flowdeck/connect/node';
import { FlowdeckError, type Pack } from '@flowdeck/engine';
import type { ConformanceCode } from '../codes.js';

/**
 * Imports a pack: a module by path, or a package that is installed where the command runs. The pack is the module's
 * default export, or its only export that is one. A connector that is a directory is a pack, too.
 *
 * @throws FlowdeckError `pack-missing` when there is no such module, or no pack in it, `pack-check` when it fails;
 * DocumentError of a connector.
 */
export async function loadPack(name: string, folder: string): Promise<Pack> {
  const directory = connectorAt(name, folder);
  if (directory !== null) return connectorPack(directory);
  const module: Readonly<Record<string, unknown>> = await load(name, folder);
  const packs = [...new Set(Object.values(module))].filter(isPack);
  const pack = isPack(module['default']) ? module['default'] : packs[0];
  if (pack !== undefined) return pack;
  throw new FlowdeckError<ConformanceCode>('pack-missing', `"${name}" exports no pack.`, {
    hint: 'Export what definePack gives, best as the default export.',
  });
}

/** The directory or the one file of a connector that a name leads to. Null: it leads to none. */
export function connectorAt(name: string, folder: string): string | null {
  const path = name.startsWith('file:') ? fileURLToPath(name) : resolve(folder, name);
  return isConnectorDirectory(path) || isConnectorFile(path) ? path : null;
}

/**
 * The packs that suites need and nobody named: packages called `@flowdeck/connector-NAME` or `flowdeck-NAME`, where they
 * are installed. Those that are not found are left out, and their cases are told as not run.
 */
export async function loadNeeded(namespaces: Iterable<string>, folder: string): Promise<readonly Pack[]> {
  const packs: Pack[] = [];
  for (const namespace of new Set(namespaces)) {
    for (const name of [`@flowdeck/connector-${namespace}`, `flowdeck-${namespace}`]) {
      const pack = await loadPack(name, folder).catch(() => null);
      if (pack === null) continue;
      packs.push(pack);
      break;
    }
  }
  return packs;
}

async function load(name: string, folder: string): Promise<Readonly<Record<string, unknown>>> {
  const address = addressOf(name, folder);
  try {
    return await import(address);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    // What is there and cannot be loaded is faulty, and no fault of whoever named it.
    if (address.startsWith('file:') && existsSync(fileURLToPath(address))) {
      throw new FlowdeckError<ConformanceCode>('pack-check', `Loading the pack "${name}" fails: ${reason}`, {
        cause,
        hint: 'Nothing of it can be checked before that is repaired.',
      });
    }
    throw new FlowdeckError<ConformanceCode>('pack-missing', `Cannot load the pack "${name}": ${reason}`, {
      cause,
      hint: 'Give a path that begins with "./", or install the package.',
    });
  }
}

function addressOf(name: string, folder: string): string {
  if (name.startsWith('file:')) return name;
  if (/^[./]/.test(name)) return pathToFileURL(resolve(folder, name)).href;
  try {
    return pathToFileURL(createRequire(join(folder, 'here.js')).resolve(name)).href;
  } catch {
    // A package that only `import` may resolve, or one that lies beside this command.
    return name;
  }
}

function isPack(value: unknown): value is Pack {
  return typeof value === 'object' && value !== null && 'namespace' in value && 'version' in value && 'name' in value;
}
