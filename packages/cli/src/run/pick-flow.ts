/** Finds the flow that a command is about. */
import type { FlowInfo } from '@flowdeck/engine';
import { isSameName } from '@flowdeck/engine/kit';
import { UsageError } from '../errors.js';
import { didYouMean } from '../suggest.js';

/**
 * The flow of that id or name; without one the only flow, else the only one that is not a helper.
 *
 * @throws UsageError `unknown-flow`, `flow-ambiguous`, `no-flows`.
 */
export function pickFlow<F extends Pick<FlowInfo, 'id' | 'name' | 'type'>>(
  flows: readonly F[],
  wanted: string | undefined,
): F {
  if (wanted === undefined) return onlyEntry(flows);
  const byId = flows.find((flow) => flow.id === wanted);
  if (byId) return byId;
  const named = flows.filter((flow) => isSameName(flow.name, wanted));
  if (named.length === 1 && named[0]) return named[0];
  if (named.length > 1) {
    throw new UsageError('flow-ambiguous', `${named.length} flows are named ${JSON.stringify(wanted)}.`, {
      hint: `Give an id: ${named.map((flow) => flow.id).join(', ')}.`,
    });
  }
  const names = flows.flatMap((flow) => [flow.id, flow.name]);
  throw new UsageError('unknown-flow', `There is no flow ${JSON.stringify(wanted)}.`, {
    hint: didYouMean(wanted, names) ?? flowList(flows),
  });
}

function onlyEntry<F extends Pick<FlowInfo, 'id' | 'type'>>(flows: readonly F[]): F {
  const entries = flows.length === 1 ? flows : flows.filter((flow) => flow.type !== 'helper');
  if (entries.length === 1 && entries[0]) return entries[0];
  if (flows.length === 0) throw new UsageError('no-flows', 'The deck holds no flows.', { hint: 'Add one to "flows".' });
  throw new UsageError('flow-ambiguous', `The deck holds ${flows.length} flows; which one is meant?`, {
    hint: `Add --flow ID. ${flowList(entries.length > 1 ? entries : flows)}`,
  });
}

/** Names of so many flows fit a hint. */
const SHOWN_FLOWS = 20;

function flowList(flows: readonly Pick<FlowInfo, 'id'>[]): string {
  const ids = flows.slice(0, SHOWN_FLOWS).map((flow) => flow.id);
  return `Flows: ${ids.join(', ')}${flows.length > SHOWN_FLOWS ? `, and ${flows.length - SHOWN_FLOWS} more` : ''}.`;
}
