/** What happens to a host in a case, as TypeScript types. The JSON Schema in `schema/test-1.json` is the contract; these follow it. */
import type { JsonObject, JsonValue } from '../cases/json.js';

/** One thing that happens to a host. Exactly one of its members up to `drop` says what. */
export interface HostStep {
  /** Turns the flow of this id on. */
  readonly on?: string;
  /** Turns it off. */
  readonly off?: string;
  /** Starts a flow by hand, and waits for its end. */
  readonly start?: string;
  /** Tells of an event of the host's own, by its name. */
  readonly emit?: string;
  /** Has a delegated flow run for the `caller`, and waits for its end. */
  readonly delegate?: string;
  /** A request to the host, from outside. */
  readonly send?: SentRequest;
  /** Waits until the service was sent a request with at least these members. */
  readonly asked?: JsonObject;
  /** Waits until something is so. */
  readonly until?: HostState;
  /** Lets time pass up to this moment. */
  readonly clock?: string;
  /** Ends the host, and lets another one begin with what it kept. `crash`: the first has no time to put anything in order. */
  readonly again?: 'stop' | 'crash';
  /** The owner of the connection of this name logs in: it has other credentials from now on. */
  readonly connect?: string;
  /** Asks whether the connection of this name works. */
  readonly test?: string;
  /** Takes the grant of the connection of this name back. */
  readonly revoke?: string;
  /** Runs a parked event again: by its place among them, from 0. */
  readonly replay?: number;
  /** Forgets a parked event. */
  readonly drop?: number;

  /** Of `start`, `emit` and `delegate`, by field name. */
  readonly inputs?: JsonObject;
  /** Of `emit`: tells the event from others of its name. */
  readonly id?: string;
  /** Of `emit`: events of one key keep their order. */
  readonly key?: string;
  /** Of `delegate`: who it is. */
  readonly caller?: JsonObject;
  /** Of `connect`: the credentials. */
  readonly auth?: JsonObject;
  /** Of `again`: the moment at which the next host begins. Default: no time passes. */
  readonly at?: string;
  /** Of `again`: a new version, which the next host begins with. Default: the flows before. */
  readonly flows?: readonly JsonObject[];
  /** Of `again`: new versions of all connectors. Default: those before. */
  readonly connectors?: readonly JsonObject[];
  /** At least these members. Default: there is no `error`, and what is sent is answered with a status below 400. */
  readonly expect?: JsonObject;
  /** What later steps call `{{NAME}}`: JSON Pointers into what came of the step. */
  readonly keep?: { readonly [name: string]: string };
}

/** A request from outside. At most one of `json`, `text`, `base64` and `form` is its body. */
export interface SentRequest {
  /** Default `POST` with a body, else `GET`. */
  readonly method?: string;
  /** Whole, or what comes after the host's own. */
  readonly url: string;
  /** By name. */
  readonly headers?: { readonly [name: string]: string };
  /** Its body as JSON. */
  readonly json?: JsonValue;
  /** Its body as text. */
  readonly text?: string;
  /** Its body as bytes. */
  readonly base64?: string;
  /** Its body as a form. */
  readonly form?: { readonly [name: string]: string };
  /** A header with the HMAC-SHA-256 of a text, in hexadecimal. */
  readonly hmac?: {
    readonly header: string;
    readonly secret: string;
    /** What is signed; `{{body}}` is the body. */
    readonly signed: string;
    readonly prefix?: string;
  };
}

/** What may be waited for. */
export interface HostState {
  /** Id of a flow, which is to be as `is` says. */
  readonly flow?: string;
  /** Members that the flow has at least, as the host tells of it. */
  readonly is?: JsonObject;
  /** So many runs have ended. */
  readonly ended?: number;
  /** So many events are parked. */
  readonly parked?: number;
}
