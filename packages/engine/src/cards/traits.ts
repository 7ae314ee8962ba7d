/** Traits: what other rooms must know of a card beyond its fields. The card says so itself; nobody goes by its id. */

/**
 * What a card is known for. Each trait stands alone, and a card without it is not known for it. The checks of a plan and
 * the rules of lint go by traits, so that a pack's card is judged as one of the standard library.
 *
 * @example
 * traits: { detached: true, callsOnce: true, noResult: true } // Call Flow Async
 */
export interface CardTraits {
  /**
   * It ends the flow or the scoped block that it stands in, by `ctx.return`, by `ctx.stop` or by an error of its own
   * making: `always` (Return), so that nothing after it is reached, or `sometimes` (Continue If). What it leaves with are
   * its outputs; a pure card can leave only by an error.
   */
  readonly leaves?: 'always' | 'sometimes';
  /**
   * It ends the flow or the scoped block that it stands in by `ctx.return` of its extra inputs, as they are given, and does
   * nothing else (Return). So whoever wants just the value of its one field may take it where it stands.
   */
  readonly returns?: true;
  /** It runs one of its blocks, and which one depends on its inputs or on theirs (If/Else). Of blocks that authors name, it may run none. */
  readonly chooses?: true;
  /** It calls its flow exactly once, whatever it is given (Call Flow); without it, not at all or many times (For Each). */
  readonly callsOnce?: true;
  /** It starts its flow and does not wait for it (Call Flow Async). Errors of that flow never come back. */
  readonly detached?: true;
  /**
   * A control card that does nothing by itself: it neither waits nor starts flows beside the run, answers nobody and asks
   * no port; all that happens its blocks and the flow that it calls do. A flow of pure and passive cards is pure: a
   * durable runtime neither records nor sends it. Without the trait a control card is taken to act.
   */
  readonly passive?: true;
  /**
   * An effect that does harm when it is repeated, at a service that knows no idempotency key. When a crash leaves it
   * unknown whether it took place, a durable runtime does not repeat it: it fails with `unknown-outcome`. A document may
   * say otherwise of one card (`atMostOnce`).
   */
  readonly atMostOnce?: true;
  /** Errors of the flow that it calls, and of its blocks, end in it (For Each Ignore Errors). */
  readonly swallowsErrors?: true;
  /** It does nothing but give names to values: it hands on what it is given, under the same names if it mirrors its inputs (Assign). */
  readonly assigns?: true;
  /**
   * Its output is a text put together from its inputs. True: one after the other, declared ones first (Concatenate). The
   * name of an input: that input is a template, in which `{{name}}` and `{{{name}}}` stand for the others (Compose).
   */
  readonly composes?: true | string;
  /** The name of an input whose text it parses as JSON: its first output is the value (Parse). */
  readonly parses?: string;
  /**
   * It takes values out of its first input. The name of an input: that input is the path of the one value, its first output
   * (Get). True: the names of its outputs are the paths (Get Multiple).
   */
  readonly picks?: true | string;
  /** The name of an input that holds format codes of a date, those of Moment (Date to Text). */
  readonly dateFormat?: string;
  /** The name of an input that holds a time zone: an IANA name, or an offset (Date to Text). */
  readonly timeZone?: string;
  /** The name of the input that says which of many it takes (Search Rows). Without a value there it takes any, the first before the others. */
  readonly selects?: string;
  /** The name of the input that says in which order it looks, so that the first is one that the author means (Search Rows). */
  readonly orders?: string;
  /** The texts that it gives hold nothing that has a meaning in a URL or a form. A pure card with this trait encodes. */
  readonly urlSafe?: true;
  /** It makes HTTP requests without a connection to a connector. The name of an input: that input is the whole URL (Get). */
  readonly requests?: true | string;
  /** The HTTP method of its request, or the name of the input that holds it (Raw Request). */
  readonly method?: string;
  /** It answers whoever called an endpoint, by `ctx.respond`, and goes on (Close). */
  readonly answers?: true;
  /**
   * What it gives is taken as it comes: the types of its outputs, its own and those that the author declares, are
   * expectations, for people and test doubles. Nothing converts an output to them, and whatever reads it converts what is
   * there (a card of a service, as an import of its flows knows it).
   */
  readonly givesAsItComes?: true;
  /** Its outputs are not for whoever called: a flow or block that ends with it has an empty result (Call Flow Async). */
  readonly noResult?: true;
  /**
   * It is a remark and no step: a flow or block that ends with it ends with the card before (Comment). The name of an
   * input: what that input says is the remark.
   */
  readonly remarks?: true | string;
  /** It, or each of its blocks that has these inputs, goes by a comparison (If/Else, If/ElseIf). Pictures of flows show it. */
  readonly compares?: CardComparison;
}

/** The inputs, of a card or of its blocks, that make a comparison. */
export interface CardComparison {
  /** The input whose value is compared. */
  readonly left: string;
  /** The input that holds the operator: `==` where a document leaves it out. */
  readonly operator: string;
  /** The input that holds what it is compared with. */
  readonly right: string;
}

/** The name of a trait. */
export type TraitName = keyof CardTraits;
