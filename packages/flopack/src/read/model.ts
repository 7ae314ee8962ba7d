/** An export as it was read: checked, ordered, every part with its place in the original. */
import type { JsonObject, Spot } from '../json.js';

export const TYPE_NAMES = ['string', 'number', 'boolean', 'object', 'Date', 'file', 'flo'] as const;
export type TypeName = (typeof TYPE_NAMES)[number];

/** `members` of a struct: name to `{type, collection, displayname?}`. */
export interface RawType {
  readonly name: TypeName | 'unknown';
  readonly list: boolean;
  readonly members: JsonObject | null;
}

/** How an argument of a flow that is called per item gets its value. */
export interface RawProxy {
  /** True: from the item. False: the same value for every call. */
  readonly dynamic: boolean;
  /** Property of the item; empty: the item itself. */
  readonly path: string;
}

export interface RawField {
  readonly id: string;
  readonly group: string | null;
  readonly key: string;
  readonly type: RawType;
  /** The literal, or the default. */
  readonly data: unknown;
  /** The inline block that the literal is, if it is one. */
  readonly block: RawGraph | null;
  readonly proxy: RawProxy | null;
  /** True: an argument of the card's error policy, not of the card. */
  readonly forPolicy: boolean;
  /** True: a setting of a channel card. */
  readonly isParameter: boolean;
  readonly metadata: JsonObject;
  readonly index: number | null;
  readonly raw: JsonObject;
  readonly spot: Spot;
}

/** What a card is. `channel` is null for built-in cards. */
export interface RawKind {
  readonly channel: string | null;
  /** Namespace of a built-in card, or the channel. */
  readonly namespace: string;
  readonly name: string;
  readonly version: string;
}

export interface RawTransform {
  readonly convert: string;
  readonly wrap: boolean;
}

export interface RawPin {
  readonly from: RawCard;
  readonly output: RawField;
  readonly to: RawCard;
  readonly input: RawField;
  readonly transform: RawTransform | null;
  readonly spot: Spot;
}

export type PolicyType = 'finish' | 'handler' | 'flo' | 'return';

export interface RawPolicy {
  readonly type: PolicyType;
  /** Id of the flow to run on an error. */
  readonly flow: string | null;
  /** The error block of an If Error. */
  readonly block: RawGraph | null;
  readonly retry: number;
  readonly delay: number | readonly [number, number] | null;
}

export interface RawCard {
  readonly id: string;
  readonly kind: RawKind;
  readonly title: string;
  /** By display order. */
  readonly inputs: readonly RawField[];
  readonly outputs: readonly RawField[];
  readonly policy: RawPolicy;
  /** Lane heads of an If/Else: card id to the outcome for which the lane runs. */
  readonly branches: ReadonlyMap<string, boolean>;
  /** Of a Join: input id to output id. */
  readonly joins: ReadonlyMap<string, string>;
  /** Id of a connection, or null. */
  readonly config: string | null;
  readonly model: JsonObject;
  readonly raw: JsonObject;
  readonly spot: Spot;
}

/** Cards in the order in which they run. */
export type Sequence = readonly (RawCard | Fork)[];

/** An If/Else with its two lanes and its Join, which is null when the file lacks it. */
export interface Fork {
  readonly fork: RawCard;
  readonly lanes: readonly { readonly head: RawCard; readonly when: boolean; readonly cards: Sequence }[];
  readonly join: RawCard | null;
}

export interface RawGraph {
  readonly cards: ReadonlyMap<string, RawCard>;
  readonly sequence: Sequence;
  /** Pins by target card and input id. */
  readonly pins: ReadonlyMap<string, ReadonlyMap<string, readonly RawPin[]>>;
  readonly pinCount: number;
  /** The first card. Null in an empty graph. */
  readonly start: RawCard | null;
  readonly raw: JsonObject;
  readonly spot: Spot;
}

export interface RawFlow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Null: the file names the flow and does not hold it. */
  readonly graph: RawGraph | null;
  readonly group: string | null;
  readonly settings: JsonObject;
  readonly raw: JsonObject;
  readonly spot: Spot;
}

export interface RawColumn {
  readonly name: string;
  readonly type: string;
  readonly default: unknown;
}

export interface RawTable {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly columns: readonly RawColumn[];
  readonly spot: Spot;
}

export interface RawGroup {
  readonly id: string;
  readonly name: string;
  readonly path: string;
}

export interface RawConfig {
  readonly id: string;
  readonly name: string;
  readonly module: string;
}

/** An export file, checked and ordered, and not yet translated. */
export interface RawPack {
  /** Version of the file format, as the file says it. */
  readonly version: string;
  /** In the order of the file. */
  readonly flows: readonly RawFlow[];
  /** In the order of the file. */
  readonly tables: readonly RawTable[];
  /** Folders, by their id. */
  readonly groups: ReadonlyMap<string, RawGroup>;
  /** Connections that the file notes, by their id. */
  readonly configs: ReadonlyMap<string, RawConfig>;
  /** The file as it was read. */
  readonly raw: JsonObject;
}

/** `namespace:card`, or `channel:card`. Never the version. */
export function kindName(kind: RawKind): string {
  return `${kind.namespace}:${kind.name}`;
}

export function isKind(card: RawCard, name: string): boolean {
  return card.kind.channel === null && kindName(card.kind) === name;
}

export function isFork(step: RawCard | Fork): step is Fork {
  return 'fork' in step;
}

/** The name of a field: (group, key). */
export function nameOf(field: { readonly group: string | null; readonly key: string }): string {
  return field.group === null ? field.key : `${field.group}/${field.key}`;
}

/** The blocks that a card holds, each with what it is. */
export function* blocksOf(card: RawCard): Iterable<RawGraph> {
  for (const field of card.inputs) if (field.block) yield field.block;
  if (card.policy.block) yield card.policy.block;
}

/** A graph and all blocks in it. */
export function* graphsOf(graph: RawGraph): Iterable<RawGraph> {
  yield graph;
  for (const card of graph.cards.values()) for (const block of blocksOf(card)) yield* graphsOf(block);
}
