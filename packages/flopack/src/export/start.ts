/** Writes the card that starts a flow, and says where the flow's inputs stand on it. */
import type { Field } from '@flowdeck/engine';
import { type DeckFlow, fieldName } from '@flowdeck/engine/kit';
import { type JsonObject, type Mutable, sameJson } from '../json.js';
import { bareCard, kernel } from './bare-card.js';
import type { CardBuilder, GraphBuilder, Source } from './builder.js';
import type { FlowExport } from './draft.js';
import { addError } from './error-field.js';
import { splitName } from './inputs.js';
import { type ForeignType, foreignType, NUMBER, OBJECT, TEXT } from './types.js';

export interface Start {
  readonly card: CardBuilder;
  fromStart(tokens: readonly string[]): { readonly source: Source; readonly used: number } | null;
}

const CALLER: ForeignType = {
  type: Object.fromEntries(['id', 'method', 'name', 'execution_id'].map((key) => [key, TEXT])),
  collection: false,
};

/** Addresses in the metadata of start cards of a connector's flows. */
const ROLES: Partial<Record<DeckFlow['type'], string>> = {
  action: 'connector_action',
  authping: 'connector_authping',
  revoke: 'connector_revoke',
  webhook: 'connector_webhook',
  'webhook-register': 'connector_webhook_register',
  'webhook-deregister': 'connector_webhook_deregister',
  polling: 'connector_polling',
};

/** Our names of context values, and theirs. */
const CONTEXT: Readonly<Record<string, string>> = {
  index: 'index',
  caller: 'parent',
  error: 'error',
  execution_id: 'execution_id',
  execution_time: 'execution_time',
};

/** The start card that a flow had. */
interface OriginalStart {
  readonly raw: JsonObject;
  /** What the document had for it. */
  readonly inputs: readonly Field[];
  /** Where the fields stand in the document that are called otherwise there. */
  readonly names: ReadonlyMap<string, readonly string[]>;
}

export function writeStart(
  graph: GraphBuilder,
  flow: DeckFlow,
  context: FlowExport,
  title: string,
  original: OriginalStart | null,
): Start {
  if (original && original.names.size > 0) return keptStart(graph, flow, original);
  const card = graph.add(original ? structuredClone(original.raw) : startCard(flow, context, title));
  if (original) dropChanged(card, original.inputs, flow.inputs ?? []);
  const role = ROLES[flow.type];
  if (role !== undefined) card.model['meta'] = { type: { id: context.ids.short(), address: role } };
  // A card that was there has what its flow reads; what is read besides is added when it is looked for.
  if (!original) for (const [key] of contextOf(flow.type)) addContext(card, flow.type, key);
  if (flow.type === 'api' && !original) {
    addBoth(card, { group: 'raw', key: 'headers', type: OBJECT });
    addBoth(card, { group: 'raw', key: 'body', type: TEXT });
    addBoth(card, { group: 'raw', key: 'query', type: TEXT });
  }
  const places = new Map<string, readonly [string | null, string]>();
  declare(card, flow.options ?? [], 'options', flow.type, places);
  declare(card, flow.inputs ?? [], 'inputs', flow.type, places);
  return { card, fromStart: (tokens) => find(card, tokens, places, flow.type) };
}

/** The start card of a connector's flow, whose fields are as they were. */
function keptStart(graph: GraphBuilder, flow: DeckFlow, { raw, names }: OriginalStart): Start {
  const card = graph.add(structuredClone(raw));
  const places = new Map<string, readonly [string | null, string]>();
  for (const [root, fields = []] of [['options', flow.options] as const, ['inputs', flow.inputs] as const]) {
    for (const field of fields) places.set(`${root}/${fieldName(field)}`, [field.group ?? null, field.key]);
  }
  for (const [theirs, ours] of names) places.set(ours.join('/'), splitName(theirs));
  const connection = places.get('connection');
  return {
    card,
    fromStart(tokens) {
      const output = tokens[0] === 'connection' && connection ? card.find('outputs', ...connection) : undefined;
      return output ? { source: { card, output }, used: 1 } : find(card, tokens, places, flow.type);
    },
  };
}

/** Inputs that are gone, or declared in another way, do not stay. */
function dropChanged(card: CardBuilder, before: readonly Field[], after: readonly Field[]): void {
  for (const field of before) {
    if (after.some((other) => sameJson(other, field))) continue;
    for (const side of ['inputs', 'outputs'] as const) {
      const found = card.find(side, field.group ?? null, field.key);
      if (found) card.drop(side, found);
    }
  }
}

function startCard(flow: DeckFlow, context: FlowExport, title: string): Mutable {
  const { ids } = context;
  switch (flow.type) {
    case 'manual':
      return bareCard(kernel('control:noop'), 'No-op', ids);
    case 'api':
      return bareCard(kernel('http:accept'), 'API Endpoint', ids, { mirrored: true });
    case 'delegated':
      return bareCard(kernel('http:delegated'), 'Delegated Flow', ids, { mirrored: true });
    default:
      return bareCard(kernel('control:callable'), title, ids, { mirrored: true, timeout: 30_000 });
  }
}

function contextOf(type: DeckFlow['type']): [string, ForeignType][] {
  switch (type) {
    case 'manual':
      return [];
    case 'schedule':
      return [
        ['execution_id', TEXT],
        ['execution_time', TEXT],
      ];
    case 'event':
    case 'api':
    case 'delegated':
      return [['execution_id', TEXT]];
    default:
      return [
        ['index', NUMBER],
        ['parent', CALLER],
        ['error', OBJECT],
        ['execution_id', TEXT],
      ];
  }
}

/** Adds a value that the engine supplies, unless it is there or flows of this type do not get it. */
function addContext(card: CardBuilder, flowType: DeckFlow['type'], key: string): void {
  const type = new Map(contextOf(flowType)).get(key);
  if (type === undefined) return;
  if (key === 'error') addError(card);
  else addBoth(card, { group: 'context', key, type, data: null });
}

interface Both {
  readonly group: string | null;
  readonly key: string;
  readonly type: ForeignType;
  readonly data?: unknown;
  readonly metadata?: { readonly [key: string]: unknown };
}

/** Start cards repeat their inputs. */
function addBoth(card: CardBuilder, spec: Both): void {
  card.add('inputs', spec);
  card.add('outputs', spec);
}

function declare(
  card: CardBuilder,
  fields: readonly Field[],
  root: string,
  type: DeckFlow['type'],
  places: Map<string, readonly [string | null, string]>,
): void {
  for (const field of fields) {
    const known = field.group === undefined && card.find('outputs', null, field.key) !== undefined;
    const group = field.group ?? (known ? null : groupFor(root, type));
    const isForms = field.group === undefined && group !== null && ROLES[type] !== undefined;
    // A field of a connector's form is known by its label, and the form by a key.
    const label = isForms
      ? { displayname: field.label ?? field.key, groupKey: group }
      : field.label === undefined
        ? {}
        : { displayname: field.label };
    const data = field.default === undefined ? {} : { data: field.default };
    const spec = { group, key: field.key, type: foreignType(field), metadata: { custom: true, ...label }, ...data };
    // What an event brings is not given to its card.
    if (card.model['webhook'] === true) card.add('outputs', spec);
    else addBoth(card, spec);
    places.set(`${root}/${field.group === undefined ? '' : `${field.group}/`}${field.key}`, [group, field.key]);
  }
}

/** Fields without a group stand in the one that the kind of flow has for them. */
function groupFor(root: string, type: DeckFlow['type']): string | null {
  if (root === 'options') return 'Options';
  if (type === 'action') return 'Inputs';
  if (type === 'event') return 'Output';
  if (type === 'delegated') return 'inputs';
  return type === 'api' ? 'body' : null;
}

function find(
  card: CardBuilder,
  tokens: readonly string[],
  places: ReadonlyMap<string, readonly [string | null, string]>,
  type: DeckFlow['type'],
): { source: Source; used: number } | null {
  const [root = '', first = '', second] = tokens;
  const at = (group: string | null, key: string, used: number) => {
    const output = card.find('outputs', group, key);
    return output ? { source: { card, output }, used } : null;
  };
  if (root === 'context') {
    const key = Object.hasOwn(CONTEXT, first) ? CONTEXT[first] : undefined;
    if (key === undefined) return null;
    addContext(card, type, key);
    return at('context', key, 2);
  }
  if (root === 'connection') {
    addBoth(card, { group: 'auth', key: 'blob', type: OBJECT, metadata: { displayname: 'Connection' } });
    return at('auth', 'blob', 1);
  }
  for (const [used, name] of [[3, `${root}/${first}/${second}`] as const, [2, `${root}/${first}`] as const]) {
    const place = tokens.length >= used ? places.get(name) : undefined;
    if (place) return at(...place, used);
  }
  return null;
}
