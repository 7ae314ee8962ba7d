/** The world of a simulation: its engine, its packs, its tables. */
import {
  type Clock,
  type Connection,
  createEngine,
  type DeckDocument,
  type Field,
  type FileStore,
  type Limits,
  memoryFiles,
  memoryTables,
  type Pack,
  type RowValues,
  type TableStore,
} from '@flowdeck/engine';
import { namespacesOf, seededRandom } from '@flowdeck/engine/kit';
import { instantClock } from '../clock/instant-clock.js';
import type { Border } from './border.js';
import { findingRows } from './finding-rows.js';
import type { LiveService } from './live.js';
import { liveHttp } from './live.js';
import { mockedFlowPack } from './mocked-flows.js';
import { namedRows, ROW_ID } from './named-rows.js';
import type { Stage } from './perform.js';
import { plausible } from './plausible.js';
import { seededSource } from './seeded-random.js';
import { madeBody, simulatedHttp } from './simulated-http.js';
import { requiredPacks, simulatedPacks } from './stand-ins.js';

/** A simulation has no time to run out of; what does not end runs out of steps. */
const LIMITS: Partial<Limits> = {
  steps: 50_000,
  callDepth: 60,
  wallTimeMs: Number.POSITIVE_INFINITY,
  cardTimeMs: Number.POSITIVE_INFINITY,
};

/** All that the runs of a simulation share. */
export interface World {
  readonly document: DeckDocument;
  /** Packs with real cards. */
  readonly packs: readonly Pack[];
  /** Versions of connectors that are simulated, by key. */
  readonly versions: ReadonlyMap<string, string>;
  readonly limits: Partial<Limits>;
  readonly seed: string;
  /** When time begins, in milliseconds since 1970. */
  readonly now: number;
  /** Null: every run has files of its own. */
  readonly files: FileStore | null;
  /** By table id. */
  readonly rows: Readonly<Record<string, readonly RowValues[]>>;
  /** By name. Null: each name has one, without credentials. */
  readonly connections: Readonly<Record<string, Connection>> | null;
  readonly refine: Stage['refine'];
  /** What really answers. Null: nothing outside is reached. */
  readonly live: LiveService | null;
  /** Whether made-up values vary. */
  readonly isWide: boolean;
}

/** @param made Collects the texts that are made up: rows with such ids exist. */
export function engineFor(world: World, border: Border, made: Set<string>, clock: Clock, tables?: TableStore) {
  const { document, seed, now, refine } = world;
  let runs = 0;
  const given = (name: string) =>
    world.connections !== null && Object.hasOwn(world.connections, name) ? world.connections[name] : undefined;
  const isWide = world.isWide;
  const stage: Stage = { border, seed, made: { now, isWide, onText: (text) => made.add(text) }, refine };
  return createEngine({
    packs: packsFor(world, stage),
    limits: { ...LIMITS, ...world.limits },
    ports: {
      clock,
      files: world.files ?? memoryFiles(clock),
      ...(tables ? { tables } : {}),
      http:
        world.live === null
          ? simulatedHttp(border, clock, isWide ? madeBody(stage) : null)
          : liveHttp(world.live, border, document),
      random: seededSource(`${seed}/random`),
      ids: { run: () => `simulated-${++runs}` },
      connections: { get: (name) => given(name) ?? { connector: connectorOf(document, name), auth: {} } },
    },
  });
}

function packsFor({ document, packs: real, versions: given, live }: World, stage: Stage): readonly Pack[] {
  const versions = new Map([
    ...real.flatMap((pack) => namespacesOf(pack).map((namespace) => [namespace, pack.version] as const)),
    ...given,
  ]);
  const own = [...real, ...mockedFlowPack(document, stage.border)];
  const known = new Set(
    live === null
      ? own.flatMap((pack) => (pack.cards ?? []).map(({ id }) => id))
      : createEngine({ packs: own }).cards.map(({ card }) => card.id),
  );
  const packs = [...own, ...simulatedPacks(document, known, { stage, versions })];
  return [...packs, ...requiredPacks(document, new Set(packs.flatMap(namespacesOf)))];
}

function connectorOf(document: DeckDocument, connection: string): string {
  const connections = document.meta?.['connections'];
  const known = typeof connections === 'object' && connections !== null ? Object.entries(connections) : [];
  const found = known.find(([name]) => name === connection)?.[1];
  return typeof found === 'string' && found !== '' ? found : 'simulated';
}

/** The tables of a run. */
interface OpenTables {
  readonly tables: TableStore;
  /** The same, as the run sees them: a search may find what nobody put there. */
  readonly asked: TableStore;
}

/** Tables of the document with the given rows. A row with an id that was made up is there as soon as it is asked for. */
export async function openTables(
  { document, rows, seed, now, isWide }: World,
  made: ReadonlySet<string>,
  onMade: (table: string, id: string, cells: RowValues) => void,
): Promise<OpenTables> {
  const store = memoryTables(instantClock(now));
  const columns = new Map<string, readonly Field[]>();
  const { tables, fill } = namedRows(store, (table, id) => {
    const fields = columns.get(table);
    if (fields === undefined || !made.has(id)) return null;
    const cells = madeRow(fields, now, `${seed}/${table}/${id}`);
    onMade(table, id, cells);
    return cells;
  });
  const asked = isWide
    ? findingRows(
        tables,
        (table, cells) => {
          const row = {
            ...madeRow(columns.get(table) ?? [], now, `${seed}/${table}/${JSON.stringify(cells)}`),
            ...cells,
          };
          const id = `row-${JSON.stringify(cells).length}-${table}`;
          onMade(table, id, row);
          return { [ROW_ID]: id, ...row };
        },
        fill,
      )
    : tables;
  for (const table of document.tables ?? []) {
    const { id, name = id } = table;
    await tables.define({ id, name, columns: table.columns });
    columns.set(id, table.columns);
    if (Object.hasOwn(rows, id)) await fill(id, rows[id] ?? []);
  }
  return { tables, asked };
}

function madeRow(columns: readonly Field[], now: number, seed: string): RowValues {
  const random = seededRandom(seed);
  return Object.fromEntries(columns.map((column) => [column.key, plausible(column, { random, now })]));
}
