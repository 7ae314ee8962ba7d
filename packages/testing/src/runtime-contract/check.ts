/** A check of the contract. */
import type { ContractStage } from './stage.js';

/** One thing that a runtime is held to. */
export interface ContractCheck {
  /** A sentence that says what it shows. */
  readonly title: string;
  /** It kills workers: a runtime whose runs end with their process is not asked. */
  readonly kills: boolean;
  /** Throws when it is not so. */
  act(stage: ContractStage): Promise<void>;
}
