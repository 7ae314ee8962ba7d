/** How deliveries of a connector's event are proven, told apart and answered, as TypeScript types. */

/** A text: a literal, something of a delivery or of what is known, or a MAC of parts. */
export interface DeliveryPart {
  /** A literal. */
  readonly text?: string;
  /** `raw`: the body as it came. `body`: JSON or a form, read. `url`: the public one. `secret`: what `secret` leads to. */
  readonly from?:
    | 'raw'
    | 'body'
    | 'header'
    | 'query'
    | 'method'
    | 'url'
    | 'item'
    | 'registration'
    | 'connection'
    | 'secret';
  /** Of a header or a query parameter. */
  readonly name?: string;
  /** JSON Pointer into the body, the item, the registration or the connection. */
  readonly path?: string;
  /** Stands before it, and is no part of it: without it, nothing is there. */
  readonly prefix?: string;
  /** The text is a list, of which the members with the tag count: `t=1,v1=abc`. */
  readonly list?: { readonly separator: string; readonly mark?: string; readonly tag?: string };
  /** HMAC of joined parts under the secret. */
  readonly hmac?: {
    readonly hash: DeliveryHash;
    readonly encoding?: 'hex' | 'base64';
    readonly of: readonly DeliveryPart[];
  };
}

/** Hash functions of MACs and signatures. */
export type DeliveryHash = 'sha1' | 'sha256' | 'sha512';

/** Holds when the part is there, and is what it has to equal. */
export interface DeliveryCondition {
  /** What is looked at. */
  readonly of: DeliveryPart;
  /** Absent: it has to be there. */
  readonly equals?: string;
}

/** When a delivery was signed. */
export interface DeliveryTime {
  /** Where it stands. It has to be signed. */
  readonly of: DeliveryPart;
  /** Seconds or milliseconds since 1970, or ISO 8601. Default `s`. */
  readonly unit?: 's' | 'ms' | 'iso';
  /** Older and younger ones are refused. Default 300. */
  readonly toleranceSeconds?: number;
}

/** What proves that a delivery comes from the service. */
export interface DeliveryProof {
  /** `equal`: a text is the secret. `hmac`: a MAC under it. `signature`: one under a public key. `jwt`: a JSON Web Token. `code`: a proof that a pack brings. */
  readonly scheme: 'equal' | 'hmac' | 'signature' | 'jwt' | 'code';
  /** What the delivery brings as its proof. */
  readonly given?: DeliveryPart;
  /** Default `sha256`. */
  readonly hash?: DeliveryHash;
  /** Default `hex`. */
  readonly encoding?: 'hex' | 'base64';
  /** Joined: what is signed. */
  readonly signed?: readonly DeliveryPart[];
  /** Of a signature. */
  readonly algorithm?: 'ed25519' | 'ecdsa' | 'rsa';
  /** The public key. Default: the secret. */
  readonly key?: DeliveryPart;
  /** Absent: the scheme signs no time, and nothing is too old. */
  readonly time?: DeliveryTime;
  /** `iss` of a token. */
  readonly issuer?: string;
  /** `aud` of a token. */
  readonly audience?: DeliveryPart;
  /** URL of the keys of tokens. Absent: they are signed with the secret (HS256). */
  readonly jwksUri?: string;
  /** Of a proof that a pack brings. */
  readonly name?: string;
}

/** The status and the body that a challenge is answered with. */
export interface ChallengeAnswer {
  /** Default 200. */
  readonly status?: number;
  /** Media type. Default `text/plain`, or `application/json` with `json`. */
  readonly type?: string;
  /** Joined. */
  readonly body?: readonly DeliveryPart[];
  /** A JSON object of texts. */
  readonly json?: Readonly<Record<string, DeliveryPart>>;
}

/** How deliveries of an event are proven, told apart and answered. */
export interface EventDelivery {
  /** `flow` (default): each flow that is on has a URL of its own. `app`: one serves all connections. */
  readonly scope?: 'flow' | 'app';
  /** Default `POST`. */
  readonly methods?: readonly string[];
  /** Where the secret comes from that deliveries are proven by. */
  readonly secret?: {
    readonly from: 'generated' | 'registration' | 'connection';
    readonly path?: string;
    readonly encoding?: 'text' | 'base64' | 'hex';
    readonly prefix?: string;
  };
  /** Whose a delivery to the URL of an app is: the value of a connection that the part has to equal. */
  readonly route?: { readonly of: DeliveryPart; readonly connection: string };
  /** Requests that are no deliveries: the service asks whether somebody is there. */
  readonly challenges?: readonly {
    readonly when: DeliveryCondition;
    readonly verified?: boolean;
    readonly answer: ChallengeAnswer;
  }[];
  /** Of these one has to hold. Absent: knowing the URL is the proof. */
  readonly verify?: readonly DeliveryProof[];
  /** Deliveries that are answered and not run. */
  readonly ignore?: readonly DeliveryCondition[];
  /** Where a list stands in the body, of which each is an event of its own. Items without a proof are left out. */
  readonly items?: { readonly path?: string; readonly verify?: readonly DeliveryProof[] };
  /** What tells deliveries, or items, apart: the first part that is there. Default: the bytes. */
  readonly id?: readonly DeliveryPart[];
  /** True: the service gives one id to different deliveries, so that the bytes belong to it. */
  readonly idIsShared?: boolean;
  /** Those with the same one are run one after the other. */
  readonly key?: DeliveryPart;
  /** What a delivery is answered with when it is kept. Default: status 200 and nothing. */
  readonly answer?: {
    readonly status?: number;
    readonly type?: string;
    readonly body?: string;
    readonly by?: 'host' | 'flow' | 'event-flow';
    readonly deadlineMs?: number;
  };
}
