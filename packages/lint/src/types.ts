/** What a rule is, and what it works with. */
import type { Diagnostic, FlowFile, Severity } from '@flowdeck/engine';
import type { LintedFile, Site } from './sites.js';

/** All rules, in the order of `docs/lint.md`. */
export const RULE_IDS = [
  'lint-never-produced',
  'lint-unreachable-card',
  'lint-unknown-result',
  'lint-unused-assign',
  'lint-unhandled-http',
  'lint-literal-secret',
  'lint-unbounded-recursion',
  'lint-unknown-card',
  'lint-deprecated-card',
  'lint-unencoded-form',
  'lint-relative-url',
  'lint-missing-authping',
  'lint-foreign-format',
  'lint-unknown-zone',
  'lint-unused-value',
  'lint-any-row',
  'lint-unknown-rule',
] as const;

/** Stable name of a rule, which is also the code of its diagnostics. */
export type RuleId = (typeof RULE_IDS)[number];

/** A flow file that shows a rule. */
export interface RuleExample {
  /** What to look at. */
  readonly title: string;
  /** A flow file, whole and loadable. */
  readonly document: FlowFile;
}

/** What a rule looks for, for people. */
export interface RuleInfo {
  /** Name of the rule, and code of its diagnostics. */
  readonly id: RuleId;
  /** The severity of its diagnostics unless the options say otherwise. */
  readonly severity: Severity;
  /** What it finds, in a few words. */
  readonly title: string;
  /** Why it matters, what is looked at, and what is not. */
  readonly explanation: string;
  /** The rule finds something in it. */
  readonly bad: RuleExample;
  /** No rule finds anything in it. */
  readonly good: RuleExample;
}

/** Adds a diagnostic at a place of the file. `pointer` is the exact place; default: the site's own. */
export type Report = (
  site: Site,
  diagnostic: Pick<Diagnostic, 'message' | 'hint'> & { readonly pointer?: string },
) => void;

export interface Rule extends RuleInfo {
  readonly check: (file: LintedFile, report: Report) => void;
}

/** True for the name of a rule. */
export function isRuleId(name: unknown): name is RuleId {
  return RULE_IDS.some((id) => id === name);
}
