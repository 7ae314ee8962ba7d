/** A check of a card, and how it says no. */
import { type CardType, FlowdeckError } from '@flowdeck/engine';
import type { ConformanceCode } from '../codes.js';
import type { WatchedPacks } from './conduct.js';

/** What a check has at hand. */
export interface Subject {
  readonly card: CardType;
  /** The card in the pack under test, with the packs that it needs. */
  readonly watched: WatchedPacks;
  /** Those that its pack declares. */
  readonly hosts: readonly string[];
  /** Cards that a case runs. */
  readonly shown: ReadonlySet<string>;
  /** True for the card of a connector's action flow: it is made of other cards, which keep their own promises. */
  readonly isAction: boolean;
}

export interface Check {
  /** What the card does when it is well made, after its id. */
  readonly name: string;
  /** Rejects with `pack-check` when it is not. */
  readonly run: () => void | Promise<void>;
}

/** @throws FlowdeckError `pack-check` */
export function refuse(message: string, hint?: string): never {
  throw new FlowdeckError<ConformanceCode>('pack-check', message, hint === undefined ? {} : { hint });
}
