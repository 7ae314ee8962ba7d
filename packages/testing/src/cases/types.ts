/** The case as TypeScript types. The JSON Schema in `schema/test-1.json` is the contract; these follow it. */
import type { ScriptedExchange } from '../http/exchange.js';
import type { HostStep } from '../life/types.js';
import type { Mock } from '../mocks/types.js';
import type { Expectation } from './expectation.js';
import type { JsonObject, JsonValue } from './json.js';

/** A file of cases, as it is read: what the file says for all its cases stands in each of them. */
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

/** One behaviour, and what shows it. Exactly one of `subject`, `card`, `flow`, `deck`, `document`, `connector` and `steps` says what to run. */
export interface Case {
  /** Unique in its suite. */
  readonly id: string;
  /** The behaviour, in one sentence. */
  readonly proves?: string;
  /** Where it is demanded, such as `docs/semantics.md#if-error`, or the address of a standard; several are parted by `; `. */
  readonly source?: string;
  /** Why the case is not run. */
  readonly skip?: string;
  /** True: of all cases, only those marked so are run. Refused in CI. */
  readonly only?: boolean;
  /** Words to choose cases by. */
  readonly tags?: readonly string[];

  /** Path of a flow file, of a directory of them, or of an export; relative to the file of the case. */
  readonly subject?: string;
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
  /** Id of the flow to run, or a name that only one has. Default: `main` of a deck; the only flow that is no helper. */
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
  /** `instant`: waits end at once, and are recorded. An object sets the time at the start, too. Default of a test: `instant`, with a service `real`. */
  readonly clock?: 'instant' | 'real' | { readonly start: string };
  /** What randomness begins with. Default: the id of the case. */
  readonly seed?: string;
  /** Rows that tables begin with, by name or id of the table. A `Row ID` is the id of the row. */
  readonly tables?: { readonly [table: string]: readonly JsonObject[] | { readonly csv: string } };
  /** Files by name. An input `{"file": NAME}` is the file. */
  readonly files?: { readonly [name: string]: CaseFile };
  /** What answers at the border. With mocks nothing else does: a call without a mock fails the case. */
  readonly mocks?: readonly Mock[];
  /** Where `mocks` come from. Absent: they are written by hand. */
  readonly recorded?: Recorded;
  /** Signals from outside, delivered at the start and kept until the run waits for them. */
  readonly signals?: readonly { readonly name: string; readonly value: JsonValue }[];
  /** Cancels the run at the first event that matches. */
  readonly cancelOn?: JsonObject;
  /** Settings of HTTP; false: the engine gets none. */
  readonly http?: false | HttpSettings;
  /** Flows that a host serves; their `type` (helper) may be left out. With `steps` only. */
  readonly flows?: readonly JsonObject[];
  /** Connectors as documents, beside those that the engine knows. With `steps` only. */
  readonly connectors?: readonly JsonObject[];
  /** What happens to the host, in order. Their case is not one run: it expects `runs`, `parked` and `requests`. */
  readonly steps?: readonly HostStep[];
  /** A fake service that is started for the case: `{{service.url}}` and its other facts may stand in the case. */
  readonly service?: ServiceSetup;
  /** What must come of it. */
  readonly expect: Expectation;
}

/** Where recorded mocks come from. Recording again replaces them; the two kinds are never mixed. */
export interface Recorded {
  /** `simulation`: answers were made up. `live`: a real service gave them. */
  readonly from: 'simulation' | 'live';
  /** Hosts that were reached, of a real service. */
  readonly hosts?: readonly string[];
  /** When, of a real service. */
  readonly at?: string;
}

/** A connection of a case, as a host would keep it. */
export interface CaseConnection {
  /** Key of the connector. */
  readonly connector: string;
  /** Credentials: `username` and `password` for basic, `access_token` for OAuth 2.0, fields of its own for custom. Default: none, where mocks answer. */
  readonly auth?: JsonObject;
  /** What the connector's manifest asks for beside credentials. */
  readonly parameters?: JsonObject;
}

/** A file of a case: one member. `path` is relative to the file of the case. */
export interface CaseFile {
  /** What it holds. */
  readonly text?: string;
  /** What it holds, as bytes. */
  readonly base64?: string;
  /** Where it lies. */
  readonly path?: string;
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
