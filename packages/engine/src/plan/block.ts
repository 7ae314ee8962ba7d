/** Compiles the cards of a block, in order, and works out how long each value lives. */
import type { BlockDeclaration } from '../cards/index.js';
import { autoId } from '../document/auto-id.js';
import type { Binding, Block, CardNode } from '../document/types.js';
import { emptyValue, type Field, fieldName, type ValueObject } from '../values/index.js';
import { bind, bindInput } from './bind.js';
import { BY_AUTHOR } from './field-conversion.js';
import { isPlain, isSmall } from './plain.js';
import { BlockScope, type FlowScope } from './scope.js';
import type { Spot } from './spot.js';
import { compileStep } from './step.js';
import type { CompileBlock, StepCompiler } from './step-compiler.js';
import { typedInput } from './typed-input.js';
import type { BlockOutput, BlockPlan, CompileStepFunction, Input, Output, Step } from './types.js';

/** The body of a flow is a scoped block without an owner. */
export function compileBody(cards: readonly CardNode[], flow: FlowScope, context: StepCompiler, spot: Spot): BlockPlan {
  const scope = new BlockScope(flow, null);
  for (const sources of flow.parameters.values())
    for (const { slot } of sources.values()) scope.lastReader.set(slot, -1);
  const steps = compileCards(cards, scope, TOP, context, spot.at('cards'));
  return finishBlock('body', 'scoped', steps, [], [], [], scope, noSlots, context.compileFunction);
}

const TOP: readonly string[] = Object.freeze([]);

/** Plain cards in a row of which one counts: there a run that takes long is noticed. */
const LONGEST_ROW = 32;

const noSlots = { error: -1, item: -1, index: -1 };

/** The compiler of owned blocks, for a flow. */
export function blockCompiler(context: () => StepCompiler): CompileBlock {
  return (name, block, declaration, outputs, outer, id, spot) => {
    const ids = [id, name];
    const scope = new BlockScope(outer.flow, outer, ids);
    const inputs = blockInputs(block, declaration, outer, context(), spot);
    const slots = provide(declaration, scope);
    const path = Object.freeze(pathOf(scope));
    const steps = compileCards(block.cards, scope, path, context(), spot.at('cards'));
    scope.position = steps.length;
    const out = declaration.scope === 'inline' ? blockOutputs(block, outputs, scope, context(), spot) : [];
    if (declaration.scope === 'scoped' && block.out !== undefined) {
      context().report.add(
        'error',
        'out-of-place',
        spot.at('out'),
        `The block "${name}" gives its outputs by a Return.`,
        'Replace "out" by a flow.return card at its end.',
      );
    }
    return finishBlock(name, declaration.scope, steps, inputs, out, outputs, scope, slots, context().compileFunction);
  };
}

function compileCards(
  cards: readonly CardNode[],
  scope: BlockScope,
  path: readonly string[],
  context: StepCompiler,
  spot: Spot,
): Step[] {
  const steps: Step[] = [];
  let left: string | null = null;
  for (const [index, node] of cards.entries()) {
    const place = spot.at(index).ofCard(node.id);
    scope.position = steps.length;
    if (left !== null) {
      context.report.add(
        'warning',
        'unreachable-card',
        place,
        `This card is never reached: "${left}" before it always leaves the block.`,
        'Remove it, or move it before that card.',
      );
      left = null;
    }
    const step = compileStep(node, node.id ?? autoId(place.pointer), path, scope, context, place);
    if (!step) continue;
    steps.push(step);
    if (step.card.traits?.leaves === 'always') left = node.id ?? node.card;
  }
  return steps;
}

function pathOf(scope: BlockScope): readonly string[] {
  return scope.parent ? [...pathOf(scope.parent), ...scope.step] : [];
}

/** A block's own inputs. A block without `in` has none: it is the one without a condition. */
function blockInputs(
  block: Block,
  declaration: BlockDeclaration,
  outer: BlockScope,
  context: StepCompiler,
  spot: Spot,
): Input[] {
  if (block.in === undefined) return [];
  const places = spot.at('in');
  const known = new Set((declaration.inputs ?? []).map(fieldName));
  for (const name of Object.keys(block.in)) {
    if (known.has(name)) continue;
    const hint = context.report.suggest(name, known, 'Blocks of this card have no inputs.');
    context.report.add('error', 'unknown-field', places.at(name), `This block has no input "${name}".`, hint);
  }
  return (declaration.inputs ?? []).flatMap((field) => {
    const input = bindInput(field, fieldName(field), block.in?.[fieldName(field)], outer, context, places);
    return input ? [input] : [];
  });
}

function provide(declaration: BlockDeclaration, scope: BlockScope): typeof noSlots {
  const slots = { ...noSlots };
  for (const root of declaration.provides ?? []) {
    const slot = scope.flow.slot();
    slots[root] = slot;
    const type = root === 'error' ? 'object' : root === 'index' ? 'number' : 'any';
    scope.provided.set(root, { slot, name: root, field: { key: root, type } });
  }
  return slots;
}

/** `out` of an inline block: one value for every output of its card; an output that is not named gets its empty value. */
function blockOutputs(
  block: Block,
  outputs: readonly Output[],
  scope: BlockScope,
  context: StepCompiler,
  spot: Spot,
): BlockOutput[] {
  const names = new Set(outputs.map((output) => output.name));
  for (const name of Object.keys(block.out ?? {})) {
    if (names.has(name)) continue;
    const message = `The card declares no output "${name}".`;
    context.report.add('error', 'unknown-output', spot.at('out').at(name), message, 'Add it to the card\'s "outputs".');
  }
  return outputs.flatMap(({ name, field, slot }) => {
    const binding = block.out?.[name];
    if (binding === undefined) {
      const value = emptyValue(field);
      return [{ name, field, slot, read: () => value, mayWait: false, constant: value }];
    }
    const input = bindOut(field, name, binding, scope, context, spot);
    return input ? [{ ...input, slot }] : [];
  });
}

/** A value of `out`, held to the type of the output. */
function bindOut(
  field: Field,
  name: string,
  binding: Binding,
  scope: BlockScope,
  context: StepCompiler,
  spot: Spot,
): Input | null {
  const place = spot.at('out').at(name);
  const bound = bind(binding, scope, context, place);
  return bound && typedInput({ ...field, required: false }, name, bound, BY_AUTHOR, context.report, place);
}

function finishBlock(
  name: string,
  kind: 'inline' | 'scoped',
  steps: readonly Step[],
  inputs: readonly Input[],
  out: readonly BlockOutput[],
  outputs: readonly Output[],
  scope: BlockScope,
  slots: typeof noSlots,
  compileFunction: CompileStepFunction,
): BlockPlan {
  const last = steps.findLast((step) => step.card.traits?.remarks === undefined);
  const result = kind === 'inline' || last === undefined || last.card.traits?.noResult ? [] : last.outputs;
  const idle = kind === 'scoped' && last === undefined ? emptyValues(outputs) : null;
  const kept = new Set(result.map((output) => output.slot));
  for (const [slot, position] of scope.lastReader) {
    if (!kept.has(slot)) steps[position]?.release.push(slot);
  }
  let row = 0;
  for (const step of steps) {
    step.plain = isPlain(step);
    step.small = isSmall(step);
    step.count = row + 1;
    step.counts = !step.plain || step.count === LONGEST_ROW;
    row = step.counts ? 0 : step.count;
    Object.assign(step, compileFunction(step));
  }
  const outWaits = out.some((output) => output.mayWait);
  return { name, scope: kind, steps, inputs, ...slots, out, outWaits, result, idle };
}

/** What a Return whose fields are not bound would give (control flow, section 2.4). */
function emptyValues(outputs: readonly Output[]): ValueObject {
  return Object.freeze(Object.fromEntries(outputs.map(({ name, field }) => [name, emptyValue(field)])));
}
