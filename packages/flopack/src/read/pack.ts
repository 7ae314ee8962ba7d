/** Reads a whole export: `.flopack`, `.flow` and `.folder` are the same format. */
import type { Diagnostic } from '@flowdeck/engine';
import type { JsonText } from '@flowdeck/engine/kit';
import { Diagnostics } from '../diagnostics.js';
import { brief, isObject, itemsOf, type JsonObject, member, Spot, textOf } from '../json.js';
import { newReading, readGraph } from './graph.js';
import type { RawColumn, RawConfig, RawFlow, RawGroup, RawPack, RawTable } from './model.js';
import type { Reading } from './reading.js';
import { exactValue, jsonOf, type ReadOptions } from './source.js';

/** What came of reading an export file. */
export interface ReadResult {
  /** All that could be read; null when it is no export at all. */
  readonly pack: RawPack | null;
  /** The text, where the export was given as such: with it, more diagnostics find their line and column. */
  readonly json: JsonText | null;
  /** What is wrong with the file, with pointers into it. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What a file says of its conversions; all others are as if each were true. */
export const FLAGS = ['auto-transform', 'looseBooleans', 'looseStrings', 'looseNulls'];

/**
 * Reads an export: its text, a `JsonText`, or the value that the text stands for. It never throws. What is unsound is reported
 * with its place in the original, line and column included where there is text, and left out; everything else is read.
 */
export function readFlopack(source: unknown, options: ReadOptions = {}): ReadResult {
  const found = new Diagnostics();
  const json = jsonOf(source, options, found);
  if (json === null) {
    const pack = found.failed ? null : readPack(source, found);
    return { pack, json, diagnostics: found.diagnostics };
  }
  if (json.value === undefined) return { pack: null, json, diagnostics: json.diagnostics };
  const pack = readPack(exactValue(json, found), found);
  return { pack, json, diagnostics: json.place(found.diagnostics) };
}

function readPack(raw: unknown, found: Diagnostics): RawPack | null {
  const root = new Spot();
  if (!isObject(raw) || raw['type'] !== 'flopack') {
    const named = isObject(raw) && raw['type'] !== undefined;
    const what = named
      ? `its "type" is ${brief(raw['type'])}`
      : isObject(raw)
        ? 'it has no "type"'
        : 'it is not an object';
    found.add(
      'error',
      'not-a-flopack',
      root,
      `This is no export of flows: ${what}.`,
      'Its "type" should be "flopack".',
    );
    return null;
  }
  const version = raw['version'];
  if (typeof version !== 'string' || !/^1\.\d+/.test(version)) {
    found.add(
      'error',
      'unsupported-version',
      root.at('version'),
      `Version ${brief(version)} of the format is not known.`,
      'Versions 1.x are.',
    );
  }
  const { data } = raw;
  if (!isObject(data)) {
    found.add('error', 'missing-data', root.at('data'), 'The export holds no data.', 'Export it again.');
    return null;
  }
  checkFlags(raw['flags'], root.at('flags'), found);
  const reading = newReading(found);
  const spot = root.at('data');
  return {
    version: typeof version === 'string' ? version : '',
    flows: entries(data, 'flos', spot, reading).flatMap((entry) => readFlow(...entry, reading)),
    tables: entries(data, 'tables', spot, reading).map((entry) => readTable(...entry, reading)),
    groups: new Map(entries(data, 'groups', spot, reading).map(([id, group]) => [id, readGroup(id, group)])),
    configs: new Map(entries(data, 'configs', spot, reading).map(([id, config]) => [id, readConfig(id, config)])),
    raw,
  };
}

function checkFlags(flags: unknown, spot: Spot, found: Diagnostics): void {
  for (const flag of FLAGS) {
    const value = member(flags, flag);
    if (value === true || value === undefined) continue;
    found.add('warning', 'unknown-flag', spot.at(flag), `"${flag}" is ${brief(value)}; it is taken for true.`);
  }
}

function entries(data: JsonObject, part: string, spot: Spot, reading: Reading): [string, JsonObject, Spot][] {
  const map = data[part];
  if (!isObject(map)) {
    // Exports of single flows may leave parts out; without flows there is nothing to read.
    if (map !== undefined || part === 'flos') reading.wrong(spot.at(part), 'an object keyed by id');
    return [];
  }
  return Object.entries(map).flatMap(([id, entry]): [string, JsonObject, Spot][] => {
    const place = spot.at(part, id);
    if (isObject(entry)) return [[id, entry, place]];
    reading.wrong(place, 'an object');
    return [];
  });
}

function readFlow(id: string, raw: JsonObject, spot: Spot, reading: Reading): RawFlow[] {
  const data = raw['data'] ?? null;
  const base = {
    id,
    name: textOf(raw, 'name') ?? id,
    description: textOf(raw, 'description') ?? '',
    raw,
    spot,
  };
  if (data === null) {
    reading.found.add(
      'warning',
      'flow-not-included',
      spot.at('data'),
      `The file names the flow "${base.name}" and does not hold it.`,
      'Export it together with the flows that call it.',
    );
    return [{ ...base, graph: null, group: null, settings: {} }];
  }
  if (!isObject(data)) {
    reading.wrong(spot.at('data'), 'the body of a flow');
    return [];
  }
  for (const [name, value] of [
    ['id', raw['id']],
    ['data/uuid', data['uuid']],
  ] as const) {
    if (value === undefined || value === id) continue;
    const place = spot.at(...name.split('/'));
    reading.found.add(
      'warning',
      'id-mismatch',
      place,
      `The flow stands under "${id}" and names itself ${brief(value)}.`,
    );
  }
  const group = textOf(data, 'group') ?? null;
  return [{ ...base, graph: readGraph(data, spot.at('data'), reading), group, settings: data }];
}

function readTable(id: string, raw: JsonObject, spot: Spot, reading: Reading): RawTable {
  const structure = member(raw['data'], 'structure');
  if (!Array.isArray(structure)) reading.wrong(spot.at('data', 'structure'), 'a list of columns');
  const columns = itemsOf(structure).flatMap((column, index) => {
    const name = textOf(column, 'name');
    if (name === undefined) {
      reading.wrong(spot.at('data', 'structure', index), 'a column with a name');
      return [];
    }
    const read: RawColumn = { name, type: textOf(column, 'type') ?? 'str', default: member(column, 'default') ?? null };
    return [read];
  });
  return { id, name: textOf(raw, 'name') ?? id, description: textOf(raw, 'description') ?? '', columns, spot };
}

function readGroup(id: string, raw: JsonObject): RawGroup {
  const { data } = raw;
  return { id, name: textOf(data, 'name') ?? id, path: textOf(data, 'path') ?? '' };
}

function readConfig(id: string, raw: JsonObject): RawConfig {
  return { id, name: textOf(raw, 'name') ?? id, module: textOf(raw, 'module') ?? '' };
}
