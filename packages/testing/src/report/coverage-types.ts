/** What of the flows a run of tests went through, as data. */

/** So many of so many. */
export interface Share {
  /** What was gone through. */
  readonly covered: number;
  /** What there is. */
  readonly total: number;
}

/** The three things that are counted. */
export interface CoverageShares {
  /** Cards that began at least once. Comments do not count. */
  readonly cards: Share;
  /** Blocks that ran, the else that is not there, both ends of a card that may end its flow. */
  readonly branches: Share;
  /** Cards with an effect that failed once. */
  readonly errors: Share;
}

/** What of one flow was gone through. */
export interface FlowCoverage extends CoverageShares {
  /** Its id. */
  readonly flow: string;
  /** What people call it. */
  readonly name: string;
  /** Path of the subject that it belongs to. */
  readonly subject: string;
  /** What was not gone through. */
  readonly missing: readonly MissedPart[];
  /** All that is counted, in the order of the flow. */
  readonly parts: readonly CoveredPart[];
}

/** Something that no case went through. */
export interface MissedPart {
  /** What was missed. */
  readonly kind: 'card' | 'branch' | 'error';
  /** Id of the card. */
  readonly card: string;
  /** Of a branch: the block, or what it stands for in words. */
  readonly branch?: string;
}

/** Something that is counted. */
export interface CoveredPart extends MissedPart {
  /** Where its card stands in the deck. */
  readonly pointer: string;
  /** Whether a case went through it. */
  readonly isCovered: boolean;
}

/** Coverage in all, and by flow. A flow that no case runs counts as not covered at all. */
export interface Coverage extends CoverageShares {
  /** In the order of the subjects, and of their flows. */
  readonly flows: readonly FlowCoverage[];
}
