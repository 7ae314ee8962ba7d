/** Resolves `{"from": "/card/output/path"}` and the names in expressions to slots. */
import { parsePointer, pointerReader, type TypeRef, type Value, type ValueObject } from '../values/index.js';
import { type Resolved, reading } from './bound.js';
import { checkConnectionName } from './connection-name.js';
import type { PlanDiagnostics } from './plan-diagnostics.js';
import { CONTEXT_KEYS, type ContextKey, type Reader } from './reader.js';
import type { BlockScope, Source } from './scope.js';
import type { Spot } from './spot.js';
import { ANY } from './types.js';

/** Resolves a JSON Pointer reference, or reports why not. */
export function resolveReference(
  pointer: string,
  scope: BlockScope,
  spot: Spot,
  report: PlanDiagnostics,
): Resolved | null {
  const [root, ...rest] = parsePointer(pointer);
  if (root === undefined) {
    report.add(
      'error',
      'unresolved-reference',
      spot.at('from'),
      'The reference names nothing.',
      'Write "/card/output".',
    );
    return null;
  }
  return resolveTokens(root, rest, scope, spot.at('from'), report);
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
      if (source) return fromSource(source, rest, scope);
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
): { readonly read: Reader; readonly consumed: number } | null {
  const sources = root === 'inputs' || root === 'options' ? scope.flow.sources(root) : scope.card(root);
  const length =
    sources === undefined ? (root === 'context' ? Math.min(1, segments.length) : 0) : namedLength(sources, segments);
  if (root === 'connection') checkConnectionName(segments[0], scope, spot, report);
  const resolved = resolveTokens(root, segments.slice(0, length), scope, spot, report);
  return resolved && { read: resolved.read, consumed: length };
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
  if (rest.length === 0) return wholeObject(sources, scope);
  const [first, second] = rest;
  const grouped = second === undefined ? undefined : sourceOf(sources, first, second);
  if (grouped) return fromSource(grouped, rest.slice(2), scope);
  const source = sourceOf(sources, undefined, first);
  if (source) return fromSource(source, rest.slice(1), scope);
  const inGroup = sources.filter(({ field }) => field.group === rest[0]);
  if (inGroup.length > 0 && rest.length === 1) return wholeObject(inGroup, scope, true);
  const kind = root === 'inputs' ? 'input' : root === 'options' ? 'option' : 'output';
  const owner = kind === 'output' ? `Card "${root}"` : 'The flow';
  const known = sources.map((source) => source.name);
  const hint = report.suggest(rest[0] ?? '', known, `${owner} declares none.`);
  const name = rest.slice(0, 2).join('/');
  report.add('error', 'unresolved-reference', spot, `${owner} has no ${kind} "${name}".`, hint);
  return null;
}

function sourceOf(sources: readonly Source[], group: string | undefined, key: string | undefined): Source | undefined {
  for (const source of sources) if (source.field.key === key && source.field.group === group) return source;
  return undefined;
}

function fromSource(source: Source, rest: readonly string[], scope: BlockScope): Resolved {
  const { slot } = source;
  scope.flow.read(slot);
  const read: Reader = (frame) => frame.slots[slot] as Value; // every slot holds a value
  const declared = rest.length === 0 ? source.field : propertyType(source, rest);
  const isOpen = source.loose === true || (source.asItComes === true && declared.type !== 'object');
  const type = isOpen ? ANY : declared;
  // What is declared of properties holds no card to it. An object may be a list, as outputs are.
  const isObject = type.type === 'object' && type.list !== true;
  const unsure = !isObject && (rest.length > 0 || source.unsure === true);
  return rest.length === 0 ? reading(read, type, unsure, slot) : reading(deep(read, rest), type, unsure);
}

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

/** All outputs of a card, or all of one group, as one object. */
function wholeObject(sources: readonly Source[], scope: BlockScope, bare = false): Resolved {
  for (const { slot } of sources) scope.flow.read(slot);
  const parts = sources.map(({ slot, field }) => ({ slot, key: field.key, group: bare ? undefined : field.group }));
  const read: Reader = ({ slots }) => {
    const whole: Record<string, Value> = {};
    for (const { slot, key, group } of parts) {
      const value = slots[slot] ?? null;
      if (group === undefined) defineProperty(whole, key, value);
      else {
        if (!Object.hasOwn(whole, group)) defineProperty(whole, group, {});
        defineProperty(whole[group] as Record<string, Value>, key, value); // defined just above
      }
    }
    return whole;
  };
  return reading(read, { type: 'object' });
}

/** Plain assignment would change the prototype for a key `__proto__`. */
function defineProperty(target: Record<string, Value>, key: string, value: Value): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else target[key] = value;
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
