/** What changed between two documents, in terms of flows and cards. */
import type { DeckDocument, FlowFile } from '@flowdeck/engine';
import { type Binding, type CardNode, type DeckFlow, isDeck, pointerTo } from '@flowdeck/engine/kit';
import { cardsOf } from '../inspect/index.js';
import { sameJson } from '../json.js';
import { type Change, change, diffFields, paired } from './change.js';
import { diffConnectors } from './connector.js';

/**
 * Compares two documents by their ids. What only matters to tools (`meta`) and names of people is left out.
 *
 * @example
 * diffDocuments(before, after).filter((change) => change.breaking);
 */
export function diffDocuments(before: FlowFile, after: FlowFile): readonly Change[] {
  const [a, b] = [deckOf(before), deckOf(after)];
  const changes: Change[] = [];
  const called = new Set([...a.flows, ...b.flows].flatMap((flow) => [...cardsOf(flow)].flatMap(calledBy)));
  for (const [id, old, flow] of paired(a.flows, b.flows, (each) => each.id)) {
    if (!old) changes.push(change('flow-added', { flow: id, message: `Flow "${id}" is new.` }));
    else if (!flow) {
      changes.push(change('flow-removed', { flow: id, breaking: called.has(id), message: `Flow "${id}" is gone.` }));
    } else diffFlow(old, flow, changes);
  }
  for (const [id, old, table] of paired(a.tables ?? [], b.tables ?? [], (each) => each.id)) {
    if (!old) changes.push(change('table-added', { message: `Table "${id}" is new.` }));
    else if (!table) changes.push(change('table-removed', { breaking: true, message: `Table "${id}" is gone.` }));
    else
      diffFields(old.columns, table.columns, 'column', (field, breaking, message) =>
        changes.push(change('table-changed', { field, breaking, message: `Table "${id}": ${message}` })),
      );
  }
  diffConnectors(a.connector, b.connector, changes);
  return changes;
}

function deckOf(file: FlowFile): DeckDocument {
  return isDeck(file) ? file : { flowdeck: 1, flows: [file] };
}

function calledBy(card: CardNode): string[] {
  return Object.values(card.in ?? {}).flatMap((binding) =>
    typeof binding === 'object' && binding !== null && 'flow' in binding ? [binding.flow] : [],
  );
}

function diffFlow(a: DeckFlow, b: DeckFlow, changes: Change[]): void {
  const flow = a.id;
  for (const part of ['type', 'schedule', 'access', 'event'] as const) {
    if (sameJson(a[part] ?? null, b[part] ?? null)) continue;
    const message = `The ${part} of flow "${flow}" changed.`;
    changes.push(
      change('flow-changed', {
        flow,
        field: part,
        before: a[part],
        after: b[part],
        breaking: part === 'type',
        message,
      }),
    );
  }
  for (const part of ['inputs', 'options', 'outputs'] as const) {
    diffFields(a[part] ?? [], b[part] ?? [], part.slice(0, -1), (field, breaking, message) =>
      changes.push(change('signature-changed', { flow, field, breaking, message: `Flow "${flow}": ${message}` })),
    );
  }
  diffCards(flow, a, b, changes);
}

interface Placed {
  readonly id: string;
  readonly node: CardNode;
  /** The block that it stands in, and the card before it. */
  readonly place: string;
  /** JSON Pointer into the flow. */
  readonly pointer: string;
}

/** What tells cards without an id from each other, whatever named ones stand between them. */
function nth(card: string, counts: Map<string, number>): string {
  const count = (counts.get(card) ?? 0) + 1;
  counts.set(card, count);
  return count === 1 ? card : `${card} ${count}`;
}

function* placed(cards: readonly CardNode[], path: string, pointer = '/cards'): Iterable<Placed> {
  let last = '';
  const unnamed = new Map<string, number>();
  for (const [index, node] of cards.entries()) {
    const own = `${pointer}/${index}`;
    const id = node.id ?? `${path}#${nth(node.card, unnamed)}`;
    yield { id, node, place: `${path}>${last}`, pointer: own };
    last = id;
    for (const [name, block] of Object.entries(node.blocks ?? {})) {
      yield* placed(block.cards, `${path}/${id}.${name}`, `${pointerTo(`${own}/blocks`, name)}/cards`);
    }
  }
}

function diffCards(flow: string, a: DeckFlow, b: DeckFlow, changes: Change[]): void {
  const [old, now] = [[...placed(a.cards, '')], [...placed(b.cards, '')]];
  const common = new Set(old.map((card) => card.id).filter((id) => now.some((card) => card.id === id)));
  const moved = movedCards(old, now, common);
  for (const [id, before, after] of paired(old, now, (card) => card.id)) {
    const at = { flow, card: id, pointerBefore: before?.pointer ?? null, pointerAfter: after?.pointer ?? null };
    if (!before)
      changes.push(change('card-added', { ...at, after: after?.node.card, message: `Card "${id}" is new.` }));
    else if (!after)
      changes.push(change('card-removed', { ...at, before: before.node.card, message: `Card "${id}" is gone.` }));
    else {
      if (moved.has(id)) changes.push(change('card-moved', { ...at, message: `Card "${id}" stands elsewhere.` }));
      diffCard(at, before.node, after.node, changes);
    }
  }
}

/** Cards whose block, or whose predecessor among the cards that stayed, is another one. */
function movedCards(a: readonly Placed[], b: readonly Placed[], common: ReadonlySet<string>): ReadonlySet<string> {
  const order = (cards: readonly Placed[]) => {
    const last = new Map<string, string>();
    return new Map(
      cards
        .filter((card) => common.has(card.id))
        .map((card) => {
          const block = card.place.slice(0, card.place.lastIndexOf('>'));
          const place = `${block}>${last.get(block) ?? ''}`;
          last.set(block, card.id);
          return [card.id, place] as const;
        }),
    );
  };
  const [before, after] = [order(a), order(b)];
  return new Set([...common].filter((id) => before.get(id) !== after.get(id)));
}

/** Which card, and where it stood and stands. */
type CardPlaces = Pick<Change, 'flow' | 'card' | 'pointerBefore' | 'pointerAfter'>;

function diffCard(at: CardPlaces, a: CardNode, b: CardNode, changes: Change[]): void {
  if (a.card !== b.card) {
    const message = `Card "${at.card}" was ${a.card} and is ${b.card}.`;
    changes.push(change('card-type', { ...at, before: a.card, after: b.card, message }));
  }
  diffBindings(at, a.in ?? {}, b.in ?? {}, '', changes);
  for (const name of new Set([...Object.keys(a.blocks ?? {}), ...Object.keys(b.blocks ?? {})])) {
    const [old, now] = [a.blocks?.[name], b.blocks?.[name]];
    if (!old || !now) {
      const message = `The block "${name}" of card "${at.card}" is ${old ? 'gone' : 'new'}.`;
      changes.push(change('card-changed', { ...at, field: name, message }));
      continue;
    }
    diffBindings(at, old.in ?? {}, now.in ?? {}, `${name}.`, changes);
    diffBindings(at, old.out ?? {}, now.out ?? {}, `${name}.out.`, changes);
  }
  for (const part of [
    'title',
    'note',
    'connection',
    'onError',
    'timeout',
    'atMostOnce',
    'inputs',
    'outputs',
  ] as const) {
    if (sameJson(a[part] ?? null, b[part] ?? null)) continue;
    const message = `"${part}" of card "${at.card}" changed.`;
    changes.push(
      change('card-changed', { ...at, field: part, before: a[part] ?? null, after: b[part] ?? null, message }),
    );
  }
}

type Bindings = Readonly<Record<string, Binding>>;

function diffBindings(at: CardPlaces, a: Bindings, b: Bindings, prefix: string, changes: Change[]): void {
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [before, after] = [a[name], b[name]];
    if (sameJson(before, after)) continue;
    const isLiteral = [before, after].every((binding) => binding === undefined || isLiteralBinding(binding));
    const kind = isLiteral ? 'literal' : 'rewired';
    const message = `Input "${prefix}${name}" of card "${at.card}" ${isLiteral ? 'has another value' : 'comes from elsewhere'}.`;
    changes.push(
      change(kind, { ...at, field: `${prefix}${name}`, before: before ?? null, after: after ?? null, message }),
    );
  }
}

function isLiteralBinding(binding: Binding): boolean {
  return binding === null || typeof binding !== 'object' || 'value' in binding;
}
