/** `--report`: what a run told is written as a page. */
import {
  type Connection,
  createHistory,
  type FlowEvent,
  type FlowInfo,
  type HistoryRecorder,
  type RunResult,
  type Value,
} from '@flowdeck/engine';
import { createRedactor, type Redactor } from '@flowdeck/engine/kit';
import type { Effect } from '@flowdeck/testing';
import type { ReportedExchange } from '@flowdeck/view';
import type { Arguments } from '../arguments.js';
import { knownCards } from '../engine/engine.js';
import { UsageError } from '../errors.js';
import type { Project } from '../project/project.js';
import { writeText } from '../system/files.js';
import type { Io } from '../system/io.js';
import { commandLine } from './command-line.js';
import { ExchangeLog } from './exchange-log.js';

/** Executions and cards that are recorded: as many as a page tells one by one. */
const MOST_STEPS = 100_000;

/** Records a run for its report. */
export class RunReport {
  readonly log: ExchangeLog;
  readonly #path: string;
  readonly #secrets: Redactor;
  readonly #history: HistoryRecorder;

  constructor(path: string, connections: Iterable<Connection>) {
    this.#path = path;
    this.#secrets = createRedactor();
    for (const { auth } of connections) this.#secrets.add(auth);
    this.log = new ExchangeLog(this.#secrets);
    this.#history = createHistory({ maxExecutions: MOST_STEPS, maxCards: MOST_STEPS });
  }

  /** What a run is given may be secret by the declaration of its flow. */
  hide(flow: FlowInfo, inputs: Readonly<Record<string, unknown>> = {}): void {
    // The engine converts them; what is no value yet is looked through all the same.
    this.#secrets.addFields(inputs as Readonly<Record<string, Value>>, flow.inputs);
  }

  hear(event: FlowEvent): void {
    this.#history.record(event);
  }

  /** @throws UsageError `file-unwritable`; FlowdeckError `report-secret`. */
  async write(
    result: RunResult,
    exchanges: readonly ReportedExchange[],
    { project, args, io }: { readonly project: Project; readonly args: Arguments; readonly io: Io },
  ): Promise<void> {
    const { reportOf } = await import('@flowdeck/view');
    const cards = new Map((await knownCards(args.values('pack'), io)).map((card) => [card.id, card]));
    const page = await reportOf(
      {
        history: this.#history.state(),
        document: (project.whole ?? project).document,
        card: (id) => cards.get(id),
        result,
        exchanges,
      },
      { again: commandLine('run', args, ['report']), secrets: this.#secrets, maxSteps: stepsOf(args) ?? MOST_STEPS },
    );
    writeText(this.#path, page, io);
    io.stderr.write(`report: ${this.#path}\n`);
  }
}

/** Null: no report was asked for. @throws UsageError `report-option` */
export function openReport(args: Arguments, connections: Iterable<Connection>): RunReport | null {
  const path = args.value('report');
  stepsOf(args);
  if (path !== undefined) return new RunReport(path, connections);
  if (args.has('report-steps')) {
    throw new UsageError('report-option', '--report-steps is for reports.', { hint: 'Add --report FILE.html.' });
  }
  return null;
}

/** Undefined: none was given. @throws UsageError `report-option` */
function stepsOf(args: Arguments): number | undefined {
  const text = args.value('report-steps');
  if (text === undefined) return undefined;
  const steps = Number(text);
  if (/^\d+$/.test(text) && steps >= 1 && steps <= MOST_STEPS) return steps;
  throw new UsageError('report-option', `--report-steps ${JSON.stringify(text)} is no number of cards.`, {
    hint: `Write a whole number from 1 to ${MOST_STEPS}.`,
  });
}

/** What a simulation would have sent, as a report tells of requests. */
export function exchangesOf(effects: readonly Effect[]): readonly ReportedExchange[] {
  return effects.flatMap(({ kind, flow, card, action, inputs, outputs, error }) =>
    kind !== 'http' || flow === null || card === null
      ? []
      : [
          {
            executionId: null,
            flow,
            card,
            attempt: 1,
            startedAt: null,
            method: action,
            url: text(inputs['url']) ?? '',
            requestHeaders: headersOf(inputs['headers']),
            requestBody: text(inputs['body']),
            status: error === null ? numberOf(outputs?.['statusCode']) : error.statusCode,
            responseHeaders: headersOf(outputs?.['headers']),
            responseBody: text(outputs?.['body'] ?? error?.body ?? null),
            error: error?.message ?? null,
            durationMs: 0,
          },
        ],
  );
}

function text(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function headersOf(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)]));
}
