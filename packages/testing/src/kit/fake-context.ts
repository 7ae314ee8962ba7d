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

/**
 * Makes a context of the parts that a test gives: ports, a connection, `call`. Ids, `return`, `stop` and a signal are
 * there by themselves.
 *
 * @throws Error when the card uses a member that the test does not give.
 * @example
 * const ctx = fakeContext({ http: { request: async () => response } });
 */
export function fakeContext(parts: Partial<CardContext> = {}): CardContext {
  const base: Partial<CardContext> = {
    runId: 'run-1',
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
  };
  const context = { ...base, ...parts };
  return new Proxy(context, {
    get(target, name) {
      if (name in target) return Reflect.get(target, name);
      throw new Error(`The card uses ctx.${String(name)}, which this test does not provide.`);
    },
    // All members are there: those that a test leaves out throw.
  }) as CardContext;
}

/** Stands for a flow that a card is given. */
export class FakeFlow extends FlowRef {
  readonly id = 'helper';
  readonly name = 'Helper';
}

/** The result of a called flow that returned these fields. */
export function returned(outputs: Outputs, kind: FlowResult['kind'] = 'return'): FlowResult {
  const values = Object.values(outputs);
  return {
    kind,
    outputs,
    nested: outputs as ValueObject,
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
