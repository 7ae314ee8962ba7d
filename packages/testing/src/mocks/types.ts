/** Mocks: what answers at the border of a flow, as data. */
import type { Value } from '@flowdeck/engine';

/** What a request has to be. Each member may be a matcher, and so may be what stands in it; what is not named is free. */
export interface MockedRequest {
  /** Such as `GET`. */
  readonly method?: unknown;
  /** The whole URL, with its query; with `query`, the URL without it. */
  readonly url?: unknown;
  /** The path alone. */
  readonly path?: unknown;
  /** Parameters by name; a repeated one is a list. At least these. */
  readonly query?: Readonly<Record<string, unknown>>;
  /** Names without case. At least these. */
  readonly headers?: Readonly<Record<string, unknown>>;
  /** The body as JSON. Of an object at least these members. */
  readonly json?: unknown;
  /** The body as a form, by name. At least these. */
  readonly form?: Readonly<Record<string, unknown>>;
  /** The body as text. */
  readonly body?: unknown;
}

/** What a service answers. Of a card or flow: `outputs`, `records`; of HTTP: `status`, `headers` and a body; of any: `error`. */
export interface MockAnswer {
  /** Outputs by name (`Group/Name`). Those left out are made up in a simulation, and null in a test. */
  readonly outputs?: Readonly<Record<string, Value>>;
  /** What a streaming card hands to its helper flow, one after the other. */
  readonly records?: readonly Value[];
  /** Of HTTP. Default 200. */
  readonly status?: number;
  /** By name; a list is a header that stands several times. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** The body as text. At most one of `body`, `json` and `base64`. */
  readonly body?: string;
  /** The body as JSON. */
  readonly json?: unknown;
  /** The body as bytes. */
  readonly base64?: string;
  /** Fails instead: a card as by a status of the service, HTTP as if nobody answered. */
  readonly error?: MockError;
  /** Milliseconds that the answer takes. */
  readonly delayMs?: number;
  /** In `answers`: for so many calls one after the other (default 1), or for all that follow. */
  readonly times?: number | 'rest';
}

/** What a mock fails with. */
export interface MockError {
  /** What happened, in the words of the service. */
  readonly message: string;
  /** Default: `http-status` of a card, `http-network` of HTTP, `returned-error` of a flow. */
  readonly code?: string;
  /** Default of a card without a `code`: 500. */
  readonly statusCode?: number;
  /** What the service said. Members of an object are members of the error too. */
  readonly body?: Value;
}

/** Answers calls of a card, requests, or calls of a flow. Exactly one of `card`, `http` and `flow` says which. */
export interface Mock {
  /** `connector.card`, such as `okta.readUser`, or `okta.*`. */
  readonly card?: string;
  /** What a request has to be. */
  readonly http?: MockedRequest;
  /** Id or name of a flow of the deck, which then is not run. */
  readonly flow?: string;
  /** `flow/card`: only calls made there. */
  readonly at?: string;
  /** Inputs by name (`Group/Name`), at least these. Values may be matchers. */
  readonly in?: Readonly<Record<string, unknown>>;
  /** What answers every call. */
  readonly answer?: MockAnswer;
  /** What answers one call after the other: attempts of a retry and items of a loop are calls. */
  readonly answers?: readonly MockAnswer[];
  /** With `answer`: for so many calls. Default: any number. */
  readonly times?: number;
  /** True: no fault if nothing asks for it. */
  readonly optional?: boolean;
}

/** A file of mocks, as `--mock` reads it and `--record` writes it. */
export interface MockFile {
  /** For editors. */
  readonly $schema?: string;
  /** How the answers came about. */
  readonly recorded?: { readonly from: 'simulation' };
  /** In the order in which they are asked. */
  readonly mocks: readonly Mock[];
}
