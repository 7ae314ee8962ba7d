/** A case in the names of its deck: what people see of fields, tables and flows gives way to keys and ids; what nothing has is told. */
import type { DeckDocument, Field } from '@flowdeck/engine';
import { type DeckFlow, fieldName, isSameName, pointerTo, SYSTEM_COLUMNS } from '@flowdeck/engine/kit';
import type { ExpectedEffect } from '../cases/expectation.js';
import type { JsonObject } from '../cases/json.js';
import type { Case } from '../cases/types.js';
import { cardsOf, nameMocks } from '../mocks/names.js';
import type { Mock } from '../mocks/types.js';
import type { NamedCase } from '../run/adapter.js';
import { quoted, type ShapeFault, unknownName } from '../shape/fault.js';

/** @param simulated Ids of the cards that mocks can answer for. */
export function nameCase(entry: Case, document: DeckDocument, simulated: readonly string[]): NamedCase {
  const faults: ShapeFault[] = [];
  const flow = flowOf(entry.run, document, faults);
  const { mocks, faults: misnamed } = nameMocks(entry.mocks ?? [], document, simulated);
  faults.push(...misnamed);
  const { expect } = entry;
  const renamed: Case = {
    ...entry,
    ...(flow === null ? {} : { run: flow.id }),
    ...(entry.mocks === undefined ? {} : { mocks }),
    ...byFields(entry, flow, faults),
    ...(entry.tables === undefined ? {} : { tables: tablesNamed(entry.tables, document, '/tables', faults) }),
    expect: {
      ...expect,
      ...(expect.effects === undefined
        ? {}
        : { effects: effectsNamed(expect.effects, { document, simulated, faults }, '/expect/effects') }),
      ...(expect.tables === undefined
        ? {}
        : { tables: tablesNamed(expect.tables, document, '/expect/tables', faults) }),
    },
  };
  faults.push(
    ...cardFaults(expect.ran, '/expect/ran', document),
    ...cardFaults(expect.notRan, '/expect/notRan', document),
  );
  return { entry: renamed, faults };
}

/** Null: it is left to the engine which flow is meant, or there is none of that name. */
function flowOf(name: string | undefined, { flows }: DeckDocument, faults: ShapeFault[]): DeckFlow | null {
  if (name === undefined) return flows.length === 1 ? (flows[0] ?? null) : null;
  const byId = flows.find(({ id }) => id === name);
  const [byName, ...more] = flows.filter((flow) => isSameName(flow.name, name));
  if (byId !== undefined) return byId;
  if (byName !== undefined && more.length === 0) return byName;
  if (byName !== undefined) {
    const ids = [byName, ...more].map(({ id }) => id).join(', ');
    faults.push({ pointer: '/run', message: `Several flows are named ${quoted(name)}.`, hint: `Take an id: ${ids}.` });
    return null;
  }
  const names = flows.flatMap((flow) => (flow.name === undefined ? [flow.id] : [flow.name, flow.id]));
  faults.push(unknownName('/run', `There is no flow ${quoted(name)}.`, name, names));
  return null;
}

/** Inputs and options by the names of the flow. */
function byFields(entry: Case, flow: DeckFlow | null, faults: ShapeFault[]): Pick<Case, 'inputs' | 'options'> {
  if (flow === null) return {};
  const side = (given: JsonObject | undefined, fields: readonly Field[] | undefined, what: 'input' | 'option') => {
    if (given === undefined) return {};
    const message = (key: string) => `The flow ${quoted(flow.name ?? flow.id)} has no ${what} ${quoted(key)}.`;
    return { [`${what}s`]: renamed(given, fields ?? [], [], `/${what}s`, message, faults) };
  };
  return { ...side(entry.inputs, flow.inputs, 'input'), ...side(entry.options, flow.options, 'option') };
}

/** Members by the names of fields; what people see of a field means it, where only one has it. */
function renamed<T>(
  given: Readonly<Record<string, T>>,
  fields: readonly Field[],
  more: readonly string[],
  pointer: string,
  message: (key: string) => string,
  faults: ShapeFault[],
): Record<string, T> {
  const names = new Set([...fields.map(fieldName), ...more]);
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => {
      if (names.has(key)) return [key, value];
      const [meant, ...others] = fields.filter(({ label, group }) => [label, `${group}/${label}`].includes(key));
      if (meant !== undefined && others.length === 0) return [fieldName(meant), value];
      const labels = fields.flatMap(({ label }) => (label === undefined ? [] : [label]));
      faults.push(unknownName(pointerTo(pointer, key), message(key), key, [...names, ...labels]));
      return [key, value];
    }),
  );
}

type Tables = NonNullable<Case['tables']>;

function tablesNamed<T extends Tables[string]>(
  given: Readonly<Record<string, T>>,
  { tables = [] }: DeckDocument,
  pointer: string,
  faults: ShapeFault[],
): Record<string, T> {
  return Object.fromEntries(
    Object.entries(given).map(([key, rows]) => {
      const at = pointerTo(pointer, key);
      const table = tables.find(({ id }) => id === key) ?? tables.find(({ name }) => name === key);
      if (table === undefined) {
        const names = tables.flatMap(({ id, name }) => (name === undefined ? [id] : [name, id]));
        faults.push(unknownName(at, `The deck has no table ${quoted(key)}.`, key, names));
        return [key, rows];
      }
      if (!Array.isArray(rows)) return [table.id, rows];
      const message = (column: string) => `The table ${quoted(key)} has no column ${quoted(column)}.`;
      const named = rows.map((row: JsonObject, index) =>
        renamed(row, table.columns, SYSTEM_COLUMNS, `${at}/${index}`, message, faults),
      );
      // Rows with other names are rows.
      return [table.id, named as unknown as T];
    }),
  );
}

interface EffectNames {
  readonly document: DeckDocument;
  readonly simulated: readonly string[];
  readonly faults: ShapeFault[];
}

/** An expected call names what a mock of it would name, so it is held to the same names. */
function effectsNamed(effects: readonly ExpectedEffect[], names: EffectNames, pointer: string): ExpectedEffect[] {
  const { document, simulated, faults } = names;
  return effects.map((effect, index) => {
    const at = `${pointer}/${index}`;
    const { $unordered, card, flow, in: given, at: place, outputs } = effect;
    if ($unordered !== undefined) return { $unordered: effectsNamed($unordered, names, `${at}/$unordered`) };
    const asked = { card, flow, in: given, at: place, ...(outputs === undefined ? {} : { answer: { outputs } }) };
    const { mocks, faults: misnamed } = nameMocks([definedIn(asked)], document, simulated);
    faults.push(
      ...misnamed.map((fault) => ({
        ...fault,
        pointer: at + fault.pointer.replace('/mocks/0', '').replace('/answer/outputs', '/outputs'),
      })),
    );
    const [named] = mocks;
    const { flows } = document;
    const id =
      flow === undefined
        ? undefined
        : (flows.find((each) => each.id === flow) ?? flows.find((each) => isSameName(each.name, flow)))?.id;
    return {
      ...effect,
      ...(id === undefined ? {} : { flow: id }),
      // Names were changed, and no values: they are JSON of the case.
      ...(named?.in === undefined ? {} : { in: named.in as JsonObject }),
      // So is what stands in outputs.
      ...(named?.answer?.outputs === undefined ? {} : { outputs: named.answer.outputs as JsonObject }),
    };
  });
}

function definedIn(mock: { readonly [K in keyof Mock]: Mock[K] | undefined }): Mock {
  return Object.fromEntries(Object.entries(mock).filter(([, value]) => value !== undefined));
}

function cardFaults(
  ids: readonly string[] | undefined,
  pointer: string,
  document: DeckDocument,
): readonly ShapeFault[] {
  if (ids === undefined) return [];
  const known = new Set(
    cardsOf(document).flatMap(({ flow, node: { id } }) => (id === undefined ? [] : [id, `${flow}/${id}`])),
  );
  return ids.flatMap((id, index) =>
    known.has(id) ? [] : [unknownName(`${pointer}/${index}`, `There is no card ${quoted(id)}.`, id, known)],
  );
}
