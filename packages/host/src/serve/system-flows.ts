/** Runs of a connector's own flows: those that register, ask, and read what comes. */
import type { FlowInfo, RunOptions, RunResult } from '@flowdeck/engine';
import { fieldName } from '@flowdeck/engine/kit';
import type { ConnectedFlow } from './connected-flows.js';

/** Longest time for a flow that registers, asks, renews, ends, or reads a delivery, in milliseconds. */
export const SYSTEM_FLOW_MS = 60_000;

/**
 * Runs a flow of the connector with what it has inputs and options for. What the host begins anew by itself when it was cut
 * off gets the runtime null: nothing of it is kept, wherever other runs live.
 */
export function runSystemFlow(
  { engine, deck, connection, options }: Pick<ConnectedFlow, 'engine' | 'deck' | 'connection' | 'options'>,
  id: string,
  inputs: Readonly<Record<string, unknown>>,
  more: Pick<RunOptions, 'runId' | 'onAnswer' | 'runtime' | 'signal'>,
): Promise<RunResult> {
  const flow = deck.flows.find((each) => each.id === id);
  if (flow === undefined) throw new Error(`The connector has no flow "${id}".`);
  const of = (given: Readonly<Record<string, unknown>>, declared: FlowInfo['inputs']) =>
    Object.fromEntries(
      declared.map(fieldName).flatMap((name) => (Object.hasOwn(given, name) ? [[name, given[name]]] : [])),
    );
  return engine.run(deck, {
    ...more,
    flow: id,
    connection,
    // What its user has settled is an option of the event's flow, and an input of those that register it.
    inputs: of({ ...options, ...inputs }, flow.inputs),
    options: of(options, flow.options),
    limits: { wallTimeMs: SYSTEM_FLOW_MS },
  });
}
