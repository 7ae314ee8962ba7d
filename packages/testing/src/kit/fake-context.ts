/** A card context for tests: gives what a test puts into it, and fails loudly at everything else. */
import {
  type CardContext,
  FlowRef,
  type FlowResult,
  Leave,
  type Outputs,
  type Value,
  type ValueObject,
} from '@flowdeck/engine';

/** What a block does, given what the card provides to it: gives outputs, or a way out, or throws. */
export type FakeBlock = (
  provided: NonNullable<Parameters<CardContext['runBlock']>[1]>,
) => ReturnType<CardContext['runBlock']>;

/** Members of a context, and what stands for the card's blocks. */
export interface ContextParts extends Partial<CardContext> {
  /** By name, in document order: gives `blockNames` and `runBlock`. */
  readonly blocks?: Readonly<Record<string, FakeBlock>>;
}

/**
 * Makes a context of the parts that a test gives: ports, a connection, blocks, `call`. Ids, `return`, `stop` and a signal
 * are there by themselves, `sleep` with a clock.
 *
 * @throws Error when the card uses a member that the test does not give, or runs a block that is not there.
 * @example
 * const ctx = fakeContext({ http: scriptedHttp(exchanges), blocks: { try: () => ({ sid: 'SM1' }) } });
 */
export function fakeContext(given: ContextParts = {}): CardContext {
  const { blocks, ...parts } = given;
  const { clock } = parts;
  const base: Partial<CardContext> = {
    runId: 'run-1',
    metadata: {},
    executionId: 'run-1',
    cardId: 'card',
    flowId: 'flow',
    key: 'run-1/card',
    signal: new AbortController().signal,
    connection: null,
    blockNames: [],
    return: (outputs, answer) => new Leave('return', outputs, answer),
    stop: (outputs = {}) => new Leave('stop', outputs),
    errorObject: (error) => ({ message: error instanceof Error ? error.message : String(error) }),
    ...(clock && { sleep: (ms) => new Promise((resolve) => void clock.after(ms, () => resolve(undefined))) }),
  };
  const context = {
    ...base,
    ...parts,
    ...(blocks && ofBlocks(blocks)),
  };
  return new Proxy(context, {
    get(target, name) {
      if (name in target) return Reflect.get(target, name);
      const member = String(name);
      throw new Error(`The card uses ctx.${member}, which this test does not give: add { ${member}: ... }.`);
    },
    // All members are there: those that a test leaves out throw.
  }) as CardContext;
}

function ofBlocks(blocks: Readonly<Record<string, FakeBlock>>): Pick<CardContext, 'blockNames' | 'runBlock'> {
  return { blockNames: Object.keys(blocks), runBlock: (name, provided = {}) => blockOf(blocks, name)(provided) };
}

function blockOf(blocks: Readonly<Record<string, FakeBlock>>, name: string): FakeBlock {
  const block = Object.hasOwn(blocks, name) ? blocks[name] : undefined;
  if (block) return block;
  throw new Error(`The card runs the block "${name}"; this test gives ${Object.keys(blocks).join(', ') || 'none'}.`);
}

/** Stands for a flow that a card is given. */
export class FakeFlow extends FlowRef {
  /** The same for all: a card must not go by it. */
  readonly id = 'helper';
  /** The same for all. */
  readonly name = 'Helper';
}

/** The result of a called flow that returned these fields. */
export function returned(outputs: Outputs, kind: FlowResult['kind'] = 'return'): FlowResult {
  const values = Object.values(outputs);
  return {
    kind,
    outputs,
    // Outputs are a record of values.
    nested: outputs as ValueObject,
    // The only one; or the record itself.
    value: values.length === 1 ? (values[0] as Value) : (outputs as ValueObject),
  };
}

/** `callEach` over a function from item to result, as the engine does it one after the other. */
export function callingEach(
  result: (item: Value, index: number) => FlowResult,
  log: unknown[] = [],
): Partial<CardContext> {
  return {
    callEach: (_flow, items, options) => {
      log.push(options);
      const collect = options?.collect ?? 'values';
      return items.map((item, index) => {
        const ended = result(item, index);
        return typeof collect === 'function' ? collect(ended) : collect === 'none' ? null : ended.value;
      });
    },
  };
}
