/** What compiling a card takes: what is known of the flow and the deck around it. */
import type { BlockDeclaration, CardType } from '../cards/index.js';
import type { Block, CardNode } from '../document/types.js';
import type { CompileContext } from './bound.js';
import type { BlockScope } from './scope.js';
import type { CardShape } from './shape.js';
import type { Spot } from './spot.js';
import type { BlockPlan, CompileStepFunction, FlowPlan, Output } from './types.js';

/** Compiles the block of a card. Supplied by `block.ts`, which compiles the cards in it. */
export type CompileBlock = (
  name: string,
  block: Block,
  declaration: BlockDeclaration,
  outputs: readonly Output[],
  scope: BlockScope,
  id: string,
  spot: Spot,
) => BlockPlan;

export interface StepCompiler extends CompileContext {
  card(id: string): CardShape | undefined;
  cardIds(): Iterable<string>;
  readonly compileBlock: CompileBlock;
  /** Makes what the run calls for a step. */
  readonly compileFunction: CompileStepFunction;
  /** Notes that the flow under compilation calls another. */
  calls(flow: FlowPlan, card: CardNode, spot: Spot): void;
  /** Notes the connection of a card, and reports a connector's card without one. */
  connection(node: CardNode, card: CardType, spot: Spot): void;
}
