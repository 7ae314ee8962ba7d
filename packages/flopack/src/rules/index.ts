/** The rules of the format, and a check of a file against them. */
export { checkFlopack, RULES } from './check.js';
export type { Rule } from './rule.js';
