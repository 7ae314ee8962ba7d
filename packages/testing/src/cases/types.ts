/** The case as TypeScript types. The JSON Schema in `schema/case-1.json` is the contract; these follow it. */
import type { ScriptedExchange } from '../http/exchange.js';

/** Anything that JSON can hold. */
export type JsonValue = null | string | number | boolean | readonly JsonValue[] | { readonly [key: string]: JsonValue };
/** A JSON object, as a case file holds it. */
export type JsonObject = { readonly [key: string]: JsonValue };

/** A file of cases. */
export interface Suite {
  /** Link to the JSON Schema of case files, for editors. */
  readonly $schema?: string;
  /** Area and name, such as `control/if-else`. */
  readonly suite: string;
  /** Namespaces of packs that the cases need beside the standard cards. Without them the suite is skipped. */
  readonly packs?: readonly string[];
  /** In the order in which they are run. */
  readonly cases: readonly Case[];
}

/** One behaviour, and what shows it. Exactly one of `card`, `flow`, `deck`, `document` and `connector` says what to run. */
export interface Case {
  /** Unique in its suite. */
  readonly id: string;
  /** The behaviour, in one sentence. */
  readonly proves?: string;
  /** Where it is demanded, such as `docs/semantics.md#if-error`, or the address of a standard; several are parted by `; `. */
  readonly source?: string;
  /** Why the case is not run. */
  readonly skip?: string;

  /** A single card, fed with `in` at run time. */
  readonly card?: string;
  /** Values of the card's inputs, by field name. They arrive as values of type `any`. */
  readonly in?: JsonObject;
  /** Declared outputs of the single card. */
  readonly outputs?: readonly JsonObject[];
  /** A flow; `flowdeck`, `id` ("main") and `type` ("manual") may be left out. */
  readonly flow?: JsonObject;
  /** Several flows; `flowdeck` and the flows' `type` ("helper") may be left out. */
  readonly deck?: JsonObject;
  /** The document as it is, sound or not; text is JSON text. */
  readonly document?: JsonValue;
  /** Key of a connector whose own flows are run. */
  readonly connector?: string;
  /** Id of the flow to run. Default: `main` of a deck. */
  readonly run?: string;

  /** Values of the flow's inputs, by field name. */
  readonly inputs?: JsonObject;
  /** Values of the flow's options, by field name. */
  readonly options?: JsonObject;
  /** Name of the connection that the flow runs with. */
  readonly connection?: string;
  /** Connections by the names that cards and `connection` give. */
  readonly connections?: { readonly [name: string]: CaseConnection };
  /** Limits of the run, by the names of `Limits` of `@flowdeck/engine`. */
  readonly limits?: { readonly [limit: string]: number };
  /** `instant`: waits end at once, and are recorded. An object sets the time at the start, too. Default: real time. */
  readonly clock?: 'instant' | { readonly start: string };
  /** Signals from outside, delivered at the start and kept until the run waits for them. */
  readonly signals?: readonly { readonly name: string; readonly value: JsonValue }[];
  /** Cancels the run at the first event that matches. */
  readonly cancelOn?: JsonObject;
  /** Settings of HTTP; false: the engine gets none. */
  readonly http?: false | HttpSettings;
  /** A fake service that is started for the case: `{{service.url}}` and its other facts may stand in the case. */
  readonly service?: ServiceSetup;
  /** What must come of it. */
  readonly expect: Expectation;
}

/** A connection of a case, as a host would keep it. */
export interface CaseConnection {
  /** Key of the connector. */
  readonly connector: string;
  /** Credentials: `username` and `password` for basic, `access_token` for OAuth 2.0, fields of its own for custom. */
  readonly auth: JsonObject;
  /** What the connector's manifest asks for beside credentials. */
  readonly parameters?: JsonObject;
}

/** What an engine's HTTP must respect in a case. */
export interface HttpSettings {
  /** `host:port` that may be reached although the address is not public. The case's service is always allowed. */
  readonly allowHosts?: readonly string[];
  /** Milliseconds for a whole exchange. */
  readonly timeoutMs?: number;
  /** Bytes of an answer. More are an error `http-too-large`. */
  readonly maxResponseBytes?: number;
  /** Redirects that are followed. More are an error `http-redirects`. */
  readonly maxRedirects?: number;
}

/** The service that the case talks to. `{{service.url}}` and its likes stand for its address and credentials. */
export type ServiceSetup =
  | { readonly exchanges: readonly ScriptedExchange[]; readonly order?: 'in-order' | 'by-match' }
  | { readonly [service: string]: JsonObject };

/** `refused`: the run was not begun, because the host gave it what it cannot use. */
export type CaseStatus = 'success' | 'stopped' | 'error' | 'cancelled' | 'refused';

/** What must come of it. Only what is named is checked, but an unexpected `status` is always a failure. */
export interface Expectation {
  /** Default `success`; `error` when `error` is given. */
  readonly status?: CaseStatus;
  /** The whole result, exactly. */
  readonly outputs?: JsonValue;
  /** The result as one value, exactly. */
  readonly value?: JsonValue;
  /** At least these members. */
  readonly error?: JsonObject;
  /** What a host answers over HTTP, exactly; null: nothing was answered by a card. */
  readonly answer?: JsonValue;
  /** Flows that were started and not waited for: as many as there are, each with at least these members. */
  readonly children?: readonly JsonObject[];
  /** Items that failed and that a card went on without: as many as there are, each with at least these members. */
  readonly ignored?: readonly JsonObject[];
  /** Tables of which rows were changed: as many as there are, each with at least these members. */
  readonly tables?: readonly JsonObject[];
  /** What is reported about the document: as many as there are, in any order, each by its code or by at least these members. */
  readonly diagnostics?: readonly (string | JsonObject)[];
  /** Events that happen in this order, each with at least these members; others may lie between them. */
  readonly events?: readonly JsonObject[];
  /** Ids of the cards that were begun, in order, those of called flows included; cards without an id are left out. */
  readonly ran?: readonly string[];
  /** Requests that the service saw: as many as there are, each with at least these members. */
  readonly requests?: readonly JsonObject[];
  /** Milliseconds of every wait that ended by itself, in order. Needs a clock. */
  readonly waits?: readonly number[];
  /** Milliseconds from start to end. Needs a clock. */
  readonly durationMs?: number;
  /** Executed cards, those of called flows included. */
  readonly steps?: number;
  /** Texts that no event and no error may contain. Credentials of connections are always among them. */
  readonly hides?: readonly string[];
}
