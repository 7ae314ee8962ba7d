/** The flow file, as TypeScript types. The JSON Schema in `schema/flow-1.json` is the contract; these follow it. */
import type { Field, Value } from '../values/index.js';

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
  /** Whatever tools keep with the card (its place on a canvas). It has no part in a run, nor in the revision. */
  readonly meta?: Readonly<Record<string, unknown>>;
}

/** When a host starts a flow. */
export interface Schedule {
  /** Five fields: minute, hour, day of month, month, day of week. */
  readonly cron: string;
  /** IANA name. Default `UTC`. */
  readonly timeZone?: string;
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

/** How tokens are got and renewed. In URLs and parameters, `{{key}}` stands for a parameter of the connection. */
export interface OAuthGrant {
  /** `authorizationCode`: a person agrees in a browser. `clientCredentials`: with the connection's own client. */
  readonly grant: 'authorizationCode' | 'clientCredentials';
  /** Expected in answers that name one (RFC 9207). */
  readonly issuer?: string;
  /** Where the browser is sent. The code grant needs it. */
  readonly authorizeUrl?: string;
  /** Where a code, or the client alone, becomes a token. */
  readonly tokenUrl: string;
  /** Where a refresh token becomes an access token. Default: `tokenUrl`. */
  readonly refreshUrl?: string;
  /** Takes tokens back (RFC 7009). */
  readonly revokeUrl?: string;
  /** `basic` (default): form-encoded as RFC 6749 asks. `basicPlain`: not encoded. `post`: in the body. `none`: a public client. */
  readonly clientAuthentication?: 'basic' | 'basicPlain' | 'post' | 'none';
  /** Asked for, separated by spaces. */
  readonly scopes?: readonly string[];
  /** Further parameters of the authorization request, such as `access_type`. */
  readonly authorizeParameters?: Readonly<Record<string, string>>;
  /** Further parameters of all token requests, such as `audience`. */
  readonly tokenParameters?: Readonly<Record<string, string>>;
}

/** How a connection proves who it is. */
export interface AuthMethod {
  /** By which a connection names it, where there are several. */
  readonly key?: string;
  /**
   * `basic`: user name and password (RFC 7617). `oauth2`: an access token (RFC 6750). `custom`: the credentials of
   * `fields`, which the connector's flows send themselves.
   */
  readonly type: 'basic' | 'oauth2' | 'custom';
  /** What people read in place of the type. */
  readonly label?: string;
  /** Labels of `username` and `password` for basic; further credentials for custom. */
  readonly fields?: readonly Field[];
  /** Of `oauth2`: where tokens come from. Absent: the host brings them. */
  readonly oauth?: OAuthGrant;
}

/** A value that every connection of a connector has without being asked: a constant, or what a helper flow works out. */
export interface ConfigValue {
  /** Flows read it as `/connection/KEY`. */
  readonly key: string;
  /** For people. Default: the key. */
  readonly label?: string;
  /** The constant. */
  readonly value?: string;
  /** Id of the helper flow that gives it, as its output `value`, when a connection is made. */
  readonly flow?: string;
  /** True: redacted wherever it appears. */
  readonly secret?: boolean;
  /** False: not shown to the owner of the connection. */
  readonly visible?: boolean;
}

/** What a service sends by itself, and the flows of its life. */
export interface ConnectorEvent {
  /** Unique among the events and polls of the connector. */
  readonly key: string;
  /** For people. Default: the key. */
  readonly label?: string;
  /** For people, in any length. */
  readonly description?: string;
  /** Id of the flow, of type `webhook`, that takes a delivery. */
  readonly flow: string;
  /** Id of the flow, of type `webhook-register`, that tells the service the URL of the event. */
  readonly register?: string;
  /** Id of the helper flow that asks whether a registration is still there. */
  readonly exists?: string;
  /** Id of the helper flow that prolongs a registration. */
  readonly renew?: string;
  /** Id of the flow, of type `webhook-deregister`, that ends a registration. */
  readonly deregister?: string;
  /** How deliveries are proven, told apart and answered: `@flowdeck/connect` reads it. */
  readonly delivery?: Readonly<Record<string, unknown>>;
}

/** What a service is asked for again and again. */
export interface ConnectorPoll {
  /** Unique among the events and polls of the connector. */
  readonly key: string;
  /** For people. Default: the key. */
  readonly label?: string;
  /** For people, in any length. */
  readonly description?: string;
  /** Id of the flow, of type `polling`, that asks. */
  readonly flow: string;
  /** `now` (default): nothing that was there before. `all`: what is there already, too. */
  readonly first?: 'now' | 'all';
  /** JSON Pointer to what tells items apart. Absent: all that the flow gives is new. */
  readonly id?: string;
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
  /** For people. */
  readonly name: string;
  /** Semantic version. */
  readonly version: string;
  /** For people, in any length. */
  readonly description?: string;
  /** URL of the service's own documentation. */
  readonly documentation?: string;
  /** Where its users get help: an e-mail address or a URL. */
  readonly support?: string;
  /** A picture beside the manifest, or a data URL. */
  readonly icon?: string;
  /** Accent of its cards: `#` and 3 or 6 hexadecimal digits. */
  readonly color?: string;
  /** How its connections prove who they are: one method, or those that a connection chooses from. */
  readonly auth: AuthMethod | readonly AuthMethod[];
  /** What a connection gives beside credentials; flows read them as `/connection/...`. */
  readonly parameters?: readonly Field[];
  /** What a connection has without giving it. */
  readonly config?: readonly ConfigValue[];
  /** Where the service's answers say why it refused: for messages in its own words. */
  readonly errors?: ErrorPlaces;
  /** Flow ids by role. `actions` become cards. */
  readonly flows: {
    readonly authping?: string;
    readonly revoke?: string;
    readonly httpHelper?: string;
    readonly actions?: readonly string[];
  };
  /** What the service sends by itself. */
  readonly events?: readonly ConnectorEvent[];
  /** What the service is asked for again and again. */
  readonly polls?: readonly ConnectorPoll[];
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
