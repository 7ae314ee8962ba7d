/** The flow file, as TypeScript types. The JSON Schema in `schema/flow-1.json` is the contract; these follow it. */
import type { Field, Value } from '../values/index.js';
import type { ConnectorDocument } from './connector-types.js';
import type { ApiAccess, EventTrigger, Schedule } from './trigger-types.js';

/**
 * All types of flows. `helper` is called by other flows; the others are started by a host, or by a connector's cards
 * and rules.
 */
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
/** The types of flows: see `FLOW_TYPES`. */
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
/** The roots of references: see `ROOTS`. */
export type Root = (typeof ROOTS)[number];

/** Keyed by field name (`key`, or `group/key`). */
export type Bindings = { readonly [field: string]: Binding };

/** How often, and after which pauses, a card that failed is tried again. */
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
  /** Absent: one attempt. */
  readonly retry?: Retry;
  /** `raise` (default): the error goes up. `return`: so it does, with `values` merged over it. `flow`: `flow` is run with the error, then it goes up. */
  readonly then?: 'raise' | 'return' | 'flow';
  /** With `then: "return"`: merged over the members of the error object. */
  readonly values?: Bindings;
  /** With `then: "flow"`: id of a flow in the same deck. */
  readonly flow?: string;
}

/** Cards that a card owns, and runs when and as often as it does. */
export interface Block {
  /** The block's own inputs, read only when the owning card asks for them: the condition of an If/ElseIf branch. */
  readonly in?: Bindings;
  /** In the order in which they run. */
  readonly cards: readonly CardNode[];
  /** Outputs of an inline block. */
  readonly out?: Bindings;
}

/** A card as it stands in a document. */
export interface CardNode {
  /**
   * An identifier, unique in the flow, by which later cards refer to its outputs. Without one, nothing refers to it.
   */
  readonly id?: string;
  /** Card type, such as `text.compose`. */
  readonly card: string;
  /** What people read. Default: the title of its type. */
  readonly title?: string;
  /** A comment of the author. */
  readonly note?: string;
  /** Name of a connection. */
  readonly connection?: string;
  /** Where its inputs come from. What is left out takes its default. */
  readonly in?: Bindings;
  /** Types of author-named inputs, and of declared ones that take anything. */
  readonly inputs?: readonly Field[];
  /** Author-declared outputs, or other types for declared ones. */
  readonly outputs?: readonly Field[];
  /** In order: an If/ElseIf tries its branches as they stand here. */
  readonly blocks?: { readonly [name: string]: Block };
  /** What happens when it fails. Default: the error goes up to the enclosing block. */
  readonly onError?: ErrorPolicy;
  /** Milliseconds for one attempt. */
  readonly timeout?: number;
  /**
   * True: what it does to the world is not repeated when a crash leaves it unknown whether it took place. On a card that
   * calls flows it holds for all that they do. Default: what the card type says.
   */
  readonly atMostOnce?: boolean;
  /** Whatever tools keep with the card (its place on a canvas). It has no part in a run, nor in the revision. */
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** A flow file that holds one flow. */
export interface FlowDocument {
  /** Link to the JSON Schema, for editors. The engine reads no more of it than the version. */
  readonly $schema?: string;
  /** Version of the format. */
  readonly flowdeck: 1;
  /** An identifier, by which other flows call it. It does not change when `name` does. */
  readonly id: string;
  /** For people. Default: its id. */
  readonly name?: string;
  /** For people, in any length. */
  readonly description?: string;
  /** What starts it, and so what its inputs and outputs have to be. */
  readonly type: FlowType;
  /** Namespace to version range, such as `{"twilio": "^1"}`. */
  readonly requires?: Readonly<Record<string, string>>;
  /** When a flow of type `schedule` is started, by a host that has triggers. */
  readonly schedule?: Schedule;
  /** Who may call a flow of type `api`. Default: who has its token. */
  readonly access?: ApiAccess;
  /** What starts a flow of type `event`, in a host that has triggers. */
  readonly event?: EventTrigger;
  /** Settled by whoever starts it: literals where a card calls it, never values of the run. */
  readonly options?: readonly Field[];
  /** What it is given, by whoever starts or calls it. */
  readonly inputs?: readonly Field[];
  /** What its Return cards give. */
  readonly outputs?: readonly Field[];
  /** In the order in which they run. */
  readonly cards: readonly CardNode[];
  /** Whatever tools keep with the document. It has no part in a run, nor in the revision. */
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** A flow inside a deck: what belongs to the file stands at the deck. */
export type DeckFlow = Omit<FlowDocument, 'flowdeck' | '$schema' | 'requires'>;

/** A table that the flows of a file use. */
export interface TableDocument {
  /** By which cards name the table, unique in the file. */
  readonly id: string;
  /** For people. Default: the id. */
  readonly name?: string;
  /** For people. */
  readonly description?: string;
  /** In order. */
  readonly columns: readonly Field[];
}

/** A flow file that holds any number of flows, with the tables and the connector that belong to them. */
export interface DeckDocument {
  /** Link to the JSON Schema, for editors. The engine reads no more of it than the version. */
  readonly $schema?: string;
  /** Version of the format. */
  readonly flowdeck: 1;
  /** For people; the engine goes by ids. */
  readonly name?: string;
  /** For people, in any length. */
  readonly description?: string;
  /** Namespace to version range, such as `{"twilio": "^1"}`: held when the file is loaded. */
  readonly requires?: Readonly<Record<string, string>>;
  /** Ids are unique among them. */
  readonly flows: readonly DeckFlow[];
  /** Tables that the flows use, made in the host's store when a run first needs them. */
  readonly tables?: readonly TableDocument[];
  /** The manifest that makes these flows a connector. */
  readonly connector?: ConnectorDocument;
  /** Whatever tools keep with the document. It has no part in a run, nor in the revision. */
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** What a flow file holds: one flow, or a deck (it has `flows`). */
export type FlowFile = FlowDocument | DeckDocument;
