/** Runs a card that only chooses one of its blocks: no context, no outputs by name, the block in the frame of its card. */
import type { Choice } from '../cards/index.js';
import { type BlockPlan, type Operand, SINK, type Step, type StepOutcome } from '../plan/index.js';
import { beginBlock, blockOf, concludeBlock, storeInline } from './block.js';
import { countStep } from './count-step.js';
import type { Frame } from './frame.js';
import { finishControl } from './perform.js';
import { take } from './step-values.js';

/** What a control card runs that takes at most three inputs, none of which waits. */
export function compileChoice(
  { blocks: there, release: slots }: Step,
  choice: Choice,
  operands: readonly Operand[],
): (step: Step, frame: Frame) => StepOutcome | Promise<StepOutcome> {
  const choose = positionReader(choice, operands);
  const blocks = choice.blocks.map((name) => there.get(name));
  const [release = SINK, ...more] = slots;
  const isShort = more.length === 0;
  return (step, frame) => {
    countStep(step, frame);
    const position = choose(frame);
    const block = blocks[position] ?? blockOf(step, String(choice.blocks[position]));
    const outcome = beginBlock(block, step, frame, NONE_PROVIDED);
    const { run } = frame;
    // As `runBlock` and `finishControl` do it, where the block neither leaves nor waits.
    if (outcome !== undefined || !isShort || run.large || run.halted !== null || !storeInline(block, frame)) {
      return concludeChosen(block, step, frame, outcome);
    }
    frame.slots[release] = null;
    return undefined;
  };
}

const NONE_PROVIDED = Object.freeze({});

function concludeChosen(
  block: BlockPlan,
  step: Step,
  frame: Frame,
  outcome: StepOutcome | Promise<StepOutcome>,
): StepOutcome | Promise<StepOutcome> {
  const given =
    outcome instanceof Promise
      ? outcome.then((later) => concludeBlock(block, frame, later))
      : concludeBlock(block, frame, outcome);
  return finishControl(step, frame, given);
}

/** Most choices compare what a slot holds with a literal: such are read in one place less each. */
function positionReader({ choose: declared }: Choice, operands: readonly Operand[]): (frame: Frame) => number {
  const choose = declared as (...inputs: unknown[]) => number; // the compiled inputs are what it takes
  const [a, b, c] = operands as [Operand, Operand, Operand]; // at most three, and only those there are get read
  switch (operands.length) {
    case 0:
      return () => choose();
    case 1:
      return (frame) => choose(take(a, frame));
    case 2:
      return (frame) => choose(take(a, frame), take(b, frame));
  }
  if (!isFixed(b)) return (frame) => choose(take(a, frame), take(b, frame), take(c, frame));
  const middle = b.fill;
  if (!isFixed(c)) return (frame) => choose(take(a, frame), middle, take(c, frame));
  const last = c.fill;
  return (frame) => choose(take(a, frame), middle, last);
}

function isFixed({ slot, read }: Operand): boolean {
  return slot < 0 && read === null;
}
