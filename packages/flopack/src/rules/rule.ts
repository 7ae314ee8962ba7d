/** What a rule of the format looks at, and how it tells what breaks it. */
import type { FlopackCode } from '../codes.js';
import type { Spot } from '../json.js';
import type { RawCard, RawFlow, RawGraph, RawPack } from '../read/index.js';

export type Report = (spot: Spot, message: string) => void;

/** A graph, and the card that holds it as a block. */
export interface Body {
  readonly graph: RawGraph;
  readonly owner: RawCard | null;
  readonly flow: RawFlow;
  readonly pack: RawPack;
}

/**
 * A sentence that holds in every sound file. `code` names it in diagnostics. `mayBreak`: the editor itself writes files
 * that break it and run all the same, so that it only warns.
 */
export type Rule = { readonly code: FlopackCode; readonly says: string; readonly mayBreak?: true } & (
  | { readonly of: 'flow'; readonly check: (flow: RawFlow, report: Report, pack: RawPack) => void }
  | { readonly of: 'graph'; readonly check: (body: Body, report: Report) => void }
  | { readonly of: 'card'; readonly check: (card: RawCard, report: Report, body: Body) => void }
);
