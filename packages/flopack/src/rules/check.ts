/** Holds a file to every rule of the format. */
import type { Diagnostic } from '@flowdeck/engine';
import { Diagnostics } from '../diagnostics.js';
import { blocksOf, type RawFlow, type RawPack, type ReadOptions, readFlopack } from '../read/index.js';
import { CARD_RULES } from './card-rules.js';
import { FLOW_RULES } from './flow-rules.js';
import { GRAPH_RULES } from './graph-rules.js';
import type { Body, Rule } from './rule.js';

/** Every rule: what holds in all known files, as far as one file can show. */
export const RULES: readonly Rule[] = [...FLOW_RULES, ...GRAPH_RULES, ...CARD_RULES];

/**
 * Reads an export and holds it to the rules of the format. What the reader reports comes first; the code of what breaks a
 * rule names the rule. It is an error, or a warning where the editor itself is known to break the rule. It never throws.
 *
 * @example
 * const faults = checkFlopack(text).filter(({ severity }) => severity === 'error');
 */
export function checkFlopack(source: unknown, options: ReadOptions = {}): readonly Diagnostic[] {
  const { pack, json, diagnostics } = readFlopack(source, options);
  if (!pack) return diagnostics;
  const found = new Diagnostics();
  for (const flow of pack.flows) checkFlow(flow, pack, found);
  return [...diagnostics, ...(json?.place(found.diagnostics) ?? found.diagnostics)];
}

function checkFlow(flow: RawFlow, pack: RawPack, found: Diagnostics): void {
  for (const rule of RULES) if (rule.of === 'flow') rule.check(flow, reporter(rule, found), pack);
  if (flow.graph) checkBody({ graph: flow.graph, owner: null, flow, pack }, found);
}

function checkBody(body: Body, found: Diagnostics): void {
  for (const rule of RULES) {
    const report = reporter(rule, found);
    if (rule.of === 'graph') rule.check(body, report);
    if (rule.of === 'card') for (const card of body.graph.cards.values()) rule.check(card, report, body);
  }
  for (const card of body.graph.cards.values()) {
    for (const graph of blocksOf(card)) checkBody({ ...body, graph, owner: card }, found);
  }
}

function reporter(rule: Rule, found: Diagnostics): (spot: Parameters<Diagnostics['add']>[2], message: string) => void {
  return (spot, message) => found.add(rule.mayBreak ? 'warning' : 'error', rule.code, spot, `${message} ${rule.says}`);
}
