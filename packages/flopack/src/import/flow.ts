/** One flow of the file as a flow of the document. */
import type { Field } from '@flowdeck/engine';
import { type DeckFlow, fieldName } from '@flowdeck/engine/kit';
import { textOf } from '../json.js';
import { isFork, isKind, nameOf, type RawCard, type RawFlow, type RawGraph, type Sequence } from '../read/index.js';
import { convertSequence, openGraph } from './body.js';
import type { DeckDraft, FlowDraft } from './draft.js';
import { Names } from './names.js';
import { scheduleOf, type Trigger, triggerOf } from './trigger.js';
import { givenFieldOf, isUnset } from './types.js';

export interface ImportedFlow {
  readonly flow: DeckFlow;
  readonly draft: FlowDraft;
}

export function importFlow(raw: RawFlow, id: string, deck: DeckDraft): ImportedFlow {
  const { graph } = raw;
  const trigger = graph ? triggerOf(raw, graph) : null;
  const draft: FlowDraft = {
    deck,
    raw,
    type: trigger?.type ?? 'helper',
    names: new Names(),
    ids: new Map(),
    wires: { routes: new Map(), implied: new Set(), told: new Set() },
    links: new Map(),
    startNames: trigger?.startNames ?? new Map(),
  };
  if (!trigger) return { flow: missingFlow(id, raw.name), draft };
  const scope = openGraph(trigger.graph, trigger.isWrapped ? 'event' : 'flow', draft, null);
  const cards = convertSequence(scope, trigger.graph.sequence);
  if (trigger.isWrapped && graph) implyWrapper(graph, draft);
  const schedule = trigger.type === 'schedule' ? scheduleOf(raw.settings) : null;
  const meta = metaOf(raw, trigger, deck);
  return {
    draft,
    flow: {
      id,
      ...(raw.name === id ? {} : { name: raw.name }),
      ...(raw.description === '' ? {} : { description: raw.description }),
      type: trigger.type,
      ...(schedule ? { schedule } : {}),
      ...(trigger.type === 'api' && levelOf(raw) === 'open' ? { access: { by: 'open' } } : {}),
      ...(trigger.options.length === 0 ? {} : { options: trigger.options }),
      ...(trigger.inputs.length === 0 ? {} : { inputs: trigger.inputs }),
      ...nonEmpty(returnedFields(trigger.graph.sequence)),
      cards,
      ...(Object.keys(meta).length === 0 ? {} : { meta }),
    },
  };
}

function nonEmpty(outputs: readonly Field[]): Pick<DeckFlow, 'outputs'> {
  return outputs.length === 0 ? {} : { outputs };
}

/** A flow that is called and not in the file: it does nothing, and whoever brings the real one replaces it. */
export function missingFlow(id: string, name: string): DeckFlow {
  return { id, ...(name === id ? {} : { name }), type: 'helper', cards: [], meta: { missing: true } };
}

export function withInputs(flow: DeckFlow, inputs: readonly Field[] = []): DeckFlow {
  return inputs.length === 0 ? flow : { ...flow, inputs };
}

/** The wire of an event wrapper leads the deliveries to the loop: that the flow runs for each of them says the same. */
function implyWrapper(graph: RawGraph, { wires }: FlowDraft): void {
  for (const inputs of graph.pins.values()) {
    for (const pin of [...inputs.values()].flat()) {
      if (pin.input.key === 'list' && pin.from === graph.start) wires.implied.add(pin);
    }
  }
}

function metaOf(raw: RawFlow, trigger: Trigger, deck: DeckDraft): Record<string, unknown> {
  const meta: Record<string, unknown> = {};
  const folder = folderOf(raw, deck);
  if (folder !== null) meta['folder'] = folder;
  if (trigger.event) meta['trigger'] = eventOf(trigger.event, deck);
  if (deck.namesFlows) meta['id'] = raw.id;
  const security = levelOf(raw);
  const isAccess = trigger.type === 'api' && (security === 'open' || security === 'medium');
  if (security !== undefined && !isAccess) meta['security'] = security;
  return meta;
}

/** Of an API flow, `open` is for everybody, and `medium` for who has its token. */
function levelOf({ settings }: RawFlow): string | undefined {
  return textOf(settings, 'security_level');
}

/** Names of the folders, outermost first. Nothing when all flows lie in one. */
function folderOf(raw: RawFlow, deck: DeckDraft): string | null {
  const { groups } = deck.pack;
  const group = raw.group === null ? undefined : groups.get(raw.group);
  if (!group || groups.size < 2) return null;
  const parents = group.path === '' ? [] : group.path.split('.');
  return [...parents, group.id].flatMap((id) => groups.get(id)?.name ?? []).join('/');
}

function eventOf(event: RawCard, deck: DeckDraft): Record<string, unknown> {
  const options = event.inputs
    .filter((field) => field.isParameter && !isUnset(field.data))
    .map((field) => [nameOf(field), field.data]);
  const connection = event.config === null ? undefined : deck.connectionNames.get(event.config);
  return {
    card: deck.foreignId(event),
    ...(connection === undefined ? {} : { connection }),
    ...(options.length === 0 ? {} : { in: Object.fromEntries(options) }),
  };
}

/** What the Returns of the flow give, those in lanes included. A field with two types takes anything. */
function returnedFields(sequence: Sequence): Field[] {
  const fields = new Map<string, Field>();
  const visit = (steps: Sequence) => {
    for (const step of steps) {
      if (isFork(step)) {
        for (const lane of step.lanes) visit(lane.cards);
        continue;
      }
      if (!isKind(step, 'control:return')) continue;
      for (const input of step.inputs) {
        if (input.forPolicy || input.key.trim() === '' || input.key === '__proto__') continue;
        const field = givenFieldOf(input);
        const known = fields.get(fieldName(field));
        const agrees = !known || (known.type === field.type && known.list === field.list);
        fields.set(fieldName(field), agrees ? field : { ...field, type: 'any' });
      }
    }
  };
  visit(sequence);
  return [...fields.values()];
}
