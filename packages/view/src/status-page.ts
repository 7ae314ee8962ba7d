/** The page of a host: its flows, what is on, when they come next, how their runs went. */
import { pageOf } from './document.js';
import { type Content, html, Markup } from './html.js';
import type { GraphFlow } from './model.js';
import { countText } from './numbers.js';
import { titleOf } from './options.js';
import { svg } from './svg.js';

/** A flow of a host, for its page. */
export interface StatusFlow {
  /** Its picture. */
  readonly graph: GraphFlow;
  /** Null: it is started by hand, and is neither on nor off. */
  readonly on: boolean | null;
  /** When it comes next, in milliseconds since 1970; null: that is not known. */
  readonly next: number | null;
  /** What else its owner should know, such as why a service could not be asked; null: nothing. */
  readonly note: string | null;
}

/** A run of a host, for its page. */
export interface StatusRun {
  /** Id of the run. */
  readonly runId: string;
  /** Id of its flow. */
  readonly flow: string;
  /** What started it. */
  readonly trigger: string;
  /** In milliseconds since 1970. */
  readonly startedAt: number;
  /** Null while it is under way. */
  readonly status: string | null;
  /** Null while it is under way. */
  readonly durationMs: number | null;
  /** Why it failed; null when it did not. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** A version of a connector, for the page of a host. */
export interface StatusConnector {
  /** Its key. */
  readonly key: string;
  /** What its manifest calls the version. */
  readonly version: string;
  /** Its number in the store of versions. */
  readonly number: number;
  /** For whom it is: `test` or `private`. */
  readonly pointer: string;
}

/** What a host tells of itself. */
export interface HostStatus {
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** In document order. */
  readonly flows: readonly StatusFlow[];
  /** The newest first. */
  readonly runs: readonly StatusRun[];
  /** Those that come from a store of versions. Default: none. */
  readonly connectors?: readonly StatusConnector[];
}

/** Runs that the page shows of each table. */
const SHOWN = 50;

/**
 * One HTML page without script that loads nothing: the flows of a host with their next moments, runs under way, failures,
 * the last runs, and the picture of each flow. Times are UTC.
 *
 * @example
 * new Response(statusPage({ at: Date.now(), flows, runs }), { headers: { 'content-type': 'text/html; charset=utf-8' } });
 */
export function statusPage({ at, flows, runs, connectors = [] }: HostStatus): string {
  const numbers = new Map(flows.map(({ graph }, index) => [graph.id, index]));
  const link = (flow: string) => (numbers.has(flow) ? `#flow-${numbers.get(flow)}` : null);
  const name = (flow: string) => {
    const to = link(flow);
    return to === null ? flow : html`<a href="${to}">${flow}</a>`;
  };
  const under = runs.filter(({ status }) => status === null);
  const failed = runs.filter(({ error }) => error !== null);
  const ended = runs.filter(({ status }) => status !== null);
  const title = `${countText(flows.length, 'flow')}, ${countText(under.length, 'run')} under way`;
  const body = html`<header class="head"><h1>${title}</h1><p>As of <time>${moment(at)}</time></p></header>
<main>
${statusSection('flows', 'Flows', flowTable(flows, name))}
${statusSection('under-way', 'Under way', runTable(under, name))}
${statusSection('failures', 'Failures', failureTable(failed, name))}
${statusSection('last', 'Last runs', runTable(ended, name))}
${connectors.length === 0 ? null : statusSection('connectors', 'Connectors', connectorTable(connectors))}
${flows.map(
  ({ graph }, index) =>
    html`<section id="flow-${index}" aria-labelledby="name-${index}"><h2 id="name-${index}">${titleOf(graph)}</h2><div class="wide" role="region" aria-labelledby="name-${index}" tabindex="0">${new Markup(svg([graph], { wires: false, link }))}</div></section>`,
)}
</main>`;
  return pageOf({ title, body, data: null });
}

type Name = (flow: string) => Content;

function flowTable(flows: readonly StatusFlow[], name: Name): Content {
  const rows = flows.map(({ graph, on, next, note }) => [
    name(graph.id),
    graph.type,
    on === null ? 'by hand' : on ? 'on' : 'off',
    next === null ? '' : moment(next),
    note ?? '',
  ]);
  return table(['Flow', 'Type', 'State', 'Next', 'Note'], rows);
}

function runTable(runs: readonly StatusRun[], name: Name): Content {
  const rows = runs.map(({ runId, flow, trigger, startedAt, status, durationMs }) => [
    name(flow),
    status ?? 'under way',
    moment(startedAt),
    durationMs === null ? '' : `${Math.round(durationMs)} ms`,
    trigger,
    runId,
  ]);
  return table(['Flow', 'Status', 'Started', 'Took', 'By', 'Run'], rows);
}

function failureTable(runs: readonly StatusRun[], name: Name): Content {
  const rows = runs.map(({ runId, flow, startedAt, error }) => [
    name(flow),
    moment(startedAt),
    error?.message ?? '',
    error?.code ?? '',
    runId,
  ]);
  return table(['Flow', 'Started', 'Why', 'Code', 'Run'], rows);
}

function connectorTable(connectors: readonly StatusConnector[]): Content {
  const rows = connectors.map(({ key, version, number, pointer }) => [key, version, String(number), pointer]);
  return table(['Connector', 'Version', 'Number', 'For'], rows);
}

/** The first rows, and how many more there are. */
function table(heads: readonly string[], rows: readonly (readonly Content[])[]): Content {
  if (rows.length === 0) return html`<p>None.</p>`;
  const more = rows.length - SHOWN;
  return html`<table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>
${rows.slice(0, SHOWN).map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
</tbody></table>${more > 0 ? html`<p>And ${more} more.</p>` : null}`;
}

function statusSection(id: string, title: string, content: Content): Markup {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><div class="wide" role="region" aria-labelledby="${id}" tabindex="0">${content}</div></section>`;
}

/** Seconds are enough for people. */
function moment(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
