/** Puts what a host gives into the slots of a flow, and says what does not fit. */
import { FlowdeckError } from '../errors.js';
import type { FlowPlan, Parameter } from '../plan/index.js';
import type { Run } from '../run/run.js';
import {
  checkIsValue,
  checkMemberCount,
  isPlainObject,
  typeOf,
  type Value,
  type ValueObject,
} from '../values/index.js';
import type { RunOptions } from './run-options.js';

/** Puts the given inputs and options into the flow's slots. */
export function fillInputs(plan: FlowPlan, options: RunOptions, run: Run): Value[] {
  const slots = plan.initial.slice();
  assignGiven(plan, slots, options.inputs, false);
  assignGiven(plan, slots, options.options, true);
  for (const parameter of plan.parameters) {
    const { field, name, slot, option } = parameter;
    if (field.required && field.default === undefined) {
      const given = option ? options.options : options.inputs;
      if (given === undefined || !Object.hasOwn(given, name)) throw missingInput(plan, parameter);
    }
    if (field.secret) run.redactor.add(slots[slot] ?? null);
  }
  return slots;
}

function assignGiven(
  plan: FlowPlan,
  slots: Value[],
  values: Readonly<Record<string, unknown>> | undefined,
  option: boolean,
): void {
  if (values === undefined) return;
  for (const name of Object.keys(values)) {
    const parameter = plan.parameter.get(name);
    if (parameter?.option !== option) throw unknownInput(plan, name, option);
    slots[parameter.slot] = convertInput(plan, parameter, values[name]);
  }
}

function unknownInput(plan: FlowPlan, name: string, option: boolean): FlowdeckError {
  const kind = option ? 'option' : 'input';
  const known = plan.parameters.filter((each) => each.option === option).map((each) => each.name);
  return new FlowdeckError('unknown-input', `Flow "${plan.id}" has no ${kind} "${name}".`, {
    at: { flow: plan.id, field: name },
    hint: known.length === 0 ? `It declares no ${kind}s.` : `It has: ${known.join(', ')}.`,
  });
}

function missingInput(plan: FlowPlan, { field, name, option }: Parameter): FlowdeckError {
  return new FlowdeckError('missing-input', `Flow "${plan.id}" needs the ${option ? 'option' : 'input'} "${name}".`, {
    at: { flow: plan.id, field: name },
    hint: `Give it a ${field.list ? 'list of ' : ''}${field.type}${field.description ? `: ${field.description}` : '.'}`,
  });
}

function convertInput(plan: FlowPlan, parameter: Parameter, value: unknown): Value {
  try {
    const given = parameter.convert(value);
    if (isPlainObject(given)) checkMemberCount(given);
    else if (typeOf(given) === 'any') checkIsValue(given, 'It');
    return given;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'It cannot be converted.';
    throw new FlowdeckError('invalid-input', `The value of "${parameter.name}" does not fit: ${reason}`, {
      at: { flow: plan.id, field: parameter.name },
      ...(cause instanceof FlowdeckError && cause.hint !== undefined ? { hint: cause.hint } : {}),
      cause,
    });
  }
}

export function valuesByName(plan: FlowPlan, slots: readonly Value[], option: boolean): ValueObject {
  return Object.fromEntries(
    plan.parameters
      .filter((parameter) => parameter.option === option)
      .map(({ name, slot }) => [name, slots[slot] ?? null]),
  );
}
