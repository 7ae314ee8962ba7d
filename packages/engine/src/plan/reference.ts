/** Resolves `{"from": "/card/output/path"}` and the names in expressions to slots. */
import { parsePointer, pointerReader, type TypeRef, type Value, type ValueObject } from '../values/index.js';
import { boundReader, type Resolved, reading } from './bound.js';
import { checkConnectionName } from './connection-name.js';
import type { PlanDiagnostics } from './plan-diagnostics.js';
import { CONTEXT_KEYS, type ContextKey, type Reader } from './reader.js';
import type { BlockScope, Source } from './scope.js';
import type { Spot } from './spot.js';
import { ANY } from './types.js';
import { wholeObject } from './whole-object.js';

/** Resolves a JSON Pointer reference, or reports why not; it stands in the binding `name` of `places`. */
export function resolveReference(
  pointer: string,
  scope: BlockScope,
  places: Spot,
  name: string,
  report: PlanDiagnostics,
): Resolved | null {
  const tokens = parsePointer(pointer);
  const [root] = tokens;
  if (root === undefined) {
    const spot = places.at(name).at('from');
    report.add('error', 'unresolved-reference', spot, 'The reference names nothing.', 'Write "/card/output".');
    return null;
  }
  // Most are of this kind and lead somewhere: nobody wants to know where they stand.
  const found = findNamed(sourcesOf(root, scope), tokens, 1, scope);
  return found ?? resolveTokens(root, tokens.slice(1), scope, places.at(name).at('from'), report);
}

/** What a root has by name; none for the roots that stand for one value. */
function sourcesOf(root: string, scope: BlockScope): readonly Source[] | undefined {
  return root === 'inputs' || root === 'options' ? scope.flow.sources(root) : scope.card(root);
}

/** The same for a root and tokens that are already apart. */
export function resolveTokens(
  root: string,
  rest: readonly string[],
  scope: BlockScope,
  spot: Spot,
  report: PlanDiagnostics,
): Resolved | null {
  switch (root) {
    case 'inputs':
    case 'options':
      return fromNamed(scope.flow.sources(root), root, rest, scope, spot, report);
    case 'connection':
      checkConnectionName(rest[0], scope, spot, report);
      return reading(rest.length === 0 ? readConnection : deep(readConnection, rest), ANY);
    case 'context':
      return fromContext(rest, spot, report);
    case 'error':
    case 'item':
    case 'index': {
      const source = scope.root(root);
      if (source) return fromSource(source, rest, 0, scope);
      const where = root === 'error' ? 'the catch block of an If Error' : 'a block that is run per item';
      report.add('error', 'unresolved-reference', spot, `"${root}" is only known in ${where}.`);
      return null;
    }
  }
  const card = scope.card(root);
  if (card) return fromNamed(card, root, rest, scope, spot, report);
  explainMissing(root, scope, spot, report);
  return null;
}

/** A root and as much of a path as leads to one value; the rest is the caller's to follow. */
export function resolvePrefix(
  root: string,
  segments: readonly string[],
  scope: BlockScope,
  spot: Spot,
  report: PlanDiagnostics,
): { readonly read: Reader; readonly consumed: number; readonly slot: number | null } | null {
  const sources = sourcesOf(root, scope);
  const length =
    sources === undefined ? (root === 'context' ? Math.min(1, segments.length) : 0) : namedLength(sources, segments);
  if (root === 'connection') checkConnectionName(segments[0], scope, spot, report);
  const resolved = resolveTokens(root, segments.slice(0, length), scope, spot, report);
  return resolved && { read: boundReader(resolved), consumed: length, slot: resolved.slot };
}

/** How many segments name a field: group and key, or key. An unknown name counts as well, so that it is reported. */
function namedLength(sources: readonly Source[], segments: readonly string[]): number {
  const [first] = segments;
  const isGroup = sources.some(({ field }) => field.group === first);
  return Math.min(isGroup ? 2 : 1, segments.length);
}

function readConnection(frame: { readonly connection: ValueObject | null }): Value {
  return frame.connection;
}

function deep(read: Reader, path: readonly string[]): Reader {
  const follow = pointerReader(path);
  return (frame) => follow(read(frame));
}

function fromNamed(
  sources: readonly Source[],
  root: string,
  rest: readonly string[],
  scope: BlockScope,
  spot: Spot,
  report: PlanDiagnostics,
): Resolved | null {
  const found = findNamed(sources, rest, 0, scope);
  if (found !== null) return found;
  const kind = root === 'inputs' ? 'input' : root === 'options' ? 'option' : 'output';
  const owner = kind === 'output' ? `Card "${root}"` : 'The flow';
  const known = sources.map((source) => source.name);
  const hint = report.suggest(rest[0] ?? '', known, `${owner} declares none.`);
  const name = rest.slice(0, 2).join('/');
  report.add('error', 'unresolved-reference', spot, `${owner} has no ${kind} "${name}".`, hint);
  return null;
}

/** What the tokens from `at` on lead to. Null: nothing has their name. */
function findNamed(
  sources: readonly Source[] | undefined,
  tokens: readonly string[],
  at: number,
  scope: BlockScope,
): Resolved | null {
  if (sources === undefined) return null;
  const count = tokens.length - at;
  if (count === 0) return wholeObject(sources, scope);
  const first = tokens[at];
  const grouped = count === 1 ? undefined : sourceOf(sources, first, tokens[at + 1]);
  if (grouped) return fromSource(grouped, tokens, at + 2, scope);
  const source = sourceOf(sources, undefined, first);
  if (source) return fromSource(source, tokens, at + 1, scope);
  const inGroup = count === 1 ? sources.filter(({ field }) => field.group === first) : [];
  return inGroup.length > 0 ? wholeObject(inGroup, scope, true) : null;
}

function sourceOf(sources: readonly Source[], group: string | undefined, key: string | undefined): Source | undefined {
  for (const source of sources) if (source.field.key === key && source.field.group === group) return source;
  return undefined;
}

/** The value of a source, or what lies in it: tokens from `at` on. */
function fromSource(source: Source, tokens: readonly string[], at: number, scope: BlockScope): Resolved {
  const { slot } = source;
  scope.flow.read(slot);
  const rest = at === tokens.length ? NO_FURTHER : tokens.slice(at);
  const declared = rest.length === 0 ? source.field : propertyType(source, rest);
  const isOpen = source.loose === true || (source.asItComes === true && declared.type !== 'object');
  const type = isOpen ? ANY : declared;
  // What is declared of properties holds no card to it. An object may be a list, as outputs are.
  const isObject = type.type === 'object' && type.list !== true;
  const unsure = !isObject && (rest.length > 0 || source.unsure === true);
  const whole = reading(null, type, unsure, slot);
  return rest.length === 0 ? whole : reading(deep(boundReader(whole), rest), type, unsure);
}

const NO_FURTHER: readonly string[] = Object.freeze([]);

/** The declared type of a property, where the field declares its properties. */
function propertyType(source: Source, rest: readonly string[]): TypeRef {
  let properties = source.field.list ? undefined : source.field.properties;
  let type: TypeRef = ANY;
  for (const token of rest) {
    const property = properties?.find((candidate) => candidate.key === token);
    if (!property) return ANY;
    type = property;
    properties = property.list ? undefined : property.properties;
  }
  return type;
}

function fromContext(rest: readonly string[], spot: Spot, report: PlanDiagnostics): Resolved | null {
  const [key, ...path] = rest;
  if (key === undefined) {
    const read: Reader = (frame) => Object.fromEntries(CONTEXT_KEYS.map((name) => [name, frame.context(name)]));
    return reading(read, { type: 'object' });
  }
  if (!isContextKey(key)) {
    report.add(
      'error',
      'unresolved-reference',
      spot,
      `The context has no "${key}".`,
      report.suggest(key, CONTEXT_KEYS),
    );
    return null;
  }
  const read: Reader = (frame) => frame.context(key);
  if (path.length > 0) return reading(deep(read, path), ANY);
  return reading(read, key === 'index' ? { type: 'number' } : ANY);
}

function isContextKey(key: string): key is ContextKey {
  return CONTEXT_KEYS.some((known) => known === key);
}

function explainMissing(id: string, scope: BlockScope, spot: Spot, report: PlanDiagnostics): void {
  if (scope.flow.unknown.has(id)) return;
  const path = scope.flow.pathOf(id);
  if (!path) {
    // Read twice: for the closest name, and for all of them when they are few.
    const known = { [Symbol.iterator]: () => scope.roots()[Symbol.iterator]() };
    const hint = report.suggest(id, known);
    report.add('error', 'unresolved-reference', spot, `There is no card "${id}".`, hint);
  } else if (path.length > 0 && !sees(scope, path)) {
    report.add(
      'error',
      'reference-into-block',
      spot,
      `Card "${id}" stands inside a block (${path.join(' > ')}), and its outputs cannot be seen from here.`,
      'Give the value to the block\'s outputs: a Return in a scoped block, "out" in an inline one.',
    );
  } else {
    report.add(
      'error',
      'forward-reference',
      spot,
      `Card "${id}" runs after this one.`,
      'Move it before this card: cards run in the order in which they are listed.',
    );
  }
}

/** Whether the path leads through blocks that are open at this place. */
function sees(scope: BlockScope, path: readonly string[]): boolean {
  return openPath(scope).slice(0, path.length).join('\n') === path.join('\n');
}

/** Container ids and block names of the open blocks, from the outside in. */
export function openPath(scope: BlockScope): readonly string[] {
  return scope.parent ? [...openPath(scope.parent), ...scope.step] : [];
}
