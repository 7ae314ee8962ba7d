/** `flowdeck connector options DIR ACTION FIELD`: what a field of an action may be, as an editor would ask. */
import { type FieldAnswer, lookUpField } from '@flowdeck/connect';
import { isConnectorDirectory } from '@flowdeck/connect/node';
import type { Connection, Deck, Field } from '@flowdeck/engine';
import { fieldName, toData } from '@flowdeck/engine/kit';
import type { Arguments } from '../arguments.js';
import { withStore } from '../connections/live.js';
import { connectorDeck } from '../connections/ping.js';
import { type OpenEngine, openEngine } from '../engine/engine.js';
import { UsageError } from '../errors.js';
import { EXIT, exitOfRun } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { traceText } from '../output/error.js';
import { runErrorData, runErrorLines } from '../output/run-error.js';
import { plain, prettyJson } from '../output/text.js';
import { loadProject } from '../project/load.js';
import { neededNamespaces } from '../project/needs.js';
import { readProject } from '../project/read.js';
import { readConnections } from '../run/connections.js';
import { readInputs } from '../run/inputs.js';
import { readSeconds } from '../run/seconds.js';
import type { Io } from '../system/io.js';
import { resolve } from '../system/node.js';

/** A connector in an engine, and where errors of its flows stand in files. */
interface OpenConnector {
  readonly opened: OpenEngine;
  readonly deck: Deck;
  readonly locate: Parameters<typeof runErrorLines>[1];
}

type Asked = readonly [from: string, action: string, field: string];

/** @throws UsageError, and what `lookUpField` throws. */
export async function fieldOptions(asked: Asked, args: Arguments, io: Io): Promise<number> {
  const [from, action, field] = asked;
  const timeoutMs = readSeconds(args.value('timeout'));
  const connections = await readConnections(args.values('connection'), io);
  const { opened, deck, locate } = await openConnector(from, connections, args, io);
  try {
    const name = connectionOf(deck, connections, args);
    const answer = await lookUpField({
      ...{ engine: opened.engine, deck, action, field, signal: io.signal },
      chosen: await chosenIn(deck, action, opened, args, io),
      search: args.value('search') ?? '',
      ...(name === undefined ? {} : { connection: name }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
    return tell(answer, locate, args, io);
  } finally {
    await opened.close();
  }
}

/** A directory or bundled file, or the key of a connector that a pack brings. */
async function openConnector(
  from: string,
  connections: ReadonlyMap<string, Connection>,
  args: Arguments,
  io: Io,
): Promise<OpenConnector> {
  const shared = { packs: args.values('pack'), allowHosts: args.values('allow-host') };
  if (/^\w+$/.test(from) && !isConnectorDirectory(resolve(io.cwd, from))) {
    const kept = await withStore(connections, args, io);
    const opened = await openEngine({ ...shared, connections: kept, namespaces: new Set([from]) }, io);
    return { opened, deck: await closedOnError(opened, () => connectorDeck(opened.engine, from)), locate: () => null };
  }
  const project = await readProject(from, io, shared.packs);
  const kept = await withStore(connections, args, io, { project });
  const namespaces = neededNamespaces(project, connections.values());
  const opened = await openEngine({ ...shared, connections: kept, namespaces }, io);
  const { deck, locate } = await closedOnError(opened, () => loadProject(project, opened.engine));
  return { opened, deck, locate };
}

async function closedOnError<T>(opened: OpenEngine, work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** With `--store` any of its names; else the one connection of the command line. */
function connectionOf({ document }: Deck, connections: ReadonlyMap<string, Connection>, args: Arguments) {
  const own = 'connector' in document ? document.connector?.key : undefined;
  const names = [...connections].filter(([, { connector }]) => connector === own).map(([name]) => name);
  if (names.length > 1) {
    throw new UsageError('connection-option', `${names.length} connections are given, and one is asked.`, {
      hint: 'Keep one --connection.',
    });
  }
  return names[0] ?? (args.has('store') ? own : undefined);
}

/** What is chosen already, by the types that the action declares. */
async function chosenIn({ flows }: Deck, action: string, { files }: OpenEngine, args: Arguments, io: Io) {
  const flow = flows.find(({ id }) => id === action);
  if (flow === undefined) return {};
  const given = await readInputs(flow, { pairs: args.values('input'), file: args.value('inputs') }, files, io);
  return { ...given.options, ...given.inputs };
}

function tell(answer: FieldAnswer, locate: OpenConnector['locate'], args: Arguments, io: Io): number {
  const isJson = args.has('json');
  if (answer.kind === 'failed') {
    const { error } = answer;
    if (isJson) io.stdout.write(`${prettyJson({ ok: false, error: runErrorData(error, locate) })}\n`);
    else io.stderr.write(`${runErrorLines(error, locate, paletteFor(io.stderr, io.env)).join('\n')}\n`);
    if (args.has('trace')) io.stderr.write(traceText(error.cause));
    return exitOfRun('error', error.code);
  }
  if (isJson) {
    io.stdout.write(`${prettyJson({ ok: true, ...(toData({ ...answer }) as object) })}\n`); // an object, as it was
    return EXIT.ok;
  }
  const { dim } = paletteFor(io.stdout, io.env);
  const rows = answer.kind === 'choices' ? answer.choices.map(choiceRow) : answer.fields.map(fieldRow);
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  for (const [name, more] of rows)
    io.stdout.write(`${name.padEnd(more === '' ? 0 : width)}  ${dim(more)}`.trimEnd().concat('\n'));
  if (rows.length === 0) io.stderr.write('There is nothing to choose from.\n');
  return EXIT.ok;
}

type Row = readonly [name: string, more: string];

function choiceRow({ label, value }: { readonly label: string; readonly value: unknown }): Row {
  const text = typeof value === 'string' ? value : JSON.stringify(toData(value));
  return [plain(text), label === text ? '' : plain(label)];
}

function fieldRow(field: Field): Row {
  const type = `${field.type}${field.list === true ? ' list' : ''}${field.required === true ? ', required' : ''}`;
  return [plain(fieldName(field)), plain(field.label === undefined ? type : `${type}  ${field.label}`)];
}
