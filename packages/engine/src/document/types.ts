/** The flow file, as TypeScript types. The JSON Schema in `schema/flow-1.json` is the contract; these follow it. */
import type { Field, Value } from '../values/index.js';

export const FLOW_TYPES = [
  'helper',
  'action',
  'authping',
  'revoke',
  'webhook',
  'webhook-register',
  'webhook-deregister',
  'polling',
  'event',
  'schedule',
  'api',
  'delegated',
  'manual',
] as const;
export type FlowType = (typeof FLOW_TYPES)[number];

/** Where an input's value comes from. A JSON scalar is a literal. */
export type Binding =
  | null
  | string
  | number
  | boolean
  | { readonly value: Value }
  /** JSON Pointer (RFC 6901); the first token is a card id or one of the roots. */
  | { readonly from: string }
  /** JSONata. Names resolve to the same roots and card ids. */
  | { readonly expr: string }
  /** Id of a flow in the same deck. */
  | { readonly flow: string }
  /** JSON Pointer into the current item; only in the forwarded inputs of a card that calls a flow per item. `""`: the item. */
  | { readonly item: string };

/** Roots of a reference besides card ids. A card may not take one of these as its id. */
export const ROOTS = ['inputs', 'options', 'connection', 'context', 'error', 'item', 'index'] as const;
export type Root = (typeof ROOTS)[number];

/** Keyed by field name (`key`, or `group/key`). */
export type Bindings = { readonly [field: string]: Binding };

export interface Retry {
  /** Attempts after the first. */
  readonly times: number;
  /** Milliseconds between attempts: a number, or `[from, to]`, a random wait in that range. Default 300000. */
  readonly delay?: number | readonly [number, number];
  /** Factor by which each pause is longer than the one before, at least 1. Default 1. */
  readonly backoff?: number;
  /** Milliseconds that no pause exceeds, a `Retry-After` of a service included. Default 3600000. */
  readonly maxDelay?: number;
  /** Which failures are tried again. Default `rate-limits` (HTTP 429 and 504). A list holds HTTP statuses or error codes. */
  readonly when?: 'rate-limits' | 'all' | readonly (number | string)[];
}

/** What happens when the card fails, after its retries (reference: control flow, section 4). */
export interface ErrorPolicy {
  readonly retry?: Retry;
  /** `raise` (default): the error goes up. `return`: so it does, with `values` merged over it. `flow`: `flow` is run with the error, then it goes up. */
  readonly then?: 'raise' | 'return' | 'flow';
  readonly values?: Bindings;
  readonly flow?: string;
}

export interface Block {
  /** The block's own inputs, read only when the owning card asks for them: the condition of an If/ElseIf branch. */
  readonly in?: Bindings;
  readonly cards: readonly CardNode[];
  /** Outputs of an inline block. */
  readonly out?: Bindings;
}

export interface CardNode {
  readonly id?: string;
  /** Card type, such as `text.compose`. */
  readonly card: string;
  readonly title?: string;
  readonly note?: string;
  /** Name of a connection. */
  readonly connection?: string;
  readonly in?: Bindings;
  /** Types of author-named inputs, and of declared ones that take anything. */
  readonly inputs?: readonly Field[];
  /** Author-declared outputs, or other types for declared ones. */
  readonly outputs?: readonly Field[];
  /** In order: an If/ElseIf tries its branches as they stand here. */
  readonly blocks?: { readonly [name: string]: Block };
  readonly onError?: ErrorPolicy;
  /** Milliseconds for one attempt. */
  readonly timeout?: number;
  readonly meta?: Readonly<Record<string, unknown>>;
}

export interface Schedule {
  readonly cron: string;
  /** IANA name. Default `UTC`. */
  readonly timeZone?: string;
}

export interface FlowDocument {
  readonly $schema?: string;
  readonly flowdeck: 1;
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly type: FlowType;
  /** Namespace to version range, such as `{"twilio": "^1"}`. */
  readonly requires?: Readonly<Record<string, string>>;
  readonly schedule?: Schedule;
  readonly options?: readonly Field[];
  readonly inputs?: readonly Field[];
  readonly outputs?: readonly Field[];
  readonly cards: readonly CardNode[];
  readonly meta?: Readonly<Record<string, unknown>>;
}

export type DeckFlow = Omit<FlowDocument, 'flowdeck' | '$schema' | 'requires'>;

export interface TableDocument {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly columns: readonly Field[];
}

export interface AuthMethod {
  readonly type: 'basic' | 'oauth2' | 'custom';
  readonly label?: string;
  /** Labels of `username` and `password` for basic; further credentials for custom. */
  readonly fields?: readonly Field[];
}

/** Where something stands in a service's answer: JSON Pointers into its body, of which the first that leads to something counts. */
export type ErrorPlace = string | readonly string[];

/** Where a service's answers to refused requests say why. */
export interface ErrorPlaces {
  /** The service's own code. */
  readonly code?: ErrorPlace;
  /** Its own words. */
  readonly message?: ErrorPlace;
  /** Where to read more. */
  readonly link?: ErrorPlace;
}

/** A connector's manifest. The flows that it names stand in the same deck. */
export interface ConnectorDocument {
  /** Namespace of the derived cards: `twilio` gives `twilio.sendMessage`. */
  readonly key: string;
  readonly name: string;
  /** Semantic version. */
  readonly version: string;
  readonly description?: string;
  readonly documentation?: string;
  readonly auth: AuthMethod;
  readonly parameters?: readonly Field[];
  readonly errors?: ErrorPlaces;
  /** Flow ids by role. `actions` become cards. */
  readonly flows: {
    readonly authping?: string;
    readonly revoke?: string;
    readonly httpHelper?: string;
    readonly actions?: readonly string[];
  };
}

export interface DeckDocument {
  readonly $schema?: string;
  readonly flowdeck: 1;
  readonly name?: string;
  readonly description?: string;
  readonly requires?: Readonly<Record<string, string>>;
  readonly flows: readonly DeckFlow[];
  readonly tables?: readonly TableDocument[];
  readonly connector?: ConnectorDocument;
  readonly meta?: Readonly<Record<string, unknown>>;
}

export type FlowFile = FlowDocument | DeckDocument;
