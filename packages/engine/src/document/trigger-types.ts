/** What starts a flow in a host, by its type: when a schedule comes, who may call an API flow, what an event flow hears. */

/** When a host starts a flow. */
export interface Schedule {
  /** Five fields: minute, hour, day of month, month, day of week. */
  readonly cron: string;
  /** IANA name. Default `UTC`. */
  readonly timeZone?: string;
  /**
   * What becomes of moments that passed while no host ran: the `latest` of them is run when it is no older than a day or
   * one period, none (`skip`), or `all`, 100 at most. Default `latest`.
   */
  readonly missed?: 'latest' | 'skip' | 'all';
  /**
   * What becomes of a moment while the run before is still under way: it is left out (`skip`), waits for its end
   * (`queue`, one at most), or runs beside it (`allow`). Default `skip`.
   */
  readonly overlap?: 'skip' | 'queue' | 'allow';
}

/** Who may call a flow of type `api`. */
export type ApiAccess =
  | {
      /** `token`: who has the token of the flow. `open`: everybody. */
      readonly by: 'token' | 'open';
    }
  | OAuthAccess;

/** Callers have an access token of an authorization server: a signed JWT (RFC 9068). */
export interface OAuthAccess {
  /** Tells it from the others. */
  readonly by: 'oauth';
  /** `iss` of its tokens, a URL. */
  readonly issuer: string;
  /** `aud` of its tokens. */
  readonly audience: string;
  /** URL of its keys. Default: what the metadata of the issuer says (RFC 8414). */
  readonly jwksUri?: string;
  /** All of these the token must have. Default: none. */
  readonly scopes?: readonly string[];
}

/** What starts a flow of type `event`. */
export interface EventTrigger {
  /** Key of an event or a poll of the connector; without a connector, a name that the host's own code emits. */
  readonly name: string;
  /** Key of the connector. Absent: the event is the host's own. */
  readonly connector?: string;
  /** Name of the connection through which it comes. Default: the key of the connector. */
  readonly connection?: string;
  /** Options of the event's or the poll's flow, by key. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Of a poll: seconds from one turn to the next. Default 300. */
  readonly everySeconds?: number;
}
