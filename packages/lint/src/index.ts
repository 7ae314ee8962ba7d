/** The public names of the lint package. */
export { type LintOptions, lint, RULES } from './lint.js';
export { RULE_IDS, type RuleExample, type RuleId, type RuleInfo } from './types.js';
