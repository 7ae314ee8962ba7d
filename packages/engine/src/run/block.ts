/** Runs the block of a card. */
import type { BlockOutcome, Outputs } from '../cards/index.js';
import { RunError } from '../errors.js';
import type { BlockOutput, BlockPlan, Step, StepOutcome } from '../plan/index.js';
import type { Value } from '../values/index.js';
import { outputsOfLast } from './call.js';
import { Frame } from './frame.js';
import { runSteps } from './loop.js';
import { take } from './step-values.js';

export interface Provided {
  readonly error?: Value;
  readonly item?: Value;
  readonly index?: number;
}

export function runBlock(
  frame: Frame,
  step: Step,
  attempt: number,
  name: string,
  provided: Provided,
): BlockOutcome | Promise<BlockOutcome> {
  const block = blockOf(step, name);
  const inner = provided.index === undefined ? frame : passFrame(frame, step, attempt, provided.index);
  const outcome = beginBlock(block, step, inner, provided);
  if (outcome instanceof Promise) return outcome.then((later) => concludeBlock(block, inner, later));
  return concludeBlock(block, inner, outcome);
}

/** Counts a block and runs its cards in this frame. */
export function beginBlock(
  block: BlockPlan,
  step: Step,
  frame: Frame,
  provided: Provided,
): StepOutcome | Promise<StepOutcome> {
  const { run, slots } = frame;
  if (block.error >= 0) slots[block.error] = provided.error ?? null;
  if (block.item >= 0) slots[block.item] = provided.item ?? null;
  if (block.index >= 0) slots[block.index] = provided.index ?? null;
  return run.spend(step, frame) ? beginLater(block, frame) : runSteps(block.steps, frame);
}

/** A function of its own: one that holds a closure makes room for it whenever it is called. */
function beginLater(block: BlockPlan, frame: Frame): Promise<StepOutcome> {
  return frame.run.afterTurn(() => runSteps(block.steps, frame));
}

export function blockOf(step: Step, name: string): BlockPlan {
  const block = step.blocks.get(name);
  if (block) return block;
  throw new RunError('missing-block', `Card "${step.id}" has no block "${name}".`, {
    hint: `Add a block "${name}" to the card.`,
  });
}

/** A pass of a loop sees the values around it and keeps its own to itself, so passes may run side by side. */
function passFrame(frame: Frame, step: Step, attempt: number, index: number): Frame {
  return new Frame(
    frame.plan,
    frame.slots.slice(),
    frame.connection,
    frame.run,
    frame,
    step,
    index,
    attempt,
    frame.depth,
    true,
  );
}

export function concludeBlock(
  block: BlockPlan,
  frame: Frame,
  outcome: StepOutcome,
): BlockOutcome | Promise<BlockOutcome> {
  if (block.scope === 'inline') return outcome ?? inlineOutputs(block, frame);
  if (outcome === undefined) return outputsOfLast(block, frame);
  // A block that was stopped gives no values (control flow, question 8.7).
  return outcome.kind === 'return' ? outcome.outputs : {};
}

/** Says that the outputs of an inline block already stand in the slots of its card. */
export const STORED: Outputs = Object.freeze({});

function inlineOutputs(block: BlockPlan, frame: Frame): Outputs | Promise<Outputs> {
  return storeInline(block, frame) ? STORED : collectOutputs(block, frame);
}

/**
 * An inline block shares the frame of its card, so its outputs go straight to where they belong. False: those of a pass
 * do not, nor those that wait, nor those of a scoped block.
 */
export function storeInline(block: BlockPlan, frame: Frame): boolean {
  if (block.scope !== 'inline' || frame.pass || block.outWaits) return false;
  const { out } = block;
  const { slots } = frame;
  for (let i = 0; i < out.length; i++) {
    const { input, slot } = out[i] as BlockOutput; // within the length
    slots[slot] = take(input, frame);
  }
  return true;
}

async function collectOutputs(block: BlockPlan, frame: Frame): Promise<Outputs> {
  const outputs: Record<string, Value> = {};
  for (const { input } of block.out) outputs[input.name] = await take(input, frame);
  return outputs;
}
