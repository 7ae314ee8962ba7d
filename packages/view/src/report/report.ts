/** Writes the report of a run: one page that needs nothing else. */
import { FlowdeckError } from '@flowdeck/engine';
import { createRedactor, flowsOf } from '@flowdeck/engine/kit';
import type { ViewCode } from '../codes.js';
import { pageOf } from '../document.js';
import { html } from '../html.js';
import { graphOf } from '../model.js';
import { grouped } from '../numbers.js';
import { aftermath } from './aftermath.js';
import { cleaned } from './clean.js';
import { dataOf } from './data.js';
import { foldedNote, header, headlineOf, outline, verdict } from './first-screen.js';
import { keep } from './fold.js';
import { leaked } from './leaked.js';
import { pack } from './pack.js';
import { openFlows, pictures } from './pictures.js';
import { marksOf } from './run-marks.js';
import type { ReportedRun, ReportOptions } from './types.js';
import { faultOf, rootOf } from './way.js';

const MAX_STEPS = 100_000;

/**
 * The report of a run as one HTML file: what failed, where, why and what to do; the flows drawn with how each card went;
 * every card with its values, attempts and HTTP exchanges. It loads nothing, and reads without script and style too.
 *
 * @throws FlowdeckError `report-empty` when the history knows of no run; `report-secret` when a secret stands in the
 * page although it was taken out of every value and message.
 * @example
 * const history = createHistory();
 * engine.on('*', history.record);
 * const result = await engine.run(deck, { inputs });
 * const page = await reportOf({ history: history.state(), document: deck.document, card: () => undefined, result });
 */
export async function reportOf(run: ReportedRun, options: ReportOptions = {}): Promise<string> {
  const { secrets = createRedactor(), maxSteps = MAX_STEPS, again } = options;
  const clean: ReportedRun = cleaned(run, secrets);
  const { history } = clean;
  const root = rootOf(history);
  if (root === null) {
    throw new FlowdeckError<ViewCode>('report-empty', 'The history knows of no run.', {
      hint: 'Give every event of the run to the history: engine.on("*", history.record).',
    });
  }
  const kept = keep(history, maxSteps);
  const packed = pack(clean, kept, (value) => {
    if (secrets.contains(value)) throw leaked();
  });
  const fault = faultOf(history);
  const graphs = flowsOf(clean.document).map((flow) => graphOf(flow, run.card));
  const marks = marksOf(Object.values(history.executions), graphs);
  const body = html`<a class="skip" href="#steps">Skip to the steps</a>
${header(root, clean, kept)}
<main>
${verdict(fault, again === undefined ? {} : { again: secrets.redact(again) })}${foldedNote(kept, html`This page keeps ${grouped(maxSteps)} cards (<code>maxSteps</code>).`)}
${pictures(graphs, marks, openFlows(root, fault?.way.at(-1)?.execution))}
<div class="opens" data-opens=""></div>
${aftermath(clean)}
${outline(kept)}
</main>`;
  return pageOf({ title: headlineOf(root), body, data: await dataOf('', packed) });
}
