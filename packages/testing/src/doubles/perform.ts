/** What a stand-in does: it asks the mocks, makes up the rest, and tells what was called. */
import type { CardContext, Field, Outputs, Value } from '@flowdeck/engine';
import { fieldName, seededRandom, setOwn } from '@flowdeck/engine/kit';
import type { MockAnswer } from '../mocks/types.js';
import type { Border, CallRecord } from './border.js';
import { plain, recorded } from './effects.js';
import type { Made } from './made.js';
import { mockedError } from './mocked-error.js';
import { pause } from './pause.js';
import type { Performance } from './performance.js';
import { type FieldToMake, plausible } from './plausible.js';
import { type Streaming, streamingOf } from './streaming.js';

/** What the stand-ins of one run share. */
export interface Stage {
  readonly border: Border;
  readonly seed: string;
  /** From what values are made, but for the randomness. */
  readonly made: Omit<Made, 'random'>;
  /** What is known of a field beyond its declaration: an output of a card, an input of a flow. */
  readonly refine: (flow: string, root: string, field: Field) => FieldToMake;
}

export async function perform(performance: Performance, stage: Stage): Promise<Outputs> {
  const { id, inputs, ctx, fields } = performance;
  const { border, seed } = stage;
  const dot = id.indexOf('.');
  const { flowId: flow, cardId: card } = ctx;
  const given = recorded(inputs);
  const call: CallRecord = {
    kind: 'card',
    flow,
    card,
    connector: id.slice(0, dot),
    action: id.slice(dot + 1),
    inputs: given,
  };
  const answer = border.answer({ kind: 'card', name: id, flow, card, inputs: given }, call);
  await pause(answer?.delayMs ?? 0, ctx.clock, ctx.signal);
  if (answer?.error) throw mockedError(answer.error, 'http-status', call, border);
  const made: Made = { ...stage.made, random: seededRandom(`${seed}/${flow}/${card}/${border.turn(flow, card)}`) };
  const outputs = outputsOf(answer, fields, (field) =>
    border.unforeseen === 'refuse' ? null : plausible(stage.refine(flow, card, field), made),
  );
  const make = (field: Field, helper: string) => plausible(stage.refine(helper, 'inputs', field), made);
  const streaming = streamingOf(performance, outputs, answer?.records ?? null, make);
  border.note(
    call,
    recorded(outputs),
    streaming?.records?.map((record) => plain(record)),
  );
  await handOut(streaming, performance);
  return border.unforeseen === 'make-up' ? withFiles(outputs, fields, ctx) : outputs;
}

/** Outputs of the answer; those that it leaves out, as they are made. */
function outputsOf(
  answer: MockAnswer | null,
  fields: readonly Field[],
  make: (field: Field) => Value,
): Record<string, Value> {
  const outputs: Record<string, Value> = {};
  const given = answer?.outputs ?? {};
  for (const field of fields) {
    const name = fieldName(field);
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    setOwn(outputs, name, value === undefined ? make(field) : value);
  }
  return outputs;
}

async function handOut(streaming: Streaming | null, { inputs, ctx }: Performance): Promise<void> {
  if (streaming === null) return;
  const { flow, records, inputsOf } = streaming;
  if (records === null) {
    const list = Object.values(inputs).find((value) => Array.isArray(value));
    if (Array.isArray(list)) await ctx.callEach(flow, list, { collect: 'none', onError: 'ignore' });
    else await ctx.call(flow);
    return;
  }
  for (const [index, record] of records.entries()) {
    try {
      await ctx.call(flow, { index, inputs: inputsOf(record) });
    } catch {
      // A record that fails does not stop the stream; a run that is over stops by itself.
    }
  }
}

/** Files come from the store of the host, so that later cards can read them. */
async function withFiles(outputs: Record<string, Value>, fields: readonly Field[], ctx: CardContext): Promise<Outputs> {
  for (const field of fields.filter(({ type, list }) => type === 'file' && !list)) {
    const name = fieldName(field);
    const content = new TextEncoder().encode(`simulated ${name}\n`);
    outputs[name] ??= await ctx.files.put({ name: `${field.key}.txt`, mediaType: 'text/plain' }, content);
  }
  return outputs;
}
