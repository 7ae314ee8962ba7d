/** What a report is made of: a run as its host knows it. */
import type { FlowFile, History, HttpRequest, RunResult } from '@flowdeck/engine';
import type { Redactor } from '@flowdeck/engine/kit';
import type { KnownCard } from '../model.js';

/** One HTTP request of a run, and what came of it. */
export interface ReportedExchange {
  /** Path of calls that led to the flow of the card, as its events have it. Null: not known, the flow and card tell. */
  readonly executionId: string | null;
  /** Id of the flow that the card stands in. */
  readonly flow: string;
  /** Id of the card in that flow. */
  readonly card: string;
  /** Of the card, from 1. */
  readonly attempt: number;
  /** Milliseconds since 1970-01-01T00:00:00Z. Null: not known. */
  readonly startedAt: number | null;
  /** Such as `GET`. */
  readonly method: HttpRequest['method'];
  /** Whole, with its query. */
  readonly url: string;
  /** As they were sent. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** As text; a note in words where it is none. Null: none. */
  readonly requestBody: string | null;
  /** Null: no answer came. */
  readonly status: number | null;
  /** As they came; empty where no answer came. */
  readonly responseHeaders: Readonly<Record<string, string>>;
  /** As text; a note in words where it is none. Null: none. */
  readonly responseBody: string | null;
  /** Why no answer came. Null: one did. */
  readonly error: string | null;
  /** Milliseconds. */
  readonly durationMs: number;
}

/** A run, as its report tells of it. */
export interface ReportedRun {
  /** What its observer recorded. The run's own flow is the first execution in it. */
  readonly history: History;
  /** The deck or flow that ran: it is drawn, and says where inputs came from. */
  readonly document: FlowFile;
  /** The card types that the pictures go by. */
  readonly card: KnownCard;
  /** What the run gave its host: tables, and failures that cards swallowed. Absent: the report does without. */
  readonly result?: Pick<RunResult, 'tables' | 'ignored' | 'omitted'>;
  /** In their order. Absent: nothing is said of HTTP. */
  readonly exchanges?: readonly ReportedExchange[];
}

/** How a report is written. */
export interface ReportOptions {
  /** A line that a person can run to see the same again. Absent: none is told. */
  readonly again?: string;
  /**
   * What must not be in the page. It is taken out of the history, the document and HTTP, and the page is searched for it
   * before it is given. An engine redacts what it knows to be secret; a host may know more. Absent: nothing more is secret.
   */
  readonly secrets?: Redactor;
  /**
   * Cards that are kept one by one. Beyond, the oldest executions that ended well are folded: counted, and not told of.
   * Default 100,000.
   */
  readonly maxSteps?: number;
}
