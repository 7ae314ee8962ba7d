/** Writes one flow. */
import type { CardNode, DeckFlow } from '@flowdeck/engine/kit';
import type { ImportedFlow } from '../import/flow.js';
import { triggerOf } from '../import/trigger.js';
import { isObject, type JsonObject, type Mutable, objectAt, type Spot, sameJson } from '../json.js';
import { isKind, type RawGraph } from '../read/index.js';
import { writeBlocks } from './blocks.js';
import { GraphBuilder } from './builder.js';
import { isOfKind, writeCard } from './card.js';
import type { FlowExport, Lane } from './draft.js';
import { writeFork } from './fork.js';
import { keepUnread } from './kept.js';
import { constrain, type OrderItem, placeBehind } from './order.js';
import { inOrderOf } from './order-before.js';
import { isReusable } from './reusable.js';
import type { WriteScope } from './scope.js';
import { writeStart } from './start.js';
import { wrapEvent } from './wrapper.js';

/** An entry of `data.flos`. `original` lends what the document does not say. */
export function writeFlow(
  flow: DeckFlow,
  id: string,
  context: FlowExport,
  group: string,
  imported: ImportedFlow | null,
): Mutable {
  const original = imported?.draft.raw ?? null;
  const isEvent = flow.type === 'event';
  const title = titleOf(flow);
  const body = new GraphBuilder(context.ids);
  const start = writeStart(body, flow, context, title, originalStart(flow, imported));
  const items: OrderItem[] = [{ card: start.card }];
  const scope: WriteScope = {
    graph: body,
    original: bodyBefore(imported),
    outer: null,
    start: start.card,
    isCatch: false,
    written: new Map(),
    wormholes: new Map(),
    parts: new Map(),
    fromStart: start.fromStart,
    place: (after, card) => void placeBehind(items, after, card),
    found: context.draft.found,
  };
  writeCards({ scope, items, flow: context }, flow.cards, context.spot.at('cards'));
  keepUnread(scope);
  constrain(body, items);
  // A flow whose event stands among its cards has no wrapper.
  const graph = isEvent && start.card.model['webhook'] !== true ? wrapEvent(flow, body, context, imported) : body;
  const settings = original?.settings ?? null;
  return {
    ...original?.raw,
    id,
    name: flow.name ?? flow.id,
    description: flow.description ?? '',
    data: {
      // The keys keep their places, and an older file has fewer of them.
      ...(settings ? structuredClone(settings) : { ...DEFAULTS, group }),
      id: null,
      uuid: id,
      ...displayOf(settings, start.card.raw['address'] === CALLABLE && !isEvent),
      methods: inOrderOf(settings?.['methods'], graph.methods),
      orderings: graph.orderings,
      ...startedBy(flow, imported),
    },
  };
}

function displayOf(settings: JsonObject | null, isCallable: boolean): JsonObject {
  const before = settings?.['display'];
  if (settings && (!isObject(before) || before['isCallable'] === isCallable)) return {};
  return { display: { ...objectAt(settings, 'display'), isCallable } };
}

/** When the flow starts, and who may start it: as it was, unless that was edited. */
function startedBy(flow: DeckFlow, imported: ImportedFlow | null): JsonObject {
  const before = imported?.flow;
  const original = imported?.draft.raw;
  const isKept = (keys: readonly (keyof DeckFlow)[]) => before && keys.every((key) => sameJson(before[key], flow[key]));
  const hasAccess = isKept(['type', 'access']) && sameJson(before?.meta?.['security'], flow.meta?.['security']);
  const { schedule } = flow;
  const known = objectAt(original?.settings, 'cron');
  const cron = schedule ? { ...('minutes' in known ? known : NEW_CRON), ...cronOf(schedule) } : {};
  return {
    ...(isKept(['schedule']) ? {} : { cron, scheduled: schedule !== undefined }),
    ...(hasAccess ? {} : { security_level: securityOf(flow) }),
  };
}

/** The graph that held the cards. */
function bodyBefore(imported: ImportedFlow | null): RawGraph | null {
  const graph = imported?.draft.raw.graph;
  return imported && graph ? triggerOf(imported.draft.raw, graph).graph : null;
}

/** The start card to keep: of a flow that is still started in the same way. */
function originalStart(flow: DeckFlow, imported: ImportedFlow | null) {
  const graph = imported?.draft.raw.graph;
  if (!graph?.start || !imported || imported.flow.type !== flow.type) return null;
  const names = imported.draft.startNames;
  // Fields that are called otherwise there are kept as a whole, or written anew.
  if (names.size > 0 && !(['inputs', 'options'] as const).every((key) => sameJson(imported.flow[key], flow[key])))
    return null;
  const { start } = triggerOf(imported.draft.raw, graph).graph;
  const isStart =
    start &&
    (['control:callable', 'http:accept', 'http:delegated', 'control:noop'].some((kind) => isKind(start, kind)) ||
      (start.kind.channel !== null &&
        sameJson(imported.flow.meta?.['trigger'] ?? null, flow.meta?.['trigger'] ?? null)));
  return isStart && isReusable(start.raw) ? { raw: start.raw, inputs: imported.flow.inputs ?? [], names } : null;
}

const CALLABLE = 'root:kernel:control:0.0.1:callable';

const DEFAULTS = {
  tree: { id: 2, name: 'empty' },
  model: {},
  log: true,
  inheritLog: true,
  templateName: null,
  connector_method_meta: { inputs: {}, outputs: {}, options: {} },
  monitor_flo: false,
};

function titleOf(flow: DeckFlow): string {
  if (flow.type === 'schedule') return 'Scheduled Flow';
  return flow.type === 'event' ? 'Event' : 'Helper Flow';
}

function securityOf(flow: DeckFlow): string | null {
  const noted = flow.meta?.['security'];
  if (flow.type === 'api') return flow.access?.by === 'open' ? 'open' : typeof noted === 'string' ? noted : 'medium';
  return flow.type === 'delegated' ? 'high' : typeof noted === 'string' ? noted : null;
}

const NEW_CRON = {
  seconds: '00',
  minutes: '*',
  hours: '*',
  dayOfTheMonth: '*',
  month: '*',
  dayOfTheWeek: '*',
  startDate: '',
  endDate: '',
  recurrence: 0,
  timeZone: 'UTC',
};

/** Five parts of a cron expression; six begin with the seconds. */
function cronOf({ cron, timeZone = 'UTC' }: NonNullable<DeckFlow['schedule']>): JsonObject {
  const parts = cron.trim().split(/\s+/);
  const [minutes = '*', hours = '*', dayOfTheMonth = '*', month = '*', dayOfTheWeek = '*'] =
    parts.length > 5 ? parts.slice(1) : parts;
  return { minutes, hours, dayOfTheMonth, month, dayOfTheWeek, timeZone };
}

function writeCards(lane: Lane, cards: readonly CardNode[], spot: Spot): void {
  for (const [index, node] of cards.entries()) {
    const place = spot.at(index);
    if (isOfKind(lane, node, 'control:if')) writeFork(lane, node, place, writeCards);
    else if (isOfKind(lane, node, 'control:branch') || isOfKind(lane, node, 'control:tryCatch'))
      writeBlocks(lane, node, place, writeCards);
    else {
      const card = writeCard(lane, node, place);
      if (card) lane.items.push({ card });
    }
  }
}
