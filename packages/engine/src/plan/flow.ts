/** The plan of a flow before its body: parameters, outputs, slots. */
import type { DeckFlow } from '../document/types.js';
import { converter, deepFreeze, emptyValue, type Field, fieldName, type Value } from '../values/index.js';
import { authorConverter } from './field-conversion.js';
import { type LooseInputs, loosely } from './loose.js';
import type { PlanDiagnostics } from './plan-diagnostics.js';
import type { FlowScope } from './scope.js';
import type { Spot } from './spot.js';
import { typeName } from './typed-input.js';
import {
  type BareEnding,
  type BlockPlan,
  type DeckPlan,
  type FlowPlan,
  type Parameter,
  PlannedFlow,
  type Step,
} from './types.js';

/** A flow plan while its deck is being compiled: the body comes last, so that flows can refer to each other. */
export type FlowDraft = { -readonly [K in keyof FlowPlan]: FlowPlan[K] };

const emptyBody: BlockPlan = {
  name: 'body',
  scope: 'scoped',
  steps: [],
  inputs: [],
  error: -1,
  item: -1,
  index: -1,
  out: [],
  outWaits: false,
  result: [],
  idle: null,
};

export function declareFlow(
  flow: DeckFlow,
  deck: DeckPlan,
  loose: LooseInputs,
  scope: FlowScope,
  report: PlanDiagnostics,
  spot: Spot,
): FlowDraft {
  const isLoose = (field: Field) => loose.has(flow.id, field, fieldName(field));
  const parameters = [
    ...(flow.options ?? []).map((field, index) =>
      declareParameter(field, 'options', index, isLoose(field), scope, report, spot),
    ),
    ...(flow.inputs ?? []).map((field, index) =>
      declareParameter(field, 'inputs', index, isLoose(field), scope, report, spot),
    ),
  ];
  const returned = (flow.outputs ?? []).map((field) => ({
    name: fieldName(field),
    field,
    convert: authorConverter(field),
  }));
  const draft: Partial<FlowDraft> = {
    id: flow.id,
    name: flow.name ?? flow.id,
    type: flow.type,
    document: flow,
    deck,
    parameters,
    parameter: new Map(parameters.map((parameter) => [parameter.name, parameter])),
    outputs: new Map(returned.map((output) => [output.name, output])),
    returned,
    grouped: null,
    initial: [],
    body: emptyBody,
    pure: false,
    fleeting: false,
    ending: null,
    connections: new Map(),
  };
  // Complete but for `ref`, which needs the object itself.
  const plan = draft as FlowDraft;
  plan.ref = new PlannedFlow(plan);
  return plan;
}

function declareParameter(
  field: Field,
  root: 'inputs' | 'options',
  index: number,
  loose: boolean,
  scope: FlowScope,
  report: PlanDiagnostics,
  spot: Spot,
): Parameter {
  const name = fieldName(field);
  const slot = scope.slot();
  const taken = scope.parameters.get('options')?.has(name) === true && root === 'inputs';
  if (taken)
    report.add(
      'error',
      'duplicate-field',
      spot.at(root).at(index),
      `"${name}" is an option and an input.`,
      'Rename one of them.',
    );
  scope.parameters.get(root)?.set(name, { slot, field, name, loose });
  const initial = initialValue(field, report, spot.at(root).at(index).at('default'));
  const convert = authorConverter(field);
  const convertItem = loose ? loosely(convert) : convert;
  return { name, field, slot, initial, convert, convertItem, loose, option: root === 'options' };
}

/** What a parameter holds when the caller gives nothing: its default, else the empty value of its type (control flow, question 8.16). */
function initialValue(field: Field, report: PlanDiagnostics, spot: Spot): Value {
  if (field.default === undefined) return emptyValue(field);
  try {
    return deepFreeze(converter(field)(field.default));
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it has another type.';
    report.add(
      'error',
      'type-mismatch',
      spot,
      `The default of "${fieldName(field)}" is not ${typeName(field)}: ${reason}`,
      'Give a default of that type, or none.',
    );
    return emptyValue(field);
  }
}

export function initialSlots(parameters: readonly Parameter[], count: number): Value[] {
  const slots: Value[] = new Array<Value>(count).fill(null);
  for (const { slot, initial } of parameters) slots[slot] = initial;
  return slots;
}

/** Fields of the result that stand in a group: declared ones, those of the last card, and what any Return names `group/key`. */
export function groupedOutputs(flow: FlowPlan): FlowPlan['grouped'] {
  const fields = [
    ...[...flow.outputs.values()].map((output) => output.field),
    ...flow.body.result.map((output) => output.field),
  ];
  const grouped = new Map<string, { group: string; key: string }>();
  for (const field of fields)
    if (field.group !== undefined) grouped.set(fieldName(field), { group: field.group, key: field.key });
  hasStep(flow.body, ({ card, outputs }) => {
    if (card.traits?.leaves !== undefined) for (const { name } of outputs) addGrouped(name, grouped);
    return false;
  });
  return grouped.size === 0 ? null : grouped;
}

function addGrouped(name: string, grouped: Map<string, { group: string; key: string }>): void {
  const slash = name.indexOf('/');
  if (slash > 0 && !grouped.has(name)) grouped.set(name, { group: name.slice(0, slash), key: name.slice(slash + 1) });
}

export function holdsSecrets(flow: FlowPlan): boolean {
  const isSecret = ({ field }: { readonly field: Field }) => field.secret === true;
  return (
    flow.parameters.some(isSecret) ||
    [...flow.outputs.values()].some(isSecret) ||
    hasStep(flow.body, (step) => step.secretive)
  );
}

/** Whether a flow does nothing by itself; of those that it calls the call graph knows. */
export function actsByItself({ body }: FlowPlan): boolean {
  return hasStep(body, ({ card, forward, policy }) => {
    if (card.kind === 'effect') return true;
    if (card.kind === 'control' && card.traits?.passive !== true) return true;
    // Which flow it calls is known only in the run; a handler of errors is not worth following.
    if (forward !== null && forward.target === null) return true;
    return policy !== null;
  });
}

/** Whether nothing keeps an activation of the flow: its cards are functions, and such as only end it. */
export function isFleeting({ body }: FlowPlan): boolean {
  return body.steps.every(
    ({ plain, card, blocks, forward, policy, mayWait }) =>
      plain || (card.traits?.passive === true && blocks.size === 0 && forward === null && policy === null && !mayWait),
  );
}

/** The value that a fleeting flow ends with, if that is what its last card is for, and none before it leaves. */
export function endingOf({ body: { steps }, outputs, fleeting }: FlowPlan): BareEnding | null {
  const last = steps.at(-1);
  const [input, another] = last?.extra ?? [];
  const returns = last?.card.traits?.returns === true && steps.every((step) => step.plain || step === last);
  if (!fleeting || !returns || input === undefined || another !== undefined) return null;
  return { input, convert: outputs.get(input.name)?.convert ?? null };
}

/** Whether a block has such a step, those of the blocks in it included. */
function hasStep(block: BlockPlan, isSuch: (step: Step) => boolean): boolean {
  for (const step of block.steps) {
    if (isSuch(step)) return true;
    if (step.blocks.size === 0) continue;
    for (const inner of step.blocks.values()) if (hasStep(inner, isSuch)) return true;
  }
  return false;
}
