/** What everything that makes up values is given. */

/** From what values are made. */
export interface Made {
  readonly random: () => number;
  /** Milliseconds since 1970: dates lie before it. */
  readonly now: number;
  /** Hears every text that is made. */
  readonly onText?: (text: string) => void;
}
