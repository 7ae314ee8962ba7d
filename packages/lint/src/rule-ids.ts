/** The names of the rules: what a switch in a flow file may name. */

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
  'lint-key-of-list',
  'lint-action-for-request',
  'lint-unknown-rule',
] as const;

/** Stable name of a rule, which is also the code of its diagnostics. */
export type RuleId = (typeof RULE_IDS)[number];

/** True for the name of a rule. */
export function isRuleId(name: unknown): name is RuleId {
  return RULE_IDS.some((id) => id === name);
}
