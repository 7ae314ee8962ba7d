/** Small edits in place: where only literals, titles, notes and names changed, all else of the original stays. */
import { type Binding, type Block, type CardNode, type DeckFlow, parsePointer } from '@flowdeck/engine/kit';
import type { ImportedFlow } from '../import/flow.js';
import { isObject, type JsonObject, type Mutable, member, sameJson } from '../json.js';
import { isKind, type RawCard, type RawField } from '../read/index.js';

/** The original with the edits made in it; null when they change more than it says in its own words. */
export function patchFlow(original: JsonObject, imported: ImportedFlow, flow: DeckFlow): JsonObject | null {
  const { cards: before, name: _, description: __, ...head } = imported.flow;
  const { cards: after, name, description, ...newHead } = flow;
  if (!sameJson(head, newHead)) return null;
  const edits: Edit[] = [];
  if (!collect(before, after, imported, edits)) return null;
  const copy: Mutable = structuredClone(original);
  copy['name'] = name ?? flow.id;
  copy['description'] = description ?? '';
  const root = imported.draft.raw.spot.pointer.length;
  for (const edit of edits) apply(copy, edit, root);
  return copy;
}

interface Edit {
  readonly card: RawCard;
  /** Path below the card. */
  readonly path: readonly string[];
  readonly value: unknown;
}

function collect(
  before: readonly CardNode[],
  after: readonly CardNode[],
  imported: ImportedFlow,
  edits: Edit[],
): boolean {
  if (before.length !== after.length) return false;
  return before.every((old, index) => {
    const node = after[index];
    return node !== undefined && (sameJson(old, node) || editsOf(old, node, imported, edits));
  });
}

function editsOf(old: CardNode, node: CardNode, imported: ImportedFlow, edits: Edit[]): boolean {
  const link = node.id === undefined ? undefined : imported.draft.links.get(node.id);
  const { title: oldTitle, note: oldNote, in: oldIn = {}, blocks: oldBlocks = {}, ...rest } = old;
  const { title, note, in: newIn = {}, blocks = {}, ...newRest } = node;
  if (!link || !sameJson(rest, newRest) || isKind(link.card, 'control:comment')) return false;
  if (oldTitle !== title) {
    if (title === undefined) return false;
    edits.push({ card: link.card, path: ['node', 'data', 'name'], value: title });
  }
  if (oldNote !== note) edits.push({ card: link.card, path: ['node', 'model', 'comments'], value: note ?? '' });
  for (const name of new Set([...Object.keys(oldIn), ...Object.keys(newIn)])) {
    const [was, is] = [oldIn[name], newIn[name]];
    if (sameJson(was, is)) continue;
    const field = link.inputs.get(name);
    const literal = was !== undefined && is !== undefined ? literalOf(was) && literalOf(is) : null;
    if (!field || !literal || !keepsMeaning(field, literal.value)) return false;
    edits.push({
      card: link.card,
      path: ['node', 'model', 'inputs', 'data', field.id, 'value', 'data'],
      value: literal.value,
    });
  }
  return sameBlocks(oldBlocks, blocks, imported, edits);
}

function literalOf(binding: Binding): { readonly value: unknown } | null {
  if (binding === null || typeof binding !== 'object') return { value: binding };
  return 'value' in binding ? { value: binding.value } : null;
}

/** Templates and Where Expressions name their inputs, and a literal of another type needs a field of another type. */
function keepsMeaning({ key, type, data: before }: RawField, after: unknown): boolean {
  if (key === '_text_' || key === 'Where Expression') return false;
  if (Array.isArray(before) && Array.isArray(after) && !areOfType(after, type.name)) return false;
  return (
    typeof before === typeof after &&
    Array.isArray(before) === Array.isArray(after) &&
    (before === null) === (after === null)
  );
}

/** A list of objects holds anything. */
function areOfType(items: readonly unknown[], name: RawField['type']['name']): boolean {
  const wanted = name === 'Date' ? 'string' : name;
  return name === 'object' || items.every((item) => item === null || typeof item === wanted);
}

type Blocks = Readonly<Record<string, Block>>;

function sameBlocks(before: Blocks, after: Blocks, imported: ImportedFlow, edits: Edit[]): boolean {
  if (!sameJson(Object.keys(before), Object.keys(after))) return false;
  return Object.entries(before).every(([name, { cards, ...rest }]) => {
    const { cards: newCards = [], ...newRest } = after[name] ?? {};
    return sameJson(rest, newRest) && collect(cards, newCards, imported, edits);
  });
}

function apply(flow: Mutable, { card, path, value }: Edit, root: number): void {
  const place = parsePointer(card.spot.pointer.slice(root));
  const steps = [...place, ...path];
  const last = steps.pop() ?? '';
  let owner: unknown = flow;
  for (const step of steps) owner = partAt(owner, step);
  const target: Mutable | null = isObject(owner) ? owner : null;
  if (target) target[last] = value;
}

function partAt(owner: unknown, step: string): unknown {
  return Array.isArray(owner) ? owner[Number(step)] : member(owner, step);
}
