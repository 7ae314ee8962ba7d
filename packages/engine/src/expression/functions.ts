/** JSONata's built-in functions under bounds: some are checked before they run, some replaced. */
import { losesDigits } from '../values/index.js';
import { decodeBase64, encodeBase64 } from './base64.js';
import type { Budget } from './budget.js';
import { isFunction } from './data.js';
import { evaluationError, expressionRefusal, limitError } from './faults.js';
import { distinct, keys, lookup, mergeMembers, shuffle, sort, spread, zip } from './lists.js';
import type { Definition, Focus } from './native.js';
import { isPicture, isReadable } from './pictures.js';
import { lengthOfText, pad, stringOf, substring } from './texts.js';

type Check = (args: readonly unknown[], budget: Budget) => void;
type Replacement = (args: readonly unknown[], budget: Budget, focus: Focus) => unknown;

/** Name under which the evaluation's budget is bound. No source can spell it, as white space ends a variable's name. */
export const BUDGET = ' budget';

/** Items or characters. */
const LONG = 1_024;

export function isDefinition(value: unknown): value is Definition {
  return (
    typeof value === 'object' && value !== null && '_jsonata_function' in value && value._jsonata_function === true
  );
}

/**
 * A definition that charges the evaluation's budget, checks the arguments (also of a partial application, where JSONata
 * does not), and then does what the original does.
 */
export function guarded(name: string, original: Definition, library: ReadonlyMap<string, Definition>): Definition {
  const { implementation, signature } = original;
  const check = CHECKS.get(name);
  const replacement = REPLACEMENTS.get(name);
  function run(this: Focus, ...given: unknown[]): unknown {
    const budget = this.environment.lookup(BUDGET) as Budget; // bound before every evaluation
    budget.spend(1);
    const partial = !Object.hasOwn(this, 'options') && signature !== undefined;
    const args = partial ? signature.validate(given, undefined) : given;
    check?.(args, budget);
    if (name === 'now') return now(args, budget, this, library);
    const result = replacement === undefined ? implementation.apply(this, args) : replacement(args, budget, this);
    if (args.some(isLong)) budget.look();
    return result;
  }
  // JSONata learns a function's parameters from its length and, for partial application, from its source text.
  Object.defineProperty(run, 'length', { value: implementation.length });
  Object.defineProperty(run, 'toString', { value: () => String(implementation) });
  return { ...original, implementation: run };
}

/** `$now` formats with `$fromMillis`, of which it is a shorthand. */
function now(
  args: readonly unknown[],
  budget: Budget,
  focus: Focus,
  library: ReadonlyMap<string, Definition>,
): unknown {
  return library.get('fromMillis')?.implementation.call(focus, budget.now(), ...args);
}

const REPLACEMENTS: ReadonlyMap<string, Replacement> = new Map<string, Replacement>([
  ['millis', (_args, budget) => budget.now()],
  ['random', (_args, budget) => budget.random()],
  ['shuffle', ([list], budget) => shuffle(list, () => budget.random())],
  ['sort', ([list, comparator], budget) => sort(list, comparator, budget)],
  ['distinct', ([list], budget, focus) => distinct(list, budget, focus)],
  ['zip', (lists, budget) => zip(lists, budget)],
  ['spread', ([value], budget, focus) => spread(value, budget, focus)],
  ['keys', ([value], budget, focus) => keys(value, budget, focus)],
  ['lookup', ([value, key], budget, focus) => lookup(value, key, budget, focus)],
  ['merge', ([list], budget) => mergeMembers(list, budget)],
  ['string', stringOf],
  ['clone', clone],
  ['length', ([text]) => lengthOfText(text)],
  ['substring', ([text, start, length]) => substring(text, start, length)],
  ['pad', pad],
  ['max', ([list]) => extreme(list, (item, best) => item > best)],
  ['min', ([list]) => extreme(list, (item, best) => item < best)],
  ['base64encode', ([text]) => encodeBase64(text)],
  ['base64decode', ([text]) => decodeBase64(text)],
  ['eval', (_args, budget) => budget.stop(evalRefusal())],
]);

const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['number', ([text]) => keepsDigits(text)],
  ['append', ([first, second], budget) => budget.spend((count(first) + count(second)) >> 6)],
  ['pad', ([, width], budget) => atMost(Math.abs(Number(width)), budget)],
  ['join', joinSize],
  ['replace', replaceSize],
  ['split', splitSize],
  ['contains', ([, pattern]) => textPattern(pattern)],
  ['match', ([, pattern]) => textPattern(pattern)],
  ['formatNumber', formatNumberArguments],
  ['formatInteger', ([value, picture]) => picturable(isFinitePart(value) && isPicture(picture))],
  ['parseInteger', parseIntegerArguments],
  ['fromMillis', ([value, picture]) => picturable(isFinitePart(value) && isPicture(picture))],
  ['toMillis', ([text, picture]) => picturable(isReadable(text, picture))],
  ['now', ([picture]) => picturable(isPicture(picture))],
  // These would open a function and hand out its parts.
  ['spread', ([value], budget) => noFunction(value, budget)],
  ['merge', ([value], budget) => noFunction(value, budget)],
  ['each', ([value], budget) => noFunction(value, budget)],
  ['sift', ([value], budget) => noFunction(value, budget)],
]);

export function evalRefusal() {
  return expressionRefusal(
    'expression-eval',
    'The expression uses $eval, which is not supported.',
    'Write the expression out.',
  );
}

function parseIntegerArguments([text, picture]: readonly unknown[]): void {
  picturable(isPicture(picture));
  // Pictures put signs between groups of digits.
  if (typeof text === 'string') keepsDigits(text.replace(/(?<=\d)\D(?=\d)/g, ''));
}

/** `$number` gives the number that stands in a text, never another one. */
function keepsDigits(text: unknown): void {
  if (typeof text !== 'string' || !losesDigits(text, Number(text))) return;
  throw evaluationError('D3030', undefined, 'The text has more digits than a number keeps.');
}

/** The clock is looked at after a function that was given one of these: it may have taken its time. */
function isLong(value: unknown): boolean {
  return (Array.isArray(value) || typeof value === 'string') && value.length > LONG;
}

function count(value: unknown): number {
  return Array.isArray(value) ? value.length : 1;
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' ? value.length : 0;
}

function atMost(size: number, budget: Budget): void {
  if (size > budget.limits.size) budget.stop(limitError('size', budget.limits.size));
}

/** A copy by way of JSON, as JSONata makes it. */
function clone(args: readonly unknown[], budget: Budget): unknown {
  const text = stringOf(args, budget);
  return text === undefined ? undefined : JSON.parse(text);
}

function joinSize([list, separator]: readonly unknown[], budget: Budget): void {
  if (!Array.isArray(list)) return;
  let size = lengthOf(separator) * list.length;
  for (const item of list) size += lengthOf(item);
  atMost(size, budget);
}

function replaceSize([text, pattern, replacement]: readonly unknown[], budget: Budget): void {
  textPattern(pattern);
  textPattern(replacement);
  const found = occurrences(text, pattern, budget);
  atMost(lengthOf(text) + found * (lengthOf(replacement) - lengthOf(pattern)), budget);
}

function splitSize([text, separator]: readonly unknown[], budget: Budget): void {
  textPattern(separator);
  const parts = separator === '' ? lengthOf(text) : occurrences(text, separator, budget);
  if (parts > budget.limits.list) budget.stop(limitError('list', budget.limits.list));
}

function occurrences(text: unknown, pattern: unknown, budget: Budget): number {
  if (typeof text !== 'string' || typeof pattern !== 'string' || pattern === '') return 0;
  let found = 0;
  for (let at = text.indexOf(pattern); at !== -1; at = text.indexOf(pattern, at + pattern.length)) {
    if (++found > budget.limits.list) budget.stop(limitError('list', budget.limits.list));
  }
  return found;
}

/** A function as pattern is how JSONata takes regular expressions, and a home-made one can match for ever. */
function textPattern(pattern: unknown): void {
  if (!isFunction(pattern)) return;
  throw expressionRefusal(
    'expression-regex',
    'The expression gives a function as a pattern or replacement; only texts are supported there.',
    'Use a text, or a card that matches patterns.',
  );
}

/** JSONata searches for separators and digits by these texts, endlessly when one is empty. */
function formatNumberArguments([value, picture, symbols]: readonly unknown[]): void {
  const named = typeof symbols === 'object' && symbols !== null ? Object.values(symbols) : [];
  const usable = named.every((symbol) => typeof symbol === 'string' && symbol.length > 0 && symbol.length <= 16);
  picturable(isFinitePart(value) && isPicture(picture) && usable);
}

function isFinitePart(value: unknown): boolean {
  return typeof value !== 'number' || Number.isFinite(value);
}

function picturable(possible: boolean): void {
  if (possible) return;
  throw expressionRefusal(
    'expression-picture',
    'A picture of the expression, or what it is applied to, is out of bounds.',
    'Use a picture of up to 256 characters with widths up to 99, clear separators between its parts, and finite numbers.',
  );
}

function noFunction(value: unknown, budget: Budget): void {
  if (isFunction(value)) throw evaluationError('T0410', undefined, 'A function cannot be taken apart.');
  if (!Array.isArray(value)) return;
  budget.spend(value.length >> 6);
  for (const item of value) noFunction(item, budget);
}

function extreme(list: unknown, wins: (item: number, best: number) => boolean): unknown {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  // The signature admits numbers only.
  return (list as number[]).reduce((best, item) => (wins(item, best) ? item : best));
}
