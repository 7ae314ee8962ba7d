/** What a rule is, and what it works with. */
import type { Diagnostic, FlowFile, Severity } from '@flowdeck/engine';
import type { RuleId } from './rule-ids.js';
import type { LintedFile, Site } from './sites.js';

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
