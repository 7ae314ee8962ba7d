/** The event card and the loop over its deliveries, around the cards of an event flow. */
import type { Field } from '@flowdeck/engine';
import type { DeckFlow } from '@flowdeck/engine/kit';
import type { ImportedFlow } from '../import/flow.js';
import { triggerOf } from '../import/trigger.js';
import { isObject, type JsonObject, type Mutable, member, sameJson } from '../json.js';
import type { RawGraph } from '../read/index.js';
import { bareCard, kernel, NEW_BLOCK } from './bare-card.js';
import { CardBuilder, GraphBuilder } from './builder.js';
import type { FlowExport } from './draft.js';
import { kept } from './kept.js';
import { inOrderOf } from './order-before.js';
import { type ForeignType, foreignType, NUMBER, OBJECT, TEXT } from './types.js';

/** Cards, and the constraints of their order. */
interface Graph {
  readonly methods: readonly Mutable[];
  readonly orderings: JsonObject;
}

export function wrapEvent(flow: DeckFlow, body: Graph, context: FlowExport, imported: ImportedFlow | null): Graph {
  const before = wrapperBefore(flow, imported);
  return (before && rewrap(before, body, context)) ?? wrapAnew(flow, body, context);
}

/** The wrapper, of a flow that still is started by the same event, in the same way. */
function wrapperBefore(flow: DeckFlow, imported: ImportedFlow | null): RawGraph | null {
  const graph = imported?.draft.raw.graph;
  if (!imported || !graph || !triggerOf(imported.draft.raw, graph).isWrapped) return null;
  const startedBy = ({ type, inputs = [], meta }: DeckFlow) => ({ type, inputs, trigger: meta?.['trigger'] ?? null });
  return sameJson(startedBy(imported.flow), startedBy(flow)) ? graph : null;
}

/** Null when a card of the wrapper cannot be written over. */
function rewrap(before: RawGraph, body: Graph, { ids }: FlowExport): Graph | null {
  const methods: Mutable[] = [];
  for (const card of before.cards.values()) {
    const raw = kept(card);
    if (!raw) return null;
    const flo = card.inputs.find((field) => field.key === 'flo' && field.block);
    if (flo?.block) {
      const block = { ...structuredClone(flo.block.raw), ...asBlock(flo.block, body) };
      const builder = new CardBuilder(raw, ids);
      const field = builder.inputs.find(({ id }) => id === flo.id);
      if (!field) return null;
      builder.setData(field, block);
      raw['pins'] = card.raw['pins'];
    }
    methods.push(raw);
  }
  const { orderings } = before.raw;
  return { methods, orderings: isObject(orderings) ? orderings : {} };
}

function asBlock({ raw }: RawGraph, { methods, orderings }: Graph): Graph {
  return { methods: inOrderOf(raw['methods'], methods), orderings };
}

function wrapAnew(flow: DeckFlow, body: Graph, context: FlowExport): Graph {
  const graph = new GraphBuilder(context.ids);
  const [, loop] = writeEventWrapper(graph, flow, context) ?? [];
  const flo = loop?.find('inputs', null, 'flo');
  if (!loop || !flo) return body;
  const id = context.ids.uuid();
  loop.setData(flo, { id, uuid: id, ...NEW_BLOCK, methods: body.methods, orderings: body.orderings });
  return graph;
}

/** The event card of an event flow, and the loop over its deliveries that holds the flow itself. */
function writeEventWrapper(graph: GraphBuilder, flow: DeckFlow, context: FlowExport): CardBuilder[] | null {
  const trigger = flow.meta?.['trigger'];
  const cardId = member(trigger, 'card');
  if (typeof cardId !== 'string') {
    context.draft.found.add(
      'error',
      'not-exportable',
      context.spot,
      `The event flow "${flow.id}" does not say which event starts it.`,
      'Add "meta": { "trigger": { "card": "connector.event" } }.',
    );
    return null;
  }
  const name = cardId.slice(cardId.indexOf('.') + 1);
  const event = graph.add(
    bareCard(context.draft.address(cardId), name, context.ids, { webhook: true, webhookList: true, async: true }),
  );
  event.add('inputs', { group: null, key: 'type', type: TEXT, data: 'invoke' });
  event.add('inputs', { group: null, key: 'data', type: OBJECT });
  const options = member(trigger, 'in');
  for (const [option, data] of isObject(options) ? Object.entries(options) : []) {
    const key = option.slice(option.indexOf('/') + 1);
    event.add('inputs', { group: 'parameters', key, type: TEXT, data });
  }
  const connection = member(trigger, 'connection');
  if (typeof connection === 'string') {
    event.model['config'] = context.draft.connectionId(connection, cardId.slice(0, cardId.indexOf('.')));
  }
  const item = itemOf(flow.inputs ?? []);
  const list: ForeignType = { type: item, collection: true };
  const collection = event.add('outputs', { group: null, key: 'collection', type: list });
  event.add('outputs', { group: 'context', key: 'execution_id', type: TEXT });
  const loop = graph.add(
    bareCard(kernel('list:asyncEach'), 'For Each - Ignore Errors', context.ids, {
      async: true,
      cooperative: true,
      timeout: 300_000,
    }),
  );
  const target = loop.add('inputs', { group: null, key: 'list', type: list });
  loop.add('inputs', { group: null, key: 'flo', type: { type: 'flo', collection: false } });
  loop.add('inputs', { group: null, key: 'concurrency', type: NUMBER, data: 1 });
  graph.pin({ card: event, output: collection }, loop, target);
  graph.order(event, loop);
  return [event, loop];
}

/** A delivery: the fields of the event in their groups, as the block's first card has them. */
function itemOf(fields: readonly Field[]): ForeignType['type'] {
  const groups = new Map<string, Record<string, ForeignType>>();
  for (const field of fields) {
    const group = field.group ?? 'Output';
    groups.set(group, { ...groups.get(group), [field.key]: foreignType(field) });
  }
  return Object.fromEntries([...groups].map(([group, type]) => [group, { type, collection: false }]));
}
