/** The public names of the lint package. */
export { type LintOptions, lint, RULES } from './lint.js';
export { RULE_IDS, type RuleId } from './rule-ids.js';
export type { RuleExample, RuleInfo } from './types.js';
