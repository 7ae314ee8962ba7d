/** Loads the card packs that the user names. */
import { DocumentError, definePack, FlowdeckError, type Pack } from '@flowdeck/engine';
import { FaultyDeck, UsageError } from '../errors.js';
import { isBundle, isConnector } from '../system/files.js';
import type { Io } from '../system/io.js';
import { resolve } from '../system/node.js';
import { findPack } from './find-pack.js';

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

async function loadPack(name: string, io: Io): Promise<readonly Pack[]> {
  if (isConnector(name, io) || isBundle(name, io)) return [await loadConnector(name, io)];
  const url = findPack(name, io);
  let exports: Readonly<Record<string, unknown>>;
  try {
    exports = await import(url);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw invalidPack(name, `it cannot be loaded: ${reason}`, 'Run with --trace for the stack.', cause);
  }
  const candidates = isPack(exports['default'])
    ? [exports['default']]
    : [...new Set(Object.values(exports))].filter(isPack);
  if (candidates.length === 0) {
    throw invalidPack(
      name,
      'no export is a pack',
      'Export what definePack of @flowdeck/engine gives, best as default.',
    );
  }
  return candidates.map((pack) => checkedPack(name, pack));
}

/** A connector that is a directory, or one file, needs no code. */
async function loadConnector(name: string, io: Io): Promise<Pack> {
  const { connectorPack } = await import('@flowdeck/connect/node');
  try {
    return connectorPack(resolve(io.cwd, name));
  } catch (cause) {
    if (cause instanceof DocumentError)
      throw new FaultyDeck(cause.diagnostics.map((each) => ({ file: name, ...each })));
    if (cause instanceof FlowdeckError) throw invalidPack(name, cause.message, cause.hint, cause);
    throw cause;
  }
}

function isPack(value: unknown): value is Pack {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('namespace' in value)) return false;
  return 'version' in value && ('cards' in value || 'connectors' in value);
}

function checkedPack(name: string, pack: Pack): Pack {
  try {
    return definePack(pack);
  } catch (cause) {
    if (cause instanceof FlowdeckError) throw invalidPack(name, cause.message, cause.hint, cause);
    throw invalidPack(name, 'its declaration is malformed', 'Declare it with definePack of @flowdeck/engine.', cause);
  }
}

function invalidPack(name: string, what: string, hint: string | undefined, cause?: unknown): UsageError {
  const reason = what.endsWith('.') ? what.slice(0, -1) : what;
  const message = `The pack ${JSON.stringify(name)} cannot be used: ${reason}.`;
  return new UsageError('pack-invalid', message, { ...(hint === undefined ? {} : { hint }), cause });
}
