/** Compiles one card of a flow into a step. */
import type { BlockDeclaration, CardType } from '../cards/index.js';
import type { CardNode } from '../document/types.js';
import type { Field } from '../values/index.js';
import { compileForward } from './forward.js';
import { compileInputs } from './inputs.js';
import { declareOutputs } from './outputs.js';
import { compilePolicy } from './policy.js';
import type { BlockScope } from './scope.js';
import type { CardShape, DeclaredOutput } from './shape.js';
import type { Spot } from './spot.js';
import type { StepCompiler } from './step-compiler.js';
import type { BlockPlan, Input, Output, Step } from './types.js';

export function compileStep(
  node: CardNode,
  id: string,
  path: readonly string[],
  scope: BlockScope,
  context: StepCompiler,
  spot: Spot,
): Step | null {
  const { report } = context;
  const shape = context.card(node.card);
  if (!shape) {
    scope.flow.unknown.add(id);
    report.add(
      'error',
      'unknown-card',
      spot.at('card'),
      `There is no card "${node.card}".`,
      unknownCardHint(node.card, context),
    );
    return null;
  }
  const { card } = shape;
  const errorsBefore = report.errors;
  const given = compileInputs(shape, node, scope, context, spot);
  const forward = compileForward(shape, node, given, context, spot);
  const declared = declareOutputs(shape, node, given, forward?.target ?? null, context, spot);
  // Also the outputs of a faulty card take their places, so that what reads them is not reported as a consequence.
  // What a flow gives at its last card was never held to what it declares.
  const outputs = placed(declared, card, shape.sealed && forward?.target == null, scope);
  const blocks = compileBlocks(shape, node, outputs, scope, context, id, spot);
  const policy = node.onError ? compilePolicy(node.onError, scope, context, spot.at('onError')) : null;
  if (card.connection !== undefined || node.connection !== undefined) context.connection(node, card, spot);
  scope.define(id, outputs);
  if (report.errors > errorsBefore) return null;
  return {
    id,
    card,
    run: preparedFor(card, given.inputs),
    title: node.title ?? card.title,
    spot,
    path,
    inputs: given.inputs,
    extra: given.extra,
    outputs,
    blocks,
    connection: node.connection ?? null,
    policy,
    timeoutMs: node.timeout ?? card.timeoutMs ?? null,
    atMostOnce: node.atMostOnce ?? null,
    forward,
    release: [],
    mayWait: given.inputs.some(waits) || given.extra.some(waits) || given.forwards.some(waits),
    secretive: given.inputs.some(isSecret) || given.extra.some(isSecret) || outputs.some(isSecret),
    plain: false,
    small: false,
    count: 1,
    counts: true,
    exec: unfinished,
    single: null,
  };
}

/** Outputs in slots of their own. `sure`: what the card gives is of the types that it declares. */
function placed(declared: readonly DeclaredOutput[], card: CardType, sure: boolean, { flow }: BlockScope): Output[] {
  const asItComes = card.traits?.givesAsItComes === true;
  const outputs = new Array<Output>(declared.length);
  for (let at = 0; at < declared.length; at++) {
    const { name, field, convert } = declared[at] as DeclaredOutput; // within the length
    outputs[at] = { name, field, convert, unsure: convert === null && !sure, asItComes, slot: flow.slot() };
  }
  return outputs;
}

/** The function for a step with these inputs: see `prepare` of `CardDefinition`. */
function preparedFor({ run, prepare, named }: CardType, inputs: readonly Input[]): CardType['run'] {
  if (prepare === undefined || named) return run;
  const literals = inputs.map((input) => input.constant);
  if (literals.every((literal) => literal === undefined)) return run;
  try {
    // The inputs are those that the card declares, converted to its types.
    return (prepare as (...literals: readonly unknown[]) => CardType['run'] | null)(...literals) ?? run;
  } catch {
    // What is wrong with a literal is an error when the card runs, where a flow can catch it.
    return run;
  }
}

function waits(input: { readonly mayWait: boolean }): boolean {
  return input.mayWait;
}

function isSecret({ field }: { readonly field: Field }): boolean {
  return field.secret === true;
}

/** Stands in until the block of the step is complete. */
function unfinished(): never {
  throw new TypeError('The step belongs to a block that is not compiled yet.');
}

function unknownCardHint(id: string, context: StepCompiler): string | undefined {
  const meant = context.report.meant(id, context.cardIds());
  if (meant !== null) return `Did you mean "${meant}"?`;
  return `Is the pack loaded that brings "${id.split('.')[0]}"?`;
}

const noBlocks: ReadonlyMap<string, BlockPlan> = new Map();

function compileBlocks(
  shape: CardShape,
  node: CardNode,
  outputs: readonly Output[],
  scope: BlockScope,
  context: StepCompiler,
  id: string,
  spot: Spot,
): ReadonlyMap<string, BlockPlan> {
  if (shape.blocks.length === 0 && node.blocks === undefined) return noBlocks;
  const { card } = shape;
  const declarations = card.blocks ?? {};
  const blocks = new Map<string, BlockPlan>();
  for (const [name, block] of Object.entries(node.blocks ?? {})) {
    const place = spot.at('blocks').at(name);
    const declaration = Object.hasOwn(declarations, name) ? declarations[name] : declarations['*'];
    if (declaration) blocks.set(name, context.compileBlock(name, block, declaration, outputs, scope, id, place));
    else {
      const hint = context.report.suggest(name, shape.blocks, `"${card.id}" has no blocks.`);
      context.report.add('error', 'unknown-block', place, `"${card.id}" has no block "${name}".`, hint);
    }
  }
  for (const name of shape.blocks) {
    if (name === '*' || blocks.has(name)) continue;
    const declaration = declarations[name] as BlockDeclaration; // `shape.blocks` are its keys
    if (declaration.required) {
      context.report.add(
        'error',
        'missing-block',
        spot.at('blocks'),
        `"${card.id}" needs a block "${name}".`,
        `Add "${name}": { "cards": [] }.`,
      );
    } else if (declaration.scope === 'inline') {
      // A lane that is left out is an empty one: its outputs have the empty values of their types.
      blocks.set(name, context.compileBlock(name, { cards: [] }, declaration, outputs, scope, id, spot.at('blocks')));
    }
  }
  return blocks;
}
