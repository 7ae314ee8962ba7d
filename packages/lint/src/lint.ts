/** Runs the rules over a flow file. */
import type { Diagnostic, FlowFile, Severity } from '@flowdeck/engine';
import type { ConnectorDocument } from '@flowdeck/engine/kit';
import { quoted } from './quoted.js';
import { isRuleId, type RuleId } from './rule-ids.js';
import { rules } from './rules/index.js';
import type { FindCard, Site } from './sites.js';
import type { Report, Rule, RuleInfo } from './types.js';
import { readFile } from './walk.js';

/**
 * The rules: what each looks for, with an example that it finds and one that is clean.
 *
 * @example
 * const rule = RULES.find(({ id }) => id === 'lint-unused-assign');
 */
export const RULES: readonly RuleInfo[] = rules;

/** What the rules go by. */
export interface LintOptions {
  /** Finds a card type by id; undefined when there is none. */
  readonly card: FindCard;
  /**
   * Manifests of connectors: a request by hand that one of their actions stands for is told. Default: none.
   *
   * @example
   * const connectors = [manifestIn(engine, 'twilio')]; // of @flowdeck/connect
   */
  readonly connectors?: readonly ConnectorDocument[];
  /** Severities other than the rules' own, or `off`. */
  readonly rules?: Readonly<Partial<Record<RuleId, Severity | 'off'>>>;
}

/**
 * Finds what is probably wrong in a flow file: what does not keep it from running, or only shows when it runs.
 *
 * The document is one that `parseDocument` or an import gave. The diagnostics stand in the order of the document: `code` is the
 * rule, `pointer` the place. A rule is off where `meta.lint.off` of the card, of a card around it, of the flow or of the deck
 * names it. A name in `rules` that is no rule is a diagnostic, `lint-unknown-rule`, at the root. It throws nothing of its own;
 * what `card` throws goes up.
 *
 * @example
 * const cards = new Map(engine.cards.map(({ card }) => [card.id, card]));
 * for (const { code, pointer, message } of lint(document, { card: (id) => cards.get(id) })) {
 *   console.log(code, pointer, message); // lint-unused-assign /cards/0/in/total Nothing reads "total".
 * }
 */
export function lint(document: FlowFile, options: LintOptions): Diagnostic[] {
  const file = readFile(document, options.card, options.connectors);
  const severities = options.rules ?? {};
  const found: { readonly order: number; readonly diagnostic: Diagnostic }[] = [];
  const reportAs =
    (rule: Rule, severity: Severity): Report =>
    (site, diagnostic) => {
      if (site.off.rules.has(rule.id)) return;
      found.push({ order: site.order, diagnostic: diagnosticOf(rule.id, severity, site, diagnostic) });
    };
  for (const rule of rules) {
    const severity = severities[rule.id] ?? rule.severity;
    if (severity === 'off') continue;
    const report = reportAs(rule, severity);
    if (rule.id === 'lint-unknown-rule') reportUnknown(Object.keys(severities), file, report);
    rule.check(file, report);
  }
  return found.sort((a, b) => a.order - b.order).map(({ diagnostic }) => diagnostic);
}

function reportUnknown(names: readonly string[], site: Site, report: Report): void {
  for (const name of names)
    if (!isRuleId(name))
      report(site, { message: `The options name no rule ${quoted(name)}.`, hint: 'See RULES for the rules.' });
}

function diagnosticOf(code: RuleId, severity: Severity, site: Site, diagnostic: Parameters<Report>[1]): Diagnostic {
  const { flow, card } = namesOf(site);
  return {
    severity,
    code,
    message: diagnostic.message,
    pointer: diagnostic.pointer ?? site.pointer,
    ...(diagnostic.hint === undefined ? {} : { hint: diagnostic.hint }),
    ...(flow === undefined ? {} : { flow }),
    ...(card === undefined ? {} : { card }),
  };
}

function namesOf(site: Site): { readonly flow?: string; readonly card?: string | undefined } {
  switch (site.kind) {
    case 'file':
      return {};
    case 'flow':
      return { flow: site.flow.id };
    case 'card':
      return { flow: site.flow.flow.id, card: site.node.id };
  }
}
