/** How a flow ended. */
import type { Answer, FlowResult, Outputs } from '../cards/index.js';
import type { FlowPlan } from '../plan/index.js';
import type { Value, ValueObject } from '../values/index.js';

/** How a flow ended, and its result in the forms in which callers want it. */
export class FlowOutcome implements FlowResult {
  readonly kind: 'return' | 'end' | 'stop';
  readonly outputs: Outputs;
  readonly plan: FlowPlan;
  readonly answer: Answer | null;

  constructor(kind: FlowOutcome['kind'], outputs: Outputs, plan: FlowPlan, answer: Answer | null = null) {
    this.kind = kind;
    this.outputs = outputs;
    this.plan = plan;
    this.answer = answer;
  }

  get value(): Value {
    let only: string | undefined;
    for (const key in this.outputs) {
      if (only !== undefined) return this.nested;
      only = key;
    }
    return only === undefined ? {} : (this.outputs[only] ?? null);
  }

  /** Outputs with grouped fields nested under their group. */
  get nested(): ValueObject {
    const { grouped } = this.plan;
    if (grouped === null) return this.outputs;
    const nested: Record<string, Value> = {};
    for (const [name, value] of Object.entries(this.outputs)) {
      const field = grouped.get(name);
      if (!field) nested[name] = value;
      else {
        nested[field.group] ??= {};
        (nested[field.group] as Record<string, Value>)[field.key] = value; // made just above
      }
    }
    return nested;
  }
}
