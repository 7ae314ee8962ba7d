/** Compiles the cards of a block, in order, and works out how long each value lives. */
import type { BlockDeclaration } from '../cards/index.js';
import { autoId } from '../document/auto-id.js';
import type { Binding, Block, CardNode } from '../document/types.js';
import { emptyValue, type Field, type ValueObject } from '../values/index.js';
import { absentInput, bindInput } from './bind.js';
import { BY_AUTHOR, BY_CARD } from './field-conversion.js';
import { isPlain, isSmall } from './plain.js';
import { BlockScope, type FlowScope, type Source } from './scope.js';
import { declaredInput } from './shape.js';
import type { Spot } from './spot.js';
import { compileStep } from './step.js';
import type { CompileBlock, StepCompiler } from './step-compiler.js';
import { constantly } from './typed-input.js';
import type { BlockOutput, BlockPlan, CompileStepFunction, Input, Output, Step } from './types.js';

/** The body of a flow is a scoped block without an owner. */
export function compileBody(cards: readonly CardNode[], flow: FlowScope, context: StepCompiler, spot: Spot): BlockPlan {
  const scope = new BlockScope(flow, null);
  for (const sources of flow.parameters.values()) for (const { slot } of sources.values()) flow.own(slot, scope, -1);
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
  for (let index = 0; index < cards.length; index++) {
    const node = cards[index] as CardNode; // within the length
    const place = spot.atCard(index, node.id);
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
  return steps.slice();
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
  const declared = (declaration.inputs ?? []).map(declaredInput);
  const known = new Set(declared.map(({ name }) => name));
  for (const name of Object.keys(block.in)) {
    if (known.has(name)) continue;
    const hint = context.report.suggest(name, known, 'Blocks of this card have no inputs.');
    context.report.add('error', 'unknown-field', places.at(name), `This block has no input "${name}".`, hint);
  }
  return declared.flatMap((input) => {
    const binding = block.in?.[input.name];
    return (
      (binding === undefined
        ? absentInput(input, context, places)
        : bindInput(input.field, input.name, binding, BY_CARD, outer, context, places)) ?? []
    );
  });
}

function provide({ provides }: BlockDeclaration, scope: BlockScope): typeof noSlots {
  if (provides === undefined) return noSlots;
  const slots = { ...noSlots };
  const provided = new Map<string, Source>();
  for (const root of provides) {
    const slot = scope.flow.slot();
    slots[root] = slot;
    const type = root === 'error' ? 'object' : root === 'index' ? 'number' : 'any';
    provided.set(root, { slot, name: root, field: { key: root, type } });
  }
  scope.provided = provided;
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
  for (const name in block.out) {
    if (outputs.some((output) => output.name === name)) continue;
    const message = `The card declares no output "${name}".`;
    context.report.add('error', 'unknown-output', spot.at('out').at(name), message, 'Add it to the card\'s "outputs".');
  }
  const places = spot.at('out');
  const out: BlockOutput[] = [];
  for (const { name, field, slot } of outputs) {
    // An output may be called what every object inherits, such as "toString".
    const binding = block.out !== undefined && Object.hasOwn(block.out, name) ? block.out[name] : undefined;
    const input = blockOutput(binding, name, field, scope, context, places);
    if (input !== null) out.push({ input, slot });
  }
  return out.slice();
}

function blockOutput(
  binding: Binding | undefined,
  name: string,
  field: Field,
  scope: BlockScope,
  context: StepCompiler,
  places: Spot,
): Input | null {
  if (binding === undefined) return constantly(field, name, emptyValue(field));
  const optional = field.required === true ? { ...field, required: false } : field;
  return bindInput(optional, name, binding, BY_AUTHOR, scope, context, places);
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
  for (const slot of scope.slots) {
    const reader = steps[scope.flow.lastReader(slot)];
    if (reader === undefined || result.some((output) => output.slot === slot)) continue;
    // Most steps let go of one or none. A list that is pushed to has room for seventeen: those that are kept are copies.
    reader.release = reader.release.length === 0 ? [slot] : [...reader.release, slot];
  }
  let row = 0;
  for (const step of steps) {
    step.plain = isPlain(step);
    step.small = isSmall(step);
    step.count = row + 1;
    step.counts = !step.plain || step.count === LONGEST_ROW;
    row = step.counts ? 0 : step.count;
    const { exec, single } = compileFunction(step);
    step.exec = exec;
    step.single = single;
  }
  const outWaits = out.some(({ input }) => input.mayWait);
  const { error, item, index } = slots;
  return { name, scope: kind, steps, inputs, error, item, index, out, outWaits, result, idle };
}

/** What a Return whose fields are not bound would give (control flow, section 2.4). */
function emptyValues(outputs: readonly Output[]): ValueObject {
  return Object.freeze(Object.fromEntries(outputs.map(({ name, field }) => [name, emptyValue(field)])));
}
