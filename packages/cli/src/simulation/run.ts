/** `flowdeck run --simulate`: runs a flow without touching the world, and tells what it would have done. */
import { DocumentError, memoryFiles } from '@flowdeck/engine';
import type { SimulatedResult } from '@flowdeck/testing';
import type { Arguments } from '../arguments.js';
import { FaultyDeck } from '../errors.js';
import { exitOfRun } from '../exit.js';
import { writeText } from '../files.js';
import { type Places, placeFindings } from '../findings.js';
import { readInputs } from '../inputs.js';
import type { Io } from '../io.js';
import { paletteFor } from '../output/colour.js';
import { traceText } from '../output/error.js';
import { resultData, resultText } from '../output/result.js';
import { reportRun } from '../output/run-reporter.js';
import { prettyJson } from '../output/text.js';
import { pickFlow } from '../pick-flow.js';
import { quickClock } from '../ports.js';
import { readSeconds } from '../seconds.js';
import { deckOf, type LoadedSource, loadedFrom, readSource, type Source } from '../source.js';
import type { Command } from '../spec.js';
import { openTables, rowsOf } from '../tables.js';
import { effectsText } from './effects.js';
import { readMocks } from './mocks.js';
import { prepareSimulation } from './prepare.js';
import { fixturesOf } from './record.js';

export const runSimulated: Command = async (args, io) => {
  const timeoutMs = readSeconds(args.value('timeout'));
  const source = await readSource(args.operand, io);
  const { document, places } = deckOf(source);
  const mock = args.value('mock');
  const files = memoryFiles(quickClock());
  const tables = args.has('table') ? await openTables(args.values('table'), document, io) : null;
  const request = {
    packs: args.values('pack'),
    texts: source.map((file) => file.text),
    fixtures: mock === undefined ? [] : await readMocks(mock, io),
    seed: args.value('seed') ?? '',
    rows: tables === null ? {} : await rowsOf(tables, document),
    files,
  };
  const { simulation } = await placed(source, places, () => prepareSimulation(document, request, io));
  const loaded = loadedFrom(simulation.deck, source, places);
  const flow = pickFlow(loaded.deck.flows, args.value('flow'));
  const given = await readInputs(flow, { pairs: args.values('input'), file: args.value('inputs') }, files, io);
  const isTold = !args.has('json') || args.has('trace');
  const reporter = isTold ? reportRun(io, { data: args.has('trace') }) : null;
  const signal = timeoutMs === undefined ? io.signal : AbortSignal.any([io.signal, AbortSignal.timeout(timeoutMs)]);
  let result: SimulatedResult;
  try {
    result = await simulation.run({
      flow: flow.id,
      ...given,
      signal,
      ...(reporter === null ? {} : { onEvent: reporter.hear }),
    });
  } finally {
    reporter?.end();
  }
  const record = args.value('record');
  if (record !== undefined) writeText(record, `${prettyJson({ fixtures: fixturesOf(result.effects) })}\n`, io);
  tell(result, loaded, args, io);
  return exitOfRun(result.status, result.error?.code ?? null);
};

/** Does what may find the deck faulty, and gives its faults their places in the files. @throws FaultyDeck */
async function placed<T>(source: Source, places: Places | null, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new FaultyDeck(placeFindings(error.diagnostics, source, places));
  }
}

function tell(result: SimulatedResult, loaded: LoadedSource, args: Arguments, io: Io): void {
  const { effects } = result;
  const isTraced = args.has('trace');
  const data = resultData(result, loaded);
  if (args.has('json')) io.stdout.write(`${prettyJson({ ...data, effects })}\n`);
  else {
    const palette = paletteFor(io.stderr, io.env);
    io.stderr.write(resultText(result, loaded, palette));
    io.stderr.write(effectsText(effects, { palette, answers: isTraced }));
    if (data.outputs !== null) io.stdout.write(`${prettyJson(data.outputs)}\n`);
  }
  if (isTraced && result.error) io.stderr.write(traceText(result.error.cause));
}
