/** Small cards that the engine's own tests are made of, and short ways to write flows with them. */
import { type BlockOutcome, type CardContext, type CardType, defineCard, definePack } from '../cards/index.js';
import type { CardNode, DeckFlow, FlowDocument } from '../document/index.js';
import { createEngine, type Engine } from '../engine.js';
import { RunError } from '../errors.js';
import type { EngineOptions } from '../start/engine-options.js';
import type { FlowRef, Value } from '../values/index.js';

const VALUE = { key: 'value', type: 'any' } as const;
const OUTPUT = { key: 'output', type: 'any' } as const;
const FLOW = { key: 'flow', type: 'flow', required: true } as const;

const give = defineCard({
  id: 't.give',
  title: 'Give',
  description: 'Gives what it gets.',
  kind: 'pure',
  inputs: [VALUE],
  outputs: [OUTPUT],
  run: (value) => ({ output: value }),
});

const add = defineCard({
  id: 't.add',
  title: 'Add',
  description: 'Adds two numbers.',
  kind: 'pure',
  inputs: [
    { key: 'a', type: 'number', required: true, description: 'the first number' },
    { key: 'b', type: 'number', default: 1 },
  ],
  outputs: [{ key: 'output', type: 'number' }],
  run: (a, b) => ({ output: a + (b ?? 0) }),
});

const text = defineCard({
  id: 't.text',
  title: 'Text',
  description: 'A text, as it is.',
  kind: 'pure',
  inputs: [{ key: 'value', type: 'text' }],
  outputs: [{ key: 'output', type: 'text' }],
  run: (value) => ({ output: value }),
});

const file = defineCard({
  id: 't.file',
  title: 'File',
  description: 'Takes a file, which no other type can become; gives two values, one of them grouped.',
  kind: 'pure',
  inputs: [{ key: 'file', type: 'file' }],
  outputs: [
    { key: 'size', type: 'number' },
    { key: 'name', group: 'Meta', type: 'text' },
  ],
  run: (given) => ({ size: given?.size ?? 0, 'Meta/name': given?.name ?? 'none' }),
});

const colour = defineCard({
  id: 't.colour',
  title: 'Colour',
  description: 'Takes one of two texts.',
  kind: 'pure',
  inputs: [{ key: 'colour', type: 'text', choices: ['red', 'green'] }],
  outputs: [{ key: 'output', type: 'text' }],
  run: (value) => ({ output: value }),
});

const assign = defineCard({
  id: 't.assign',
  title: 'Assign',
  description: 'Gives its author-named inputs.',
  kind: 'pure',
  inputs: [],
  extraInputs: { type: 'any' },
  outputs: [],
  mirror: true,
  run: (values) => values,
});

const range = defineCard({
  id: 't.range',
  title: 'Range',
  description: 'A list of numbers from 0.',
  kind: 'pure',
  inputs: [{ key: 'count', type: 'number', required: true }],
  outputs: [{ key: 'output', type: 'number', list: true }],
  run: (count) => ({ output: Array.from({ length: count }, (_, index) => index) }),
});

const comment = defineCard({
  id: 't.comment',
  title: 'Comment',
  description: 'Does nothing.',
  kind: 'pure',
  inputs: [],
  outputs: [],
  traits: { remarks: true },
  run: () => ({}),
});

const returns = defineCard({
  id: 't.return',
  title: 'Return',
  description: 'Leaves with a result.',
  kind: 'control',
  inputs: [],
  extraInputs: { type: 'any' },
  outputs: [],
  mirror: true,
  traits: { passive: true, leaves: 'always', returns: true },
  run: (result, ctx) => ctx.return(result),
});

const continueIf = defineCard({
  id: 't.continueIf',
  title: 'Continue If',
  description: 'Stops early unless the condition holds.',
  kind: 'control',
  inputs: [{ key: 'condition', type: 'boolean', required: true }],
  outputs: [{ key: 'message', type: 'text' }],
  traits: { passive: true },
  run: (condition, ctx) => (condition ? undefined : ctx.stop({ message: 'stopped' })),
});

const fail = defineCard({
  id: 't.fail',
  title: 'Fail',
  description: 'Fails.',
  kind: 'pure',
  inputs: [
    { key: 'message', type: 'text', default: 'it failed' },
    { key: 'statusCode', type: 'number' },
    { key: 'code', type: 'text', default: 'test-failure' },
  ],
  outputs: [OUTPUT],
  run: (message, statusCode, code): { output: Value } => {
    // A stranger's code, as a flow's author chooses one.
    throw new RunError<'test-failure'>((code ?? '') as 'test-failure', message ?? '', {
      statusCode,
      extra: { why: 'a test' },
    });
  },
});

const ifElse = defineCard({
  id: 't.if',
  title: 'If',
  description: 'Runs one of two inline blocks.',
  kind: 'control',
  inputs: [{ key: 'condition', type: 'boolean', required: true }],
  outputs: [],
  blocks: { then: { scope: 'inline', required: true }, else: { scope: 'inline' } },
  traits: { passive: true },
  run: (condition, ctx) => {
    const block = condition ? 'then' : 'else';
    return ctx.blockNames.includes(block) ? ctx.runBlock(block) : undefined;
  },
});

const branch = defineCard({
  id: 't.branch',
  title: 'Branch',
  description: 'Runs the first scoped block whose condition holds.',
  kind: 'control',
  inputs: [],
  outputs: [],
  blocks: { '*': { scope: 'scoped', inputs: [{ key: 'condition', type: 'boolean' }] } },
  traits: { passive: true },
  outputsFromBlocks: true,
  run: async (ctx) => {
    for (const name of ctx.blockNames) {
      const [condition = true] = await ctx.blockInputs(name);
      if (condition) return ctx.runBlock(name);
    }
    return undefined;
  },
});

const attempt = defineCard({
  id: 't.try',
  title: 'Try',
  description: 'Runs a block, and another when it fails.',
  kind: 'control',
  inputs: [],
  outputs: [],
  blocks: {
    try: { scope: 'scoped', required: true },
    catch: { scope: 'scoped', required: true, provides: ['error'] },
  },
  traits: { passive: true },
  outputsFromBlocks: true,
  run: (ctx) => {
    const recover = (error: unknown) => ctx.runBlock('catch', { error: ctx.errorObject(error) });
    try {
      const outcome = ctx.runBlock('try');
      return outcome instanceof Promise ? outcome.catch(recover) : outcome;
    } catch (error) {
      return recover(error);
    }
  },
});

const loop = defineCard({
  id: 't.loop',
  title: 'Loop',
  description: 'Runs a block so many times, one pass after the other or side by side.',
  kind: 'control',
  inputs: [
    { key: 'times', type: 'number', required: true },
    { key: 'parallel', type: 'boolean' },
    { key: 'shared', type: 'boolean', description: 'Passes share their values.' },
  ],
  outputs: [{ key: 'results', type: 'any', list: true }],
  blocks: { body: { scope: 'scoped', required: true, provides: ['item', 'index'] } },
  traits: { passive: true },
  run: async (times, parallel, shared, ctx) => {
    const pass = (index: number): BlockOutcome | Promise<BlockOutcome> =>
      ctx.runBlock('body', { item: `item ${index}`, ...(shared ? {} : { index }) });
    const indexes = Array.from({ length: times }, (_, index) => index);
    const results: BlockOutcome[] = [];
    if (parallel) results.push(...(await Promise.all(indexes.map(pass))));
    else for (const index of indexes) results.push(await pass(index));
    // A scoped block gives outputs, never a Leave.
    return { results: results as unknown as readonly Value[] };
  },
});

/** A loop that never waits: a block, again and again, and its last outputs. */
const spin = defineCard({
  id: 't.spin',
  title: 'Spin',
  description: 'Runs a block so many times, synchronously.',
  kind: 'control',
  inputs: [{ key: 'times', type: 'number', required: true }],
  outputs: [],
  blocks: { body: { scope: 'scoped', required: true } },
  traits: { passive: true },
  outputsFromBlocks: true,
  run: (times, ctx) => {
    let outcome: BlockOutcome | Promise<BlockOutcome> = {};
    for (let pass = 0; pass < times; pass++) outcome = ctx.runBlock('body');
    return outcome;
  },
});

const call = defineCard({
  id: 't.call',
  title: 'Call',
  description: 'Calls a flow.',
  kind: 'control',
  inputs: [FLOW],
  extraInputs: { type: 'any', forward: 'flow' },
  outputs: [],
  extraOutputs: { type: 'any' },
  traits: { passive: true },
  run: (flow, ctx) => {
    const result = ctx.call(flow);
    return result instanceof Promise ? result.then(({ outputs }) => outputs) : result.outputs;
  },
});

/** The value, kind and nested form of a called flow's result. */
const inspect = defineCard({
  id: 't.inspect',
  title: 'Inspect',
  description: 'Calls a flow and tells how it ended.',
  kind: 'control',
  inputs: [FLOW],
  extraInputs: { type: 'any', forward: 'flow' },
  outputs: [
    { key: 'kind', type: 'text' },
    { key: 'value', type: 'any' },
    { key: 'nested', type: 'object' },
  ],
  traits: { passive: true },
  run: async (flow, ctx) => {
    const { kind, value, nested } = await ctx.call(flow);
    return { kind, value, nested };
  },
});

const spawn = defineCard({
  id: 't.spawn',
  title: 'Spawn',
  description: 'Starts a flow and does not wait for it.',
  kind: 'control',
  inputs: [FLOW],
  extraInputs: { type: 'any', forward: 'flow' },
  outputs: [{ key: 'run', type: 'text' }],
  run: (flow, ctx) => {
    const run = ctx.spawn(flow);
    return run instanceof Promise ? run.then((id) => ({ run: id })) : { run };
  },
});

const each = defineCard({
  id: 't.each',
  title: 'Each',
  description: 'Calls a flow per item.',
  kind: 'control',
  inputs: [
    { key: 'list', type: 'any', list: true, required: true },
    FLOW,
    { key: 'concurrency', type: 'number' },
    { key: 'ignore', type: 'boolean' },
  ],
  extraInputs: { type: 'any', forward: 'flow', perItem: true },
  outputs: [{ key: 'values', type: 'any', list: true }],
  traits: { passive: true },
  run: (list, flow, concurrency, ignore, ctx) => {
    const values = eachOf(ctx, flow, list, concurrency, ignore);
    return values instanceof Promise ? values.then((all) => ({ values: all })) : { values };
  },
});

function eachOf(
  ctx: CardContext,
  flow: FlowRef,
  list: readonly Value[],
  concurrency: number | null,
  ignore: boolean | null,
): readonly Value[] | Promise<readonly Value[]> {
  return ctx.callEach(flow, list, {
    ...(concurrency === null ? {} : { concurrency }),
    onError: ignore ? 'ignore' : 'stop',
  });
}

const sleep = defineCard({
  id: 't.sleep',
  title: 'Sleep',
  description: 'Suspends the run.',
  kind: 'control',
  inputs: [{ key: 'ms', type: 'number', required: true }],
  outputs: [],
  traits: { noResult: true },
  run: async (ms, ctx) => {
    await ctx.sleep(ms);
    return undefined;
  },
});

const wait = defineCard({
  id: 't.wait',
  title: 'Wait',
  description: 'Waits for a signal.',
  kind: 'control',
  inputs: [
    { key: 'signal', type: 'text', required: true },
    { key: 'timeout', type: 'number' },
  ],
  outputs: [OUTPUT],
  run: async (signal, timeout, ctx) => ({ output: await ctx.waitFor(signal, timeout ?? undefined) }),
});

const context = defineCard({
  id: 't.key',
  title: 'Key',
  description: 'Gives the id of its own step.',
  kind: 'effect',
  inputs: [],
  outputs: [{ key: 'output', type: 'text' }],
  run: (ctx) => ({ output: ctx.key }),
});

/** All of them; tests add their own. */
export const TEST_CARDS: readonly CardType[] = [
  give,
  add,
  text,
  file,
  colour,
  assign,
  range,
  comment,
  returns,
  continueIf,
  fail,
  ifElse,
  branch,
  attempt,
  loop,
  spin,
  call,
  inspect,
  spawn,
  each,
  sleep,
  wait,
  context,
];

/** An engine with the test cards, and others of the namespace `x`. */
export function testEngine(options: EngineOptions & { readonly cards?: readonly CardType[] } = {}): Engine {
  const { cards = [], ...rest } = options;
  return createEngine({
    ...rest,
    packs: [
      definePack({ name: 'test-cards', namespace: 't', version: '1.2.3', cards: TEST_CARDS }),
      definePack({ name: 'extra-cards', namespace: 'x', version: '0.1.0', cards }),
      ...(rest.packs ?? []),
    ],
  });
}

/** A flow file of one flow, `main`. */
export function flow(cards: readonly CardNode[], more: Partial<FlowDocument> = {}): FlowDocument {
  return { flowdeck: 1, id: 'main', type: 'manual', ...more, cards };
}

/** One flow of a deck. A helper, unless it says otherwise. */
export function helper(id: string, cards: readonly CardNode[], more: Partial<DeckFlow> = {}): DeckFlow {
  return { id, type: 'helper', ...more, cards };
}

/** A flow file of several flows; the first is `main` and the one that runs. */
export function deck(cards: readonly CardNode[], ...helpers: readonly DeckFlow[]) {
  return { flowdeck: 1, flows: [{ id: 'main', type: 'manual', cards }, ...helpers] } as const;
}

/** A binding to an earlier value. */
export function from(pointer: string): { readonly from: string } {
  return { from: pointer };
}
