/** Runs the block of a card. */
import type { BlockOutcome, Outputs } from '../cards/index.js';
import { RunError } from '../errors.js';
import { type BlockOutput, type BlockPlan, isOfType, type Step, type StepOutcome } from '../plan/index.js';
import type { Value } from '../values/index.js';
import { outputsOfLast } from './call.js';
import { Frame } from './frame.js';
import { runSteps } from './loop.js';

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
  if (block.error >= 0) inner.slots[block.error] = provided.error ?? null;
  if (block.item >= 0) inner.slots[block.item] = provided.item ?? null;
  if (block.index >= 0) inner.slots[block.index] = provided.index ?? null;
  const { run } = inner;
  const outcome = run.spend(step, inner)
    ? run.afterTurn(() => runSteps(block.steps, inner))
    : runSteps(block.steps, inner);
  if (outcome instanceof Promise) return outcome.then((later) => concludeBlock(block, inner, later));
  return concludeBlock(block, inner, outcome);
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

function concludeBlock(block: BlockPlan, frame: Frame, outcome: StepOutcome): BlockOutcome | Promise<BlockOutcome> {
  if (block.scope === 'inline') return outcome ?? inlineOutputs(block, frame);
  if (outcome === undefined) return outputsOfLast(block, frame);
  // A block that was stopped gives no values (control flow, question 8.7).
  return outcome.kind === 'return' ? outcome.outputs : {};
}

/** Says that the outputs of an inline block already stand in the slots of its card. */
export const STORED: Outputs = Object.freeze({});

/** An inline block shares the frame of its card, so its outputs go straight to where they belong; those of a pass do not. */
function inlineOutputs(block: BlockPlan, frame: Frame): Outputs | Promise<Outputs> {
  const { out } = block;
  if (frame.pass || block.outWaits) return collectOutputs(block, frame);
  const { slots } = frame;
  for (let i = 0; i < out.length; i++) {
    const { slot, direct, read } = out[i] as BlockOutput; // within the length
    const there = direct === null ? null : (slots[direct.slot] ?? direct.fill);
    const isReady = direct !== null && (direct.held === null || isOfType(there, direct.held));
    // No output of this block waits, so each reader gives its value at once.
    slots[slot] = isReady ? there : (read(frame) as Value);
  }
  return STORED;
}

async function collectOutputs(block: BlockPlan, frame: Frame): Promise<Outputs> {
  const outputs: Record<string, Value> = {};
  for (const { name, read } of block.out) outputs[name] = await read(frame);
  return outputs;
}
