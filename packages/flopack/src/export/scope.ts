/** Which values a graph under construction can see, and how they get there. */
import type { Diagnostics } from '../diagnostics.js';
import { isObject, member, type Spot } from '../json.js';
import type { RawGraph } from '../read/index.js';
import { bareCard, kernel } from './bare-card.js';
import type { CardBuilder, GraphBuilder, Source } from './builder.js';
import { addError } from './error-field.js';
import type { ForeignType } from './types.js';

/** A card of the document, as later cards see it. */
export interface Written {
  /** The card that has the outputs: of an If/Else, its Join. */
  readonly card: CardBuilder;
  /** Output by our own tokens; the number of tokens that name it. */
  output(tokens: readonly string[]): { readonly source: Source; readonly used: number } | null;
}

export interface WriteScope {
  readonly graph: GraphBuilder;
  /** The graph that this one was, or null for a new one. */
  readonly original: RawGraph | null;
  /** The graph around a block, and the card that owns the block. */
  readonly outer: { readonly scope: WriteScope; readonly owner: CardBuilder } | null;
  readonly start: CardBuilder;
  readonly isCatch: boolean;
  readonly written: Map<string, Written>;
  /** Inner ends of wormholes, by what they lead to. */
  readonly wormholes: Map<string, Source>;
  /** Parts of outputs, by output and path. */
  readonly parts: Map<string, Source>;
  /** Values of the start card by root: `inputs`, `options`, `context`, `connection`. */
  fromStart(tokens: readonly string[]): { readonly source: Source; readonly used: number } | null;
  /** Where new plumbing goes in the order: behind the card that it reads. */
  place(after: CardBuilder, card: CardBuilder): void;
  readonly found: Diagnostics;
}

/** The value that tokens lead to. Null after a report. */
export function locate(scope: WriteScope, tokens: readonly string[], spot: Spot): Source | null {
  const whole = locateOutput(scope, tokens);
  if (!whole) {
    const path = tokens.join('/');
    scope.found.add(
      'error',
      'not-exportable',
      spot,
      `The foreign format has nothing for "/${path}".`,
      'Read another value.',
    );
    return null;
  }
  const path = tokens.slice(whole.used);
  return path.length === 0 ? whole.source : writePart(scope, whole.source, path, spot);
}

function locateOutput(scope: WriteScope, tokens: readonly string[]): { source: Source; used: number } | null {
  const [root = '', ...rest] = tokens;
  const card = scope.written.get(root);
  if (card) {
    const output = card.output(rest);
    return output && { source: output.source, used: output.used + 1 };
  }
  if (root === 'error' && scope.isCatch) {
    return { source: { card: scope.start, output: addError(scope.start) }, used: 1 };
  }
  if (!scope.outer) return scope.fromStart(tokens);
  const outside = locateOutput(scope.outer.scope, tokens);
  return outside && { source: writeWormhole(scope, scope.outer, outside.source), used: outside.used };
}

/** An input of the owner and an output of the block's first card, of one random name. */
function writeWormhole(scope: WriteScope, outer: NonNullable<WriteScope['outer']>, outside: Source): Source {
  const name = `${outside.card.id}/${outside.output.id}`;
  const known = scope.wormholes.get(name);
  if (known) return known;
  const key = scope.graph.ids.short();
  const { type } = outside.output;
  const hidden = { forceHide: true };
  const entry = outer.owner.add('inputs', {
    group: 'context',
    key,
    type,
    metadata: { ...hidden, wormholeMethodId: scope.start.id },
  });
  outer.scope.graph.pin(outside, outer.owner, entry);
  const metadata = { ...hidden, wormholeMethodId: outer.owner.id };
  scope.start.add('inputs', { group: 'context', key, type, metadata });
  const output = scope.start.add('outputs', { group: 'context', key, type, metadata });
  const source = { card: scope.start, output };
  scope.wormholes.set(name, source);
  return source;
}

const TEXTS: ForeignType = { type: 'string', collection: true };

/** A hidden card that takes a part out of an object. */
function writePart(scope: WriteScope, source: Source, path: readonly string[], spot: Spot): Source | null {
  const name = `${source.card.id}/${source.output.id}/${JSON.stringify(path)}`;
  const known = scope.parts.get(name);
  if (known) return known;
  if (source.output.type.collection || !isObjectType(source.output.type)) {
    const message = `No part "${path.join('/')}" can be taken of a ${source.output.type.collection ? 'list' : 'single value'}.`;
    scope.found.add('error', 'not-exportable', spot, message, 'Use a card such as At or Get.');
    return null;
  }
  const metadata = { srcMethodId: source.card.id, srcOutputId: source.output.id };
  const raw = bareCard(kernel('object:expand'), source.card.id, scope.graph.ids, { displayed: false, timeout: 30_000 });
  const card = scope.graph.add(raw);
  scope.place(source.card, card);
  const input = card.add('inputs', { group: null, key: 'object', type: source.output.type, metadata });
  scope.graph.pin(source, card, input);
  const group = scope.graph.ids.short();
  card.add('outputs', { group, key: 'key', type: TEXTS, data: path, metadata: { ...metadata, path } });
  const type = memberType(source.output.type, path);
  const value = card.add('outputs', { group, key: 'value', type: type ?? OPEN, metadata: { ...metadata, path } });
  if (type === null) value.isOpen = true;
  const part = { card, output: value };
  scope.parts.set(name, part);
  return part;
}

const OPEN: ForeignType = { type: 'string', collection: false };

function isObjectType({ type }: ForeignType): boolean {
  return typeof type !== 'string' || type === 'object';
}

/** The type of a member of a struct; null when it is not known. */
function memberType(type: ForeignType, path: readonly string[]): ForeignType | null {
  let at: ForeignType = type;
  for (const step of path) {
    if (typeof at.type === 'string' || at.collection || !Object.hasOwn(at.type, step)) return null;
    const type = member(at.type[step], 'type');
    if (typeof type !== 'string' && !isObject(type)) return null;
    at = { type, collection: member(at.type[step], 'collection') === true };
  }
  return at;
}
