/** What a case expects, as TypeScript types. The JSON Schema in `schema/test-1.json` is the contract; these follow it. */
import type { JsonObject, JsonValue } from './json.js';

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
  /** What was done to the rows of tables: all tables of which rows were changed, each with at least these members. */
  readonly tableChanges?: readonly JsonObject[];
  /** What is reported about the document: as many as there are, in any order, each by its code or by at least these members. */
  readonly diagnostics?: readonly (string | JsonObject)[];
  /** Events that happen in this order, each with at least these members; others may lie between them. */
  readonly events?: readonly JsonObject[];
  /** Ids of the cards that were begun, in order, those of called flows included; cards without an id are left out. */
  readonly ran?: readonly string[];
  /** Cards that must not have begun: `card`, or `flow/card` where the id stands in several flows. */
  readonly notRan?: readonly string[];
  /**
   * Calls at the border: all of them, in their order, each with at least these members. Where concurrency decides the order,
   * an entry `{"$unordered": [...]}` stands for as many calls.
   */
  readonly effects?: readonly ExpectedEffect[];
  /** All rows of these tables after the run, in the order in which they came; `Row ID`, `Created` and `Updated` only where they are named. */
  readonly tables?: { readonly [table: string]: readonly JsonObject[] };
  /** Errors that did not end the run, in their order, each with at least these members. Default with mocks: none. */
  readonly caught?: readonly JsonObject[];
  /** Requests that the service saw: as many as there are, each with at least these members. */
  readonly requests?: readonly JsonObject[];
  /** Milliseconds of every wait that ended by itself, in order. Needs a clock. */
  readonly waits?: readonly number[];
  /** Milliseconds from start to end. Needs a clock. */
  readonly durationMs?: number;
  /** Executed cards, those of called flows included: a number, or a matcher such as `{"$lte": 6}`. */
  readonly steps?: number | JsonObject;
  /** Runs of a host that ended, in the order in which they did: as many as there are, each with at least these members. */
  readonly runs?: readonly JsonObject[];
  /** Events of a host that wait for their owner: as many as there are, each with at least these members. */
  readonly parked?: readonly JsonObject[];
  /** Texts that no event and no error may contain. Credentials of connections are always among them. */
  readonly hides?: readonly string[];
}

/** A call at the border. Exactly one of `card`, `http`, `flow` and `$unordered` says which. */
export interface ExpectedEffect {
  /** `connector.card`, or `connector.*`. */
  readonly card?: string;
  /** The request, in the terms of a mock. */
  readonly http?: JsonObject;
  /** Id or name of a flow that a mock stands for. */
  readonly flow?: string;
  /** `flow/card`: where the call is made. */
  readonly at?: string;
  /** At least these inputs. */
  readonly in?: JsonObject;
  /** At least these outputs. */
  readonly outputs?: JsonObject;
  /** Of HTTP. */
  readonly status?: JsonValue;
  /** At least these members; null: it did not fail. */
  readonly error?: JsonObject | null;
  /** So many calls one after the other. Default 1. */
  readonly times?: number;
  /** Calls in any order. */
  readonly $unordered?: readonly ExpectedEffect[];
}
