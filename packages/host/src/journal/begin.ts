/** How a run begins in the journal, and what it must be opened with again. */
import type { JsonData, RunRecord, Value } from '@flowdeck/engine';
import { decodeValue, deepEqual, encodeValue, INTERPRETER, interpreterDiffers } from '@flowdeck/engine/kit';
import { type BeginEntry, RUN_FORMAT } from './entry.js';
import { inputsDiffer, revisionDiffers, runFormat, valueUnfit } from './errors.js';

export function beginOf(record: RunRecord, interpreter: string): BeginEntry {
  const { runId, flow, revision, startedAt, metadata, connection, limits } = record;
  return {
    k: 'begin',
    v: RUN_FORMAT,
    run: runId,
    flow,
    revision,
    inputs: encodeFor(runId, 'The inputs', record.inputs),
    options: encodeFor(runId, 'The options', record.options),
    ...(metadata === undefined ? {} : { metadata }),
    ...(connection === undefined ? {} : { connection }),
    ...(limits === undefined ? {} : { limits }),
    interpreter,
    startedAt,
  };
}

/** Throws when the run may not go on with what it is opened with: effects that are recorded belong to what it began with. */
export function refuseOther(begin: BeginEntry, record: RunRecord, interpreter: string): void {
  const { runId, flow, revision } = record;
  if (begin.v !== RUN_FORMAT) throw runFormat(runId);
  const began = begin.interpreter ?? INTERPRETER;
  if (began !== interpreter) throw interpreterDiffers(runId, began, interpreter);
  if (begin.revision !== revision || begin.flow !== flow) throw revisionDiffers(runId, begin, record);
  for (const part of ['inputs', 'options'] as const) {
    if (!sameRecord(begin[part], encodeFor(runId, `The ${part}`, record[part]))) throw inputsDiffer(runId, flow, part);
  }
}

/** Refuses what could be written but not read again, such as a reference to a flow. */
function encodeFor(run: string, what: string, value: Value): JsonData {
  try {
    const encoded = encodeValue(value);
    decodeValue(encoded);
    return encoded;
  } catch (error) {
    throw valueUnfit(run, what, error);
  }
}

/** Whether two encoded values are the same, whatever the order of their members. Both are JSON. */
function sameRecord(recorded: unknown, given: unknown): boolean {
  return deepEqual(JSON.parse(JSON.stringify(recorded ?? null)), JSON.parse(JSON.stringify(given ?? null)));
}
