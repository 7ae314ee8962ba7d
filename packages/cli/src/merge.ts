/** Makes one deck of several flow files, and remembers where every part came from. */
import type { DeckDocument, Diagnostic, FlowFile } from '@flowdeck/engine';
import type { ConnectorDocument, DeckFlow, TableDocument } from '@flowdeck/engine/kit';

/** Where a part of the deck stands: number of the file, and the pointer in it. */
interface Origin {
  readonly file: number;
  readonly pointer: string;
}

/** A file that was read without faults. */
export interface ParsedFile {
  readonly path: string;
  readonly document: FlowFile;
}

export interface Merged {
  readonly document: DeckDocument;
  /** What the files cannot have side by side, as diagnostics of the deck. */
  readonly conflicts: readonly Diagnostic[];
  /** The place in a file that a pointer into the deck stands for. */
  origin(pointer: string): Origin;
}

/**
 * The deck that the files form together: their flows and tables in order, one connector, all requirements. That ids
 * are unique within a file is checked with the deck.
 */
export function mergeFiles(files: readonly ParsedFile[]): Merged {
  const flows: DeckFlow[] = [];
  const tables: TableDocument[] = [];
  const requires: Record<string, string> = {};
  let connector: ConnectorDocument | undefined;
  let about: Pick<DeckDocument, 'name' | 'description' | 'meta'> = {};
  const conflicts: Diagnostic[] = [];
  const origins = new Map<string, Origin>();
  const homes = new Map<string, number>();
  /** Two files may not have a flow of the same id; within one file the check of the deck says so. */
  const addFlow = (flow: DeckFlow, file: number, pointer: string) => {
    const part = `/flows/${flows.length}`;
    origins.set(part, { file, pointer });
    flows.push(flow);
    const home = homes.get(flow.id) ?? file;
    homes.set(flow.id, home);
    if (home === file) return;
    const message = `The flow id "${flow.id}" is taken already, in ${files[home]?.path ?? ''}.`;
    conflicts.push(
      conflict(
        'duplicate-flow',
        `${part}/id`,
        message,
        'Give one of the flows another id, or keep the files in directories of their own.',
      ),
    );
  };
  for (const [file, { document }] of files.entries()) {
    for (const [namespace, range] of Object.entries(document.requires ?? {})) {
      const known = requires[namespace];
      const part = `/requires/${token(namespace)}`;
      if (known !== undefined && known !== range) {
        origins.set(`${part}#`, { file, pointer: part });
        conflicts.push(
          conflict(
            'deck-conflict',
            `${part}#`,
            `Another file of this directory requires "${namespace}" ${known}, this one ${range}.`,
            'Give both the same range.',
          ),
        );
      } else origins.set(part, { file, pointer: part });
      requires[namespace] = known ?? range;
    }
    if (!('flows' in document)) {
      const { $schema: _, flowdeck: __, requires: ___, ...flow } = document;
      addFlow(flow, file, '');
      continue;
    }
    const { name, description, meta } = document;
    // What only people and tools read cannot be in conflict: of each part the first counts.
    about = {
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
      ...about,
      ...(meta === undefined ? {} : { meta: { ...meta, ...about.meta } }),
    };
    for (const [index, flow] of document.flows.entries()) {
      addFlow(flow, file, `/flows/${index}`);
    }
    for (const [index, table] of (document.tables ?? []).entries()) {
      origins.set(`/tables/${tables.length}`, { file, pointer: `/tables/${index}` });
      tables.push(table);
    }
    if (document.connector === undefined) continue;
    if (connector !== undefined) {
      origins.set('/connector#', { file, pointer: '/connector' });
      conflicts.push(
        conflict(
          'deck-conflict',
          '/connector#',
          'Another file of this directory has a connector too.',
          'Keep each connector in a directory of its own.',
        ),
      );
      continue;
    }
    connector = document.connector;
    origins.set('/connector', { file, pointer: '/connector' });
  }
  return {
    document: {
      flowdeck: 1,
      ...(about.name === undefined ? {} : { name: about.name }),
      ...(about.description === undefined ? {} : { description: about.description }),
      ...(Object.keys(requires).length > 0 ? { requires } : {}),
      flows,
      ...(tables.length > 0 ? { tables } : {}),
      ...(connector === undefined ? {} : { connector }),
      ...(about.meta === undefined ? {} : { meta: about.meta }),
    },
    conflicts,
    origin: (pointer) => originOf(pointer, origins),
  };
}

/** The nearest part around the pointer whose origin is known. */
function originOf(pointer: string, origins: ReadonlyMap<string, Origin>): Origin {
  for (let part = pointer; part !== ''; part = part.slice(0, part.lastIndexOf('/'))) {
    const origin = origins.get(part);
    if (origin) return { file: origin.file, pointer: origin.pointer + pointer.slice(part.length) };
  }
  return { file: 0, pointer: '' };
}

function conflict(code: string, pointer: string, message: string, hint: string): Diagnostic {
  return { severity: 'error', code, message, hint, pointer };
}

function token(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
