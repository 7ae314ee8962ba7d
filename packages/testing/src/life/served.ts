/** What a case asks of a host: the seam through which any host can be driven. */
import type { CaseConnection, HttpSettings } from '../cases/types.js';

/** What the host of a case is made of. */
export interface HostRequest {
  /** The document of its flows. */
  readonly document: unknown;
  /** Connectors beside those that the engine knows, as documents. */
  readonly connectors: readonly Readonly<Record<string, unknown>>[];
  /** Connections by name. */
  readonly connections: Readonly<Record<string, CaseConnection>>;
  /** Null: real time. Else time stands still until a step lets it pass, and begins at `start` (milliseconds since 1970). */
  readonly clock: { readonly start: number } | null;
  /** Null: no HTTP. */
  readonly http: HttpSettings | null;
}

/** What a host that begins again serves. */
export interface HostChange {
  /** The document of its flows. Null: that of the host before. */
  readonly document: unknown;
  /** Connectors beside those that the engine knows. Null: those of the host before. */
  readonly connectors: HostRequest['connectors'] | null;
}

/** What the owner of a host can ask for. */
export type HostCommand =
  | { readonly do: 'on' | 'off'; readonly flow: string }
  | { readonly do: 'start'; readonly flow: string; readonly inputs: Readonly<Record<string, unknown>> }
  | {
      readonly do: 'emit';
      readonly event: string;
      readonly inputs: Readonly<Record<string, unknown>>;
      /** Null: it is like no other. */
      readonly id: string | null;
      /** Null: it is in no order with others. */
      readonly key: string | null;
    }
  | {
      readonly do: 'delegate';
      readonly flow: string;
      readonly caller: Readonly<Record<string, unknown>>;
      readonly inputs: Readonly<Record<string, unknown>>;
    }
  | { readonly do: 'connect'; readonly connection: string; readonly auth: Readonly<Record<string, unknown>> }
  | { readonly do: 'test' | 'revoke'; readonly connection: string }
  /** By the number that `parked` gives. */
  | { readonly do: 'replay' | 'drop'; readonly event: unknown };

/** Data about something of a host. What has an `error` that is not null did not come to its end. */
export type HostData = Readonly<Record<string, unknown>>;

/** A host under test, which listens on 127.0.0.1. */
export interface ServedHost {
  /** What placeholders stand for now: `host.url`, and of each flow what is known of `FLOW.url` and `FLOW.token`. */
  facts(): Promise<Readonly<Record<string, string>>>;
  /** What there is to say of a flow; null: there is none. */
  flow(id: string): Promise<HostData | null>;
  /** Does something, and tells what came of it. */
  ask(command: HostCommand): Promise<HostData>;
  /** Runs that ended, in the order in which they did, of all lives of the host. */
  ended(): Promise<readonly HostData[]>;
  /** Events that wait for their owner, each with a `number`. */
  parked(): Promise<readonly HostData[]>;
  /** Lets time pass up to a moment, in milliseconds since 1970. */
  passTo(moment: number): Promise<void>;
  /** Ends the host and begins another with what it kept, at a moment or without time passing. */
  again(how: 'stop' | 'crash', at: number | null, change: HostChange): Promise<void>;
  /** Lets all that was begun come to its end, and stops taking requests. `ended` and `parked` tell afterwards, too. */
  stop(): Promise<void>;
  /** Leaves nothing behind. */
  close(): Promise<void>;
}
