/** Compiles the error policy of a card. */
import type { ErrorPolicy } from '../document/types.js';
import { bind } from './bind.js';
import type { BlockScope } from './scope.js';
import type { Spot } from './spot.js';
import type { StepCompiler } from './step-compiler.js';
import { boundInput } from './typed-input.js';
import type { CompiledPolicy, Input } from './types.js';

/** Default wait between attempts: five minutes, as the product (reference: control flow, section 4.2). */
const RETRY_DELAY_MS = 300_000;
/** No pause is longer than an hour, whatever a service asks for, unless the flow says so. */
const MAX_RETRY_DELAY_MS = 3_600_000;

export function compilePolicy(
  policy: ErrorPolicy,
  scope: BlockScope,
  context: StepCompiler,
  spot: Spot,
): CompiledPolicy {
  const { retry } = policy;
  const delay = retry?.delay ?? RETRY_DELAY_MS;
  return {
    retry: retry
      ? {
          times: retry.times,
          delay: typeof delay === 'number' ? [delay, delay] : delay,
          backoff: retry.backoff ?? 1,
          maxDelay: retry.maxDelay ?? MAX_RETRY_DELAY_MS,
          when: retry.when ?? 'rate-limits',
        }
      : null,
    then: policy.then ?? 'raise',
    values: compileValues(policy, scope, context, spot),
    flow: policy.flow === undefined ? null : (context.flows.get(policy.flow) ?? null),
  };
}

function compileValues(policy: ErrorPolicy, scope: BlockScope, context: StepCompiler, spot: Spot): Input[] {
  const values: Input[] = [];
  for (const [name, binding] of Object.entries(policy.values ?? {})) {
    const bound = bind(binding, scope, context, spot.at('values'), name);
    if (bound) values.push(boundInput(name, { key: name, ...bound.type }, bound));
  }
  return values;
}
