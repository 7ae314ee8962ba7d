/** The data of a run in its page. */
import { html, jsonForPage, type Markup } from '../html.js';
import { deflated } from './deflate.js';
import type { Packed } from './pack.js';

/**
 * What the script opens: the run, and the values in chunks. Base64 of raw DEFLATE.
 *
 * @param name Of the run, where a page has several.
 */
export async function dataOf(name: string, { run, chunks }: Packed): Promise<Markup> {
  const values = await Promise.all(chunks.map(deflated));
  return html`<script type="application/json" id="${name}run">${jsonForPage(await deflated(JSON.stringify(run)))}</script>
${values.map((chunk) => html`<script type="application/json" class="${name}values">${jsonForPage(chunk)}</script>\n`)}`;
}
