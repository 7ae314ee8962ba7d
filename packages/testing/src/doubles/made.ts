/** What everything that makes up values is given. */

/** From what values are made. */
export interface Made {
  readonly random: () => number;
  /** Milliseconds since 1970: dates lie before it. */
  readonly now: number;
  /** True: values vary, so that a flow takes other ways. Default: they are what is usual. */
  readonly isWide?: boolean;
  /** Hears every text that is made. */
  readonly onText?: (text: string) => void;
}
