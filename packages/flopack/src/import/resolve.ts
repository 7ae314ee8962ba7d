/** Follows a wire to where its value comes from: through expands, Joins and wormholes, out of blocks. */
import type { CardType } from '@flowdeck/engine';
import { type Binding, fieldName, formatPointer, isUnsafeKey } from '@flowdeck/engine/kit';
import { member } from '../json.js';
import { isKind, nameOf, type RawCard, type RawField, type RawPin, type RawType } from '../read/index.js';
import type { DeckDraft, GraphScope } from './draft.js';
import { mappedName } from './mapping.js';

/** A value that stands somewhere in the document. */
export interface Origin {
  readonly tokens: readonly string[];
  /** The type that the file declares for it. */
  readonly type: RawType;
  /** True: a part of an output, whose type the document may not know. */
  readonly part: boolean;
  /** The wires that lead from it to the input, the last one first. */
  readonly route: readonly RawPin[];
}

export const CONTEXT_NAMES: Readonly<Record<string, string>> = {
  index: 'index',
  parent: 'caller',
  error: 'error',
  execution_id: 'execution_id',
  execution_time: 'execution_time',
};

/** The wire that feeds an input. */
export function pinOf(scope: GraphScope, card: RawCard, input: RawField): RawPin | null {
  return scope.graph.pins.get(card.id)?.get(input.id)?.[0] ?? null;
}

/** A reference to the value. Where it comes to stand in the document, there its wires arrive. */
export function referenceTo(scope: GraphScope, origin: Origin): Binding {
  const binding = { from: formatPointer(origin.tokens) };
  scope.flow.wires.routes.set(binding, origin.route);
  return binding;
}

/** Null when the wire leads nowhere; that has been reported. */
export function originOf(scope: GraphScope, pin: RawPin, depth = 0): Origin | null {
  const origin = followed(scope, pin, depth);
  return origin && { ...origin, route: [pin, ...origin.route] };
}

function followed(scope: GraphScope, pin: RawPin, depth: number): Origin | null {
  if (depth > 200) return lost(scope, pin, 'runs in a circle');
  const { from: card, output } = pin;
  if (isKind(card, 'object:expand')) return partOf(scope, pin, depth);
  if (isKind(card, 'control:join')) {
    const fork = scope.forkOfJoin.get(card);
    const id = fork && scope.flow.ids.get(fork.fork);
    return id === undefined
      ? lost(scope, pin, 'comes from a Join without an If/Else')
      : whole([id, output.key], output);
  }
  if (card === scope.graph.start && isStart(scope, card)) return fromStart(scope, pin, depth);
  if (card.model['mirrored'] === true && !isKind(card, 'control:let')) return fromMirror(scope, pin, depth);
  const id = scope.flow.ids.get(card);
  if (id === undefined) return lost(scope, pin, `comes from "${card.title}", which has no outputs`);
  if (!hasOutput(scope.flow.deck, card, output)) return unmapped(scope, pin);
  return whole([id, ...outputTokens(scope.flow.deck, card, output)], output);
}

/** True when the card only brings values in, and does not stand in the document. */
export function isStart(scope: GraphScope, card: RawCard): boolean {
  if (scope.role !== 'flow') return isKind(card, 'control:callable');
  if (scope.flow.type === 'event') return card.kind.channel !== null;
  return ['control:callable', 'http:accept', 'http:delegated', 'control:noop'].some((kind) => isKind(card, kind));
}

function whole(tokens: readonly string[], output: RawField): Origin {
  return { tokens, type: output.type, part: false, route: [] };
}

/** Our name of an output: mapped, or as it stands. */
export function outputTokens(deck: DeckDraft, card: RawCard, output: RawField): readonly string[] {
  const mapped = mappedName(Object.entries(deck.mapping(card)?.out ?? {}), nameOf(output)) ?? onlyOutput(deck, card);
  if (mapped !== null) {
    const slash = mapped.indexOf('/');
    return slash > 0 ? [mapped.slice(0, slash), mapped.slice(slash + 1)] : [mapped];
  }
  return output.group === null ? [output.key] : [output.group, output.key];
}

/** Where the card has one output there and here, its name does not matter. */
function onlyOutput(deck: DeckDraft, card: RawCard): string | null {
  const type = typeFor(deck, card);
  const [only, ...more] = type?.outputs ?? [];
  return only && more.length === 0 && card.outputs.length === 1 && type?.extraOutputs === undefined
    ? fieldName(only)
    : null;
}

function typeFor(deck: DeckDraft, card: RawCard): CardType | undefined {
  return deck.catalog.get(deck.mapping(card)?.card ?? '');
}

/** False where the host has a card for it that gives no such output. */
function hasOutput(deck: DeckDraft, card: RawCard, output: RawField): boolean {
  const type = typeFor(deck, card);
  if (!type || type.mirror || type.outputsFromBlocks || type.extraOutputs !== undefined) return true;
  const [first = '', second] = outputTokens(deck, card, output);
  const name = second === undefined ? first : `${first}/${second}`;
  return type.outputs.some((field) => fieldName(field) === name);
}

function partOf(scope: GraphScope, pin: RawPin, depth: number): Origin | null {
  const [input] = pin.from.inputs;
  const source = input && pinOf(scope, pin.from, input);
  if (!source) return lost(scope, pin, 'expands nothing');
  const path = pathOf(pin.from, pin.output);
  if (path === null) return lost(scope, pin, 'expands an object at no path');
  if (path.some(isUnsafeKey)) return lost(scope, pin, 'leads into the prototype of an object');
  const origin = originOf(scope, source, depth + 1);
  return origin && { ...origin, tokens: [...origin.tokens, ...path], type: pin.output.type, part: true };
}

/** The path stands in the output itself, and in the output `key` of the same group. */
function pathOf(card: RawCard, output: RawField): readonly string[] | null {
  const sibling = card.outputs.find((field) => field.group === output.group && field.key === 'key');
  for (const path of [sibling?.data, member(output.metadata, 'path')]) {
    if (Array.isArray(path) && path.length > 0 && path.every((step) => typeof step === 'string')) return path;
  }
  return null;
}

function fromStart(scope: GraphScope, pin: RawPin, depth: number): Origin | null {
  const { output } = pin;
  const { group, key } = output;
  const renamed = scope.role === 'flow' ? scope.flow.startNames.get(nameOf(output)) : undefined;
  if (renamed) return { ...whole(renamed, output), part: renamed[0] === 'connection' };
  if (group === 'context') {
    if (scope.role === 'catch' && key === 'error') return whole(['error'], output);
    const ours = Object.hasOwn(CONTEXT_NAMES, key) ? CONTEXT_NAMES[key] : undefined;
    if (ours !== undefined) return whole(['context', ours], output);
    if (scope.outer) return throughWormhole(scope, pin, depth);
    return lost(scope, pin, `reads "${key}", which the context does not have`);
  }
  if (scope.role !== 'flow' && scope.role !== 'event')
    return lost(scope, pin, 'reads an input that a block does not have');
  return whole(['inputs', ...(group === null ? [key] : [group, key])], output);
}

/** The value stands in the graph around the block, at the owner's input of the same name. */
function throughWormhole(scope: GraphScope, pin: RawPin, depth: number): Origin | null {
  if (!scope.outer) return null;
  const { scope: around, owner } = scope.outer;
  const input = owner.inputs.find((field) => field.group === 'context' && field.key === pin.output.key);
  const source = input && pinOf(around, owner, input);
  if (!source) return lost(scope, pin, `comes through "${pin.output.key}", which nothing leads to`);
  return originOf(around, source, depth + 1);
}

/** The outputs of a Return repeat its inputs, and the document gives it none. */
function fromMirror(scope: GraphScope, pin: RawPin, depth: number): Origin | null {
  const input = pin.from.inputs.find((field) => nameOf(field) === nameOf(pin.output) && !field.forPolicy);
  const source = input && pinOf(scope, pin.from, input);
  if (!source) return lost(scope, pin, `repeats an input of "${pin.from.title}" that nothing leads to`);
  return originOf(scope, source, depth + 1);
}

function unmapped(scope: GraphScope, pin: RawPin): null {
  scope.flow.wires.told.add(pin);
  const message = `"${pin.from.title}" has an output "${nameOf(pin.output)}" that Flowdeck's card does not have; "${pin.input.key}" of "${pin.to.title}" gets nothing.`;
  scope.flow.deck.found.add('warning', 'unmapped-output', pin.spot, message);
  return null;
}

function lost(scope: GraphScope, pin: RawPin, why: string): null {
  scope.flow.wires.told.add(pin);
  scope.flow.deck.found.add(
    'error',
    'lost-value',
    pin.spot,
    `The value of "${pin.input.key}" ${why}.`,
    'Wire it anew.',
  );
  return null;
}
