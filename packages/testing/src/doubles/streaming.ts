/** Streaming: what a card hands to the helper flow that it names, record by record. */
import { type Field, type FlowDocument, FlowRef, type Value } from '@flowdeck/engine';
import { fieldName, isPlainObject, setOwn } from '@flowdeck/engine/kit';
import type { Performance } from './performance.js';

/** The input through which a built-in card takes the flow that it calls. */
export const CALLED = 'flo';

export interface Streaming {
  readonly flow: FlowRef;
  /** Null: a card that calls the flow with what its author gave it, once or per item. */
  readonly records: readonly Value[] | null;
  /** What the helper is called with for a record. */
  readonly inputsOf: (record: Value) => Readonly<Record<string, Value>>;
}

/** Makes a record for a helper flow. */
type MakeRecord = (field: Field, helper: string) => Value;

/** Records are made up when the card says how many there are, but neither it nor a mock what they are. */
const RECORDS = 2;
const RECORD = 'Record';
const STATE = 'State';
const GROUP = 'Streaming/';

/** Null: the card does not stream. How many records there are is written into its outputs, where a count was not given. */
export function streamingOf(
  performance: Performance,
  outputs: Record<string, Value>,
  given: readonly Value[] | null,
  make: MakeRecord,
): Streaming | null {
  const { inputs, ctx, fields } = performance;
  const flow = Object.values(inputs).find((value) => value instanceof FlowRef);
  if (flow === undefined) return null;
  if (given === null && inputs[CALLED] === flow) return { flow, records: null, inputsOf: () => ({}) };
  if (given === null && !isChosen(inputs)) return null;
  const helper = ctx.flowDocument(flow);
  const counted = countField(fields);
  const count = counted === null ? null : outputs[counted];
  const records = given ?? madeRecords(helper, typeof count === 'number' ? count : RECORDS, make);
  if (given !== null && counted !== null) outputs[counted] = records.length;
  return { flow, records, inputsOf: inputsFor(helper, inputs) };
}

/** Search cards have an option "Stream matching records", and a flow beside it that is unused without it. */
function isChosen(inputs: Performance['inputs']): boolean {
  return Object.entries(inputs).some(([name, value]) => /result/i.test(name) && /stream/i.test(String(value)));
}

function countField(fields: readonly Field[]): string | null {
  const counted = fields.find((field) => field.type === 'number' && /records|streamed/i.test(field.label ?? field.key));
  return counted === undefined ? null : fieldName(counted);
}

/** The record, and the card's own extra fields as its state; a helper that has one input of another name gets all in it. */
function inputsFor(helper: FlowDocument, inputs: Performance['inputs']): Streaming['inputsOf'] {
  const state: Record<string, Value> = {};
  for (const [name, value] of Object.entries(inputs)) {
    if (name.startsWith(GROUP) && !(value instanceof FlowRef)) setOwn(state, name.slice(GROUP.length), value);
  }
  const [only, ...more] = helper.inputs ?? [];
  if (only !== undefined && more.length === 0 && only.key !== RECORD) {
    return (record) => ({ [fieldName(only)]: { [RECORD]: record, [STATE]: state } });
  }
  return (record) => ({ [RECORD]: record, [STATE]: state });
}

/** Records with what the helper declares of them, and reads. */
function madeRecords(helper: FlowDocument, count: number, make: MakeRecord): readonly Value[] {
  const declared = helper.inputs?.find((field) => field.key === RECORD) ?? { key: RECORD, type: 'object' };
  return Array.from({ length: Math.max(0, Math.floor(count)) }, () => {
    const record = make(declared, helper.id);
    return isPlainObject(record) && Object.keys(record).length > 0 ? record : make(ANY_RECORD, helper.id);
  });
}

/** Where nothing is known of it. */
const ANY_RECORD: Field = {
  key: 'record',
  type: 'object',
  properties: [
    { key: 'ID', type: 'text' },
    { key: 'Status', type: 'text' },
    { key: 'Name', type: 'text' },
  ],
};
