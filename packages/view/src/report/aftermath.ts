/** What a run left behind: rows of tables, and failures that cards swallowed. */
import type { IgnoredReport, TableReport } from '@flowdeck/engine';
import { html, type Markup } from '../html.js';
import { countText } from '../numbers.js';
import type { ReportedRun } from './types.js';

/** Null: nothing. */
export function aftermath({ result }: ReportedRun): Markup | null {
  if (result === undefined) return null;
  const { tables, ignored, omitted } = result;
  const parts = [
    ...(tables.length > 0 ? [tablesSection(tables)] : []),
    ...(ignored.length > 0 ? [ignoredSection(ignored, omitted.ignored)] : []),
  ];
  return parts.length === 0 ? null : html`${parts}`;
}

function tablesSection(tables: readonly TableReport[]): Markup {
  return html`<section aria-labelledby="tables"><h2 id="tables">Tables</h2>${tables.map(
    ({ table, inserted, updated, removed, changes }) =>
      html`<details><summary><bdi>${table}</bdi>: ${counts(inserted, updated, removed)}</summary><div class="wide" role="region" aria-label="Changes of ${table}" tabindex="0"><table><thead><tr><th>change</th><th>row</th><th>values written</th></tr></thead><tbody>${changes.map(
        ({ change, row, values }) =>
          html`<tr><td>${change}</td><td><code>${row}</code></td><td><code dir="auto">${values === null ? '' : JSON.stringify(values)}</code></td></tr>`,
      )}</tbody></table></div>${changes.length < inserted + updated + removed ? html`<p>The first ${changes.length} changes are shown.</p>` : null}</details>`,
  )}</section>`;
}

function counts(inserted: number, updated: number, removed: number): string {
  return [`${countText(inserted, 'row')} inserted`, `${updated} updated`, `${removed} removed`].join(', ');
}

function ignoredSection(ignored: readonly IgnoredReport[], omitted: number): Markup {
  return html`<section aria-labelledby="ignored"><h2 id="ignored">Failed, and swallowed</h2><p>${countText(ignored.length + omitted, 'item')} failed, and the card went on without.</p><ul>${ignored.map(
    ({ flow, card, index, error }) =>
      html`<li><code>${flow}/${card}</code>, item ${index + 1}: <bdi dir="auto">${error.message}</bdi> <code>${error.code}</code></li>`,
  )}</ul></section>`;
}
