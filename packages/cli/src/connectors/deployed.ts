/** Versions of connectors from the store, for a host: the private ones, or those that are tested. */
import { definePack, type Pack } from '@flowdeck/engine';
import { namespacesOf } from '@flowdeck/engine/kit';
import type { ConnectorPointers, ConnectorSnapshots, ServedConnector } from '@flowdeck/host';
import type { Arguments } from '../arguments.js';
import { loadPacks } from '../engine/packs.js';
import { UsageError } from '../errors.js';
import type { HostLog } from '../hosts/log.js';
import { plain } from '../output/text.js';
import type { Namespaces } from '../project/needs.js';
import { isDirectory } from '../system/files.js';
import type { Io } from '../system/io.js';
import { join, resolve } from '../system/node.js';
import { DEFAULT_CONNECTORS } from './store.js';

export interface Deployed {
  readonly packs: readonly Pack[];
  readonly served: readonly ServedConnector[];
}

/**
 * Of the wanted namespaces those that the store has a version for, unless `--pack` brings them: what a user names goes before what is
 * deployed, and that before what is built in.
 *
 * @throws UsageError `serve-option`, and of packs; FlowdeckError `snapshot-missing`, `snapshot-damaged`.
 */
export async function deployedConnectors(wanted: Namespaces, log: HostLog, args: Arguments, io: Io): Promise<Deployed> {
  const dir = args.value('connectors');
  if (dir !== undefined && !isDirectory(dir, io)) {
    throw new UsageError('serve-option', `There is no store of connectors at ${JSON.stringify(dir)}.`, {
      hint: `Make it with the first version: flowdeck connector deploy DIR --as private --connectors ${dir}`,
    });
  }
  if (!isDirectory(dir ?? DEFAULT_CONNECTORS, io)) return { packs: [], served: [] };
  const { connectorSnapshots } = await import('@flowdeck/host');
  const snapshots = connectorSnapshots(resolve(io.cwd, dir ?? DEFAULT_CONNECTORS));
  const named = new Set((await loadPacks(args.values('pack'), io)).flatMap(namespacesOf));
  const keys = (await snapshots.keys()).filter((key) => wanted.has(key) && !named.has(key));
  const found = await Promise.all(keys.map((key) => deployedAs(key, snapshots, args.has('test-connectors'), log)));
  const versions = found.flatMap((each) => each ?? []);
  return { packs: versions.map(({ pack }) => pack), served: versions.map(({ served }) => served) };
}

interface DeployedVersion {
  readonly pack: Pack;
  readonly served: ServedConnector;
}

/** Null: it is deployed for nobody whom this host serves. */
async function deployedAs(
  key: string,
  snapshots: ConnectorSnapshots,
  isTesting: boolean,
  log: HostLog,
): Promise<DeployedVersion | null> {
  const pointers = await snapshots.pointers(key);
  const pointer = pointerFor(pointers, isTesting);
  const number = pointer === null ? null : pointers[pointer];
  if (pointer === null || number === null) {
    if (pointers.test !== null)
      log.say('warn', `note: ${plain(key)} has a test version alone, which --test-connectors serves\n`);
    return null;
  }
  const { deck, version } = await snapshots.read(key, number);
  return {
    pack: definePack({ name: key, namespace: key, version, connectors: [deck] }),
    served: { key, version, number, pointer },
  };
}

/** Who tests a connector still uses the others as everybody does. */
function pointerFor({ test, private: all }: ConnectorPointers, isTesting: boolean): ServedConnector['pointer'] | null {
  if (isTesting && test !== null) return 'test';
  return all === null ? null : 'private';
}

/** Files that change when a pointer of one of them moves, or is made. */
export function deployedPlaces(wanted: Namespaces, args: Arguments): readonly string[] {
  return [...wanted.keys()].map((key) => join(args.value('connectors') ?? DEFAULT_CONNECTORS, key, 'pointers.json'));
}

/** One line for people. */
export function deployedText({ key, version, number, pointer }: ServedConnector): string {
  return `connector ${plain(key)} ${number} (${plain(version)}), the ${pointer} version`;
}
