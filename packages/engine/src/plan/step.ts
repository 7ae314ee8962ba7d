/** Compiles one card of a flow into a step. */
import type { BlockDeclaration, CardType, ExtraInputs } from '../cards/index.js';
import type { Binding, Block, CardNode } from '../document/types.js';
import { converter, type Field, fieldName, type TypeRef, wireConverter } from '../values/index.js';
import { bind, bindForward, bindInput, type CompileContext, shape, withField } from './bind.js';
import { below, type Spot, suggest } from './report.js';
import type { BlockScope } from './scope.js';
import {
  type Argument,
  type BlockPlan,
  type CompiledPolicy,
  type FlowPlan,
  type Forward,
  type Input,
  type Output,
  PlannedFlow,
  type Step,
} from './types.js';

/** Compiles the block of a card. Supplied by `block.ts`, which compiles the cards in it. */
export type CompileBlock = (
  name: string,
  block: Block,
  declaration: BlockDeclaration,
  owner: { readonly node: CardNode; readonly outputs: readonly Field[] },
  scope: BlockScope,
  id: string,
  spot: Spot,
) => BlockPlan;

export interface StepContext extends CompileContext {
  card(id: string): CardType | undefined;
  cardIds(): Iterable<string>;
  readonly compileBlock: CompileBlock;
  /** Notes that the flow under compilation calls another. */
  calls(flow: FlowPlan, card: CardNode, spot: Spot): void;
  /** Notes the connection of a card, and reports a connector's card without one. */
  connection(node: CardNode, spot: Spot): void;
}

export function compileStep(
  node: CardNode,
  id: string,
  path: readonly string[],
  scope: BlockScope,
  context: StepContext,
  spot: Spot,
): Step | null {
  const card = context.card(node.card);
  if (!card) {
    scope.flow.unknown.add(id);
    context.report.add(
      'error',
      'unknown-card',
      below(spot, 'card'),
      `There is no card "${node.card}".`,
      unknownCardHint(node.card, context),
    );
    return null;
  }
  const before = context.report.diagnostics.length;
  const inputs = compileInputs(card, node, scope, context, spot);
  const { extra, forwards } = compileExtras(card, node, scope, context, spot);
  const forward = compileForward(card, node, inputs, forwards, context, spot);
  const declared = declareOutputs(card, node, extra, inputs, forward?.target ?? null, context, spot);
  const blocks = compileBlocks(card, node, declared, scope, context, id, spot);
  const policy = node.onError ? compilePolicy(node.onError, scope, context, below(spot, 'onError')) : null;
  context.connection(node, spot);
  if (context.report.diagnostics.slice(before).some((diagnostic) => diagnostic.severity === 'error')) {
    // The outputs still take their places, so that later references are not reported as a consequence.
    scope.define(
      id,
      declared.map((output) => ({ ...output, slot: scope.flow.slot() })),
    );
    return null;
  }
  const outputs = declared.map((output) => ({ ...output, slot: scope.flow.slot() }));
  scope.define(id, outputs);
  return {
    id,
    card,
    title: node.title ?? card.title,
    pointer: spot.pointer,
    path,
    inputs,
    extra,
    outputs,
    blocks,
    connection: node.connection ?? null,
    policy,
    timeoutMs: node.timeout ?? card.timeoutMs ?? null,
    forward,
    release: [],
    mayWait: [...inputs, ...extra, ...(forward?.all ?? [])].some((input) => input.mayWait),
    plain: false,
    count: 1,
    exec: unfinished,
  };
}

/** Stands in until the block of the step is complete. */
function unfinished(): never {
  throw new TypeError('The step belongs to a block that is not compiled yet.');
}

function unknownCardHint(id: string, context: StepContext): string | undefined {
  const close = suggest(id, context.cardIds());
  if (close?.startsWith('Did')) return close;
  return `Is the pack loaded that brings "${id.split('.')[0]}"?`;
}

function compileInputs(card: CardType, node: CardNode, scope: BlockScope, context: StepContext, spot: Spot): Input[] {
  return card.inputs.flatMap((field) => {
    const input = bindInput(field, node.in?.[fieldName(field)], scope, context, spot);
    return input ? [input] : [];
  });
}

/** The inputs beyond the declared ones: given to the card as a record, or forwarded to the flow that it calls. */
function compileExtras(card: CardType, node: CardNode, scope: BlockScope, context: StepContext, spot: Spot) {
  const declared = new Set(card.inputs.map(fieldName));
  const extra: Input[] = [];
  const forwards: (Forward & { readonly type: TypeRef; readonly binding: Binding })[] = [];
  for (const [name, binding] of Object.entries(node.in ?? {})) {
    if (declared.has(name)) continue;
    const place = below(spot, 'in', name);
    const rule = card.extraInputs;
    if (!rule || (rule.group !== undefined && !name.startsWith(`${rule.group}/`))) {
      const hint = suggest(name, declared) ?? groupHint(rule) ?? `"${card.id}" has no inputs.`;
      context.report.add('error', 'unknown-field', place, `"${card.id}" has no input "${name}".`, hint);
      continue;
    }
    if (rule.forward !== undefined) {
      const bound = bindForward(binding, rule.perItem === true, scope, context, place);
      if (bound)
        forwards.push({
          name,
          read: bound.read,
          mayWait: bound.mayWait,
          perItem: bound.perItem,
          type: bound.type,
          binding,
        });
      continue;
    }
    const key = rule.group === undefined ? name : name.slice(rule.group.length + 1);
    const bound = bind(binding, scope, context, place);
    const input = bound && shape(extraField(key, rule, node, bound.type), name, bound, context.report, place);
    if (input) extra.push({ ...input, name: key });
  }
  return { extra, forwards };
}

function groupHint(rule: ExtraInputs | undefined): string | undefined {
  return rule?.group === undefined ? undefined : `Extra inputs are named "${rule.group}/name".`;
}

/** The type of an extra input: as the node declares it, else as the card says, else that of its binding. */
function extraField(key: string, rule: ExtraInputs, node: CardNode, bound: TypeRef): Field {
  const declared = node.inputs?.find((field) => field.key === key && field.group === rule.group);
  if (declared) return declared;
  const { type, list } = rule.type === 'any' ? bound : rule;
  return { key, ...(rule.group === undefined ? {} : { group: rule.group }), type, ...(list ? { list } : {}) };
}

/** Aims forwarded values at the inputs of the called flow, when that is known. */
function compileForward(
  card: CardType,
  node: CardNode,
  inputs: readonly Input[],
  forwards: readonly (Forward & { readonly type: TypeRef })[],
  context: StepContext,
  spot: Spot,
): Step['forward'] {
  const name = card.extraInputs?.forward ?? card.inputs.find((field) => field.type === 'flow')?.key;
  if (name === undefined) return null;
  const reference = inputs.find((input) => input.name === name)?.constant;
  if (!(reference instanceof PlannedFlow)) return { input: name, target: null, args: null, all: forwards };
  const target = reference.plan;
  context.calls(target, node, spot);
  if (forwards.some((forward) => forward.mayWait)) return { input: name, target, args: null, all: forwards };
  const args: Argument[] = [];
  for (const forward of forwards) {
    const parameter = target.parameter.get(forward.name);
    const place = below(spot, 'in', forward.name);
    if (!parameter) {
      context.report.add(
        'warning',
        'unknown-parameter',
        place,
        `Flow "${target.id}" has no input "${forward.name}"; the value goes nowhere.`,
        suggest(forward.name, target.parameter.keys()),
      );
      continue;
    }
    const convert = wireConverter(forward.type, parameter.field);
    if (convert === 'never') {
      context.report.add(
        'error',
        'type-mismatch',
        place,
        `Input "${forward.name}" of flow "${target.id}" is of type ${parameter.field.type}; this value can never become one.`,
      );
      continue;
    }
    args.push({
      slot: parameter.slot,
      read: convert === null ? (forward.read as Argument['read']) : converting(forward, convert),
    });
  }
  const given = new Set(forwards.map((forward) => forward.name));
  for (const parameter of target.parameters) {
    if (given.has(parameter.name) || !parameter.field.required || parameter.field.default !== undefined) continue;
    context.report.add(
      'warning',
      'missing-parameter',
      below(spot, 'in'),
      `Flow "${target.id}" asks for "${parameter.name}", which is not given; it gets the empty value of its type.`,
    );
  }
  return { input: name, target, args, all: forwards };
}

function converting(
  forward: Forward,
  convert: (value: unknown) => Argument['read'] extends (...args: never[]) => infer R ? R : never,
): Argument['read'] {
  const { read, name } = forward;
  return (frame, item) => {
    try {
      return convert(read(frame, item));
    } catch (error) {
      throw withField(error, name);
    }
  };
}

/** Which outputs the step has, and which of them have to be converted to a type that the author chose. */
function declareOutputs(
  card: CardType,
  node: CardNode,
  extra: readonly Input[],
  inputs: readonly Input[],
  target: FlowPlan | null,
  context: StepContext,
  spot: Spot,
): Omit<Output, 'slot'>[] {
  const fields = new Map<string, Field>();
  const chosen = new Set<string>();
  for (const field of card.outputs) fields.set(fieldName(field), field);
  if (card.mirror) for (const input of [...inputs, ...extra]) fields.set(input.name, input.field);
  const open = card.extraOutputs !== undefined || card.outputsFromBlocks === true || hasInlineBlocks(card);
  if (target && card.extraOutputs && node.outputs === undefined) {
    for (const [name, output] of target.outputs) fields.set(name, output.field);
  }
  for (const [index, field] of (node.outputs ?? []).entries()) {
    const name = fieldName(field);
    if (!open && !fields.has(name)) {
      context.report.add(
        'error',
        'unknown-output',
        below(spot, 'outputs', index),
        `"${card.id}" has no output "${name}".`,
        suggest(name, fields.keys()),
      );
      continue;
    }
    fields.set(name, field);
    chosen.add(name);
    if (card.extraOutputs && target && target.outputs.size > 0 && !target.outputs.has(name)) {
      context.report.add(
        'warning',
        'unknown-result',
        below(spot, 'outputs', index),
        `Flow "${target.id}" declares no output "${name}"; it will be null unless the flow returns it all the same.`,
        suggest(name, target.outputs.keys()),
      );
    }
  }
  return [...fields].map(([name, field]) => ({
    name,
    field,
    convert: chosen.has(name) && field.type !== 'any' ? converter(field) : null,
  }));
}

function hasInlineBlocks(card: CardType): boolean {
  return Object.values(card.blocks ?? {}).some((block) => block.scope === 'inline');
}

function compileBlocks(
  card: CardType,
  node: CardNode,
  outputs: readonly Omit<Output, 'slot'>[],
  scope: BlockScope,
  context: StepContext,
  id: string,
  spot: Spot,
): Map<string, BlockPlan> {
  const blocks = new Map<string, BlockPlan>();
  const declarations = card.blocks ?? {};
  for (const [name, block] of Object.entries(node.blocks ?? {})) {
    const place = below(spot, 'blocks', name);
    const declaration = declarations[name] ?? declarations['*'];
    if (!declaration) {
      context.report.add(
        'error',
        'unknown-block',
        place,
        `"${card.id}" has no block "${name}".`,
        suggest(name, Object.keys(declarations)) ?? `"${card.id}" has no blocks.`,
      );
      continue;
    }
    blocks.set(
      name,
      context.compileBlock(
        name,
        block,
        declaration,
        { node, outputs: outputs.map((output) => output.field) },
        scope,
        id,
        place,
      ),
    );
  }
  for (const [name, declaration] of Object.entries(declarations)) {
    if (declaration.required && name !== '*' && !blocks.has(name)) {
      context.report.add(
        'error',
        'missing-block',
        below(spot, 'blocks'),
        `"${card.id}" needs a block "${name}".`,
        `Add "${name}": { "cards": [] }.`,
      );
    }
  }
  return blocks;
}

/** Default wait between attempts: five minutes, as the product (reference: control flow, section 4.2). */
const RETRY_DELAY_MS = 300_000;

function compilePolicy(
  policy: NonNullable<CardNode['onError']>,
  scope: BlockScope,
  context: StepContext,
  spot: Spot,
): CompiledPolicy {
  const values = Object.entries(policy.values ?? {}).flatMap(([key, binding]) => {
    const bound = bind(binding, scope, context, below(spot, 'values', key));
    return bound ? [{ name: key, field: { key, ...bound.type }, read: bound.read, mayWait: bound.mayWait }] : [];
  });
  let flow: FlowPlan | null = null;
  if (policy.flow !== undefined) {
    flow = context.flows.get(policy.flow) ?? null;
    if (!flow) {
      context.report.add(
        'error',
        'unknown-flow',
        below(spot, 'flow'),
        `There is no flow "${policy.flow}" in this file.`,
        suggest(policy.flow, context.flows.keys()),
      );
    }
  }
  const delay = policy.retry?.delay ?? RETRY_DELAY_MS;
  return {
    retry: policy.retry
      ? {
          times: policy.retry.times,
          delay: typeof delay === 'number' ? [delay, delay] : delay,
          when: policy.retry.when ?? 'rate-limits',
        }
      : null,
    then: policy.then ?? 'raise',
    values,
    flow,
  };
}
