/** What a step is for the loop that runs it. */
import type { Value } from '../values/index.js';
import type { HeldType } from './direct.js';
import type { Readable, Reader, StepOutcome } from './reader.js';

/**
 * Carries a step out. Written as a method because the run room makes it for its own frames, and for steps, which are made of this: the plan only keeps it where
 * the loop finds it at once.
 */
export type StepFunction = { run(step: object, frame: Readable): StepOutcome | Promise<StepOutcome> }['run'];

/** A step as the loop runs it: by `single`, or where that is null by `exec`. */
export interface StepCode {
  readonly exec: StepFunction;
  readonly single: SingleCode | null;
}

/** A value as the run reads it: a slot, else a constant, else a function. One shape, so that reading it is one load. */
export interface Operand {
  /** -1: it is in none. */
  readonly slot: number;
  /** Stands for a null in the slot; without a slot, it is the value. */
  readonly fill: Value;
  /** Where it is a type, only values of it are taken as they are. */
  readonly held: HeldType;
  /** Null: what the slot holds, or `fill`, is the value. */
  readonly read: Reader | null;
}

/** A pure card with one output and at most three inputs: where its values lie. */
export interface SingleCode {
  readonly run: (...args: unknown[]) => Readonly<Record<string, Value>> | undefined;
  /** How many of `a`, `b` and `c` there are. */
  readonly inputs: number;
  readonly a: Operand;
  readonly b: Operand;
  readonly c: Operand;
  readonly name: string;
  readonly slot: number;
  /** The slot that nobody reads afterwards. */
  readonly release: number;
  readonly small: boolean;
  /** Takes what the card gave when its output is not simply there. Written as a method, as above. */
  readonly settle: { run(step: object, frame: Readable, outputs: unknown): StepOutcome | Promise<StepOutcome> }['run'];
}
