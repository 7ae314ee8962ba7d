/** Plumbing of the original that an edit left alone: wires lead on through the same Expand cards and wormholes as before. */
import type { CardNode } from '@flowdeck/engine/kit';
import type { CardLink } from '../import/draft.js';
import { VALUES_GROUP } from '../import/where.js';
import type { Mutable } from '../json.js';
import { isKind, type RawCard, type RawPin } from '../read/index.js';
import type { CardBuilder, FieldBuilder, Source } from './builder.js';
import { isReusable } from './reusable.js';
import type { WriteScope } from './scope.js';

/** A copy of a card that the document does not show. */
export function kept(card: RawCard | null | undefined): Mutable | null {
  return card && isReusable(card.raw) ? structuredClone(card.raw) : null;
}

/** The wire that led to an input in the original. */
export function pinBefore(scope: WriteScope, card: CardBuilder, input: FieldBuilder): RawPin | null {
  return scope.original?.pins.get(card.id)?.get(input.id)?.[0] ?? null;
}

/** Where the wire came from, as far as all of it is still there. */
export function keptSource(scope: WriteScope, { from, output: { id, group, key } }: RawPin): Source | null {
  const card = scope.graph.card(from.id) ?? keptExpand(scope, from);
  const output = card?.outputs.find((candidate) => candidate.id === id);
  if (!card || !output) return null;
  const isWormhole = card === scope.start && group === 'context';
  return isWormhole && !keepWormhole(scope, key) ? null : { card, output };
}

function keptExpand(scope: WriteScope, expand: RawCard): CardBuilder | null {
  const [input] = expand.inputs;
  const pin = input && scope.original?.pins.get(expand.id)?.get(input.id)?.[0];
  if (!pin || !isKind(expand, 'object:expand')) return null;
  const source = keptSource(scope, pin);
  const raw = source && kept(expand);
  if (!raw) return null;
  const card = scope.graph.add(raw);
  const entry = card.inputs.find(({ id }) => id === input.id);
  scope.place(source.card, card);
  return entry && scope.graph.pin(source, card, entry) ? card : null;
}

/** Lays the wire into the outer end. True too for what the block has of itself, such as its error. */
function keepWormhole({ outer }: WriteScope, key: string): boolean {
  const entry = outer?.owner.find('inputs', 'context', key);
  if (!outer || !entry || entry.isWired === true) return true;
  const pin = pinBefore(outer.scope, outer.owner, entry);
  const source = pin && keptSource(outer.scope, pin);
  return source !== null && outer.scope.graph.pin(source, outer.owner, entry);
}

/** Wires to inputs that the document does not mention: of a connection that is handed on anyway, or to what our card lacks. */
export function keepUnmentioned(scope: WriteScope, card: CardBuilder, node: CardNode, link: CardLink): void {
  const names = new Map([...link.inputs].map(([name, field]) => [field.id, name]));
  const isMentioned = (id: string) => {
    const name = names.get(id) ?? '';
    return [node, link.node].some((each) => Object.hasOwn(each.in ?? {}, name));
  };
  for (const field of link.card.inputs) {
    if (field.forPolicy || field.group === 'context' || field.group === VALUES_GROUP || isMentioned(field.id)) continue;
    const input = card.inputs.find(({ id }) => id === field.id);
    const pin = input && pinBefore(scope, card, input);
    const source = pin && keptSource(scope, pin);
    if (source && input.isWired !== true) scope.graph.pin(source, card, input);
  }
}

/** What nothing reads stays, too: it is no part of the edit. */
export function keepUnread(scope: WriteScope): void {
  for (const card of scope.original?.cards.values() ?? []) {
    if (isKind(card, 'object:expand') && !scope.graph.card(card.id)) keptExpand(scope, card);
  }
}

/** Both ends of the wormholes of a block whose last reader is gone. */
export function dropWormholes({ original, outer, start }: WriteScope): void {
  const wires = [...(original?.pins.values() ?? [])].flatMap((inputs) => [...inputs.values()].flat());
  for (const entry of [...(outer?.owner.inputs ?? [])]) {
    if (entry.group !== 'context' || entry.isWired === true) continue;
    const wasRead = wires.some(
      ({ from, output: { group, key } }) => from.id === start.id && group === 'context' && key === entry.key,
    );
    if (!wasRead) continue;
    outer?.owner.drop('inputs', entry);
    for (const side of ['inputs', 'outputs'] as const) {
      const inner = start.find(side, 'context', entry.key);
      if (inner) start.drop(side, inner);
    }
  }
}

/** Wormholes that nothing reads, and those whose values are gone. */
export function keepWormholes(scope: WriteScope, owner: CardBuilder): void {
  for (const entry of [...owner.inputs]) {
    if (entry.group !== 'context' || entry.isWired === true) continue;
    const pin = pinBefore(scope, owner, entry);
    const source = pin && keptSource(scope, pin);
    if (pin && !(source && scope.graph.pin(source, owner, entry))) owner.drop('inputs', entry);
  }
}
