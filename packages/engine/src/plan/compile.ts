/** Document and registry to plan. */
import type { Registry } from '../cards/index.js';
import type { CardNode, DeckDocument, DeckFlow, FlowFile } from '../document/types.js';
import { converter, emptyValue, type Field, fieldName, type Value } from '../values/index.js';
import { typeName } from './bind.js';
import { blockCompiler, compileBody } from './block.js';
import { Report } from './report.js';
import { FlowScope } from './scope.js';
import { type CardShape, shapeOf } from './shape.js';
import { Spot } from './spot.js';
import type { StepContext } from './step.js';
import {
  type BlockPlan,
  type DeckPlan,
  type FlowPlan,
  type Parameter,
  PlannedFlow,
  type Step,
  type UncheckedExpression,
} from './types.js';
import { satisfies } from './version.js';

/** A flow plan while its deck is being compiled: the body comes last, so that flows can refer to each other. */
type Draft = { -readonly [K in keyof FlowPlan]: FlowPlan[K] };

/**
 * Compiles a well-formed document. Never throws for a faulty one: look at `diagnostics`, and run nothing of a deck
 * that has an error among them.
 */
export function compileDeck(document: FlowFile, registry: Registry): DeckPlan {
  const report = new Report();
  const unchecked: UncheckedExpression[] = [];
  const flows = new Map<string, FlowPlan>();
  const isDeck = 'flows' in document;
  const deck: { -readonly [K in keyof DeckPlan]: DeckPlan[K] } = {
    document,
    connector: isDeck ? (document.connector?.key ?? null) : null,
    flows,
    secretive: false,
    diagnostics: report.diagnostics,
    unchecked,
  };
  checkRequires(document, registry, report);
  const shapes = shapesOf(registry);
  const drafts = (isDeck ? document.flows : [document]).map((flow, index) => {
    const spot = (isDeck ? Spot.root().at('flows').at(index) : Spot.root()).inFlow(flow.id);
    const scope = new FlowScope();
    const draft = declareFlow(flow, deck, scope, report, spot);
    flows.set(flow.id, draft);
    return { draft, scope, spot };
  });
  const calls = new Map<FlowPlan, Map<FlowPlan, { card: CardNode; spot: Spot }>>();
  const connections = new Map<FlowPlan, Map<string, Set<string>>>();
  for (const { draft, scope, spot } of drafts) {
    const called = new Map<FlowPlan, { card: CardNode; spot: Spot }>();
    const named = new Map<string, Set<string>>();
    calls.set(draft, called);
    connections.set(draft, named);
    const context: StepContext = {
      report,
      flows,
      unchecked,
      card: shapes,
      cardIds: () => registry.cards().map((entry) => entry.card.id),
      compileBlock: blockCompiler(() => context),
      calls: (flow, card, place) => void (called.has(flow) || called.set(flow, { card, spot: place })),
      connection: (node, place) => noteConnection(node, deck, registry, named, report, place),
    };
    noteWhereabouts(draft.document.cards, [], scope);
    draft.body = compileBody(draft.document.cards, scope, context, spot);
    draft.initial = initialSlots(draft.parameters, scope.slots);
    draft.grouped = groupedOutputs(draft);
  }
  noteRecursion(calls, report);
  for (const { draft } of drafts) draft.connections = reachable(draft, calls, connections);
  deck.secretive = drafts.some(({ draft }) => holdsSecrets(draft));
  return deck;
}

/** Shapes of the registry's cards, each worked out when the first card of its type is compiled. */
function shapesOf(registry: Registry): (id: string) => CardShape | undefined {
  const shapes = new Map<string, CardShape>();
  return (id) => {
    const known = shapes.get(id);
    if (known) return known;
    const card = registry.card(id)?.card;
    if (!card) return undefined;
    const shape = shapeOf(card);
    shapes.set(id, shape);
    return shape;
  };
}

const emptyBody: BlockPlan = {
  name: 'body',
  scope: 'scoped',
  steps: [],
  inputs: [],
  error: -1,
  item: -1,
  index: -1,
  out: [],
  outWaits: false,
  last: null,
};

function declareFlow(flow: DeckFlow, deck: DeckPlan, scope: FlowScope, report: Report, spot: Spot): Draft {
  const parameters = [
    ...(flow.options ?? []).map((field, index) => declareParameter(field, 'options', index, scope, report, spot)),
    ...(flow.inputs ?? []).map((field, index) => declareParameter(field, 'inputs', index, scope, report, spot)),
  ];
  const draft: Partial<Draft> = {
    id: flow.id,
    name: flow.name ?? flow.id,
    type: flow.type,
    document: flow,
    deck,
    parameters,
    parameter: new Map(parameters.map((parameter) => [parameter.name, parameter])),
    outputs: new Map((flow.outputs ?? []).map((field) => [fieldName(field), { field, convert: converter(field) }])),
    grouped: null,
    initial: [],
    body: emptyBody,
    connections: new Map(),
  };
  // Complete but for `ref`, which needs the object itself.
  const plan = draft as Draft;
  plan.ref = new PlannedFlow(plan);
  return plan;
}

function declareParameter(
  field: Field,
  root: 'inputs' | 'options',
  index: number,
  scope: FlowScope,
  report: Report,
  spot: Spot,
): Parameter {
  const name = fieldName(field);
  const slot = scope.slot();
  const taken = scope.parameters.get('options')?.has(name) === true && root === 'inputs';
  if (taken)
    report.add(
      'error',
      'duplicate-field',
      spot.at(root).at(index),
      `"${name}" is an option and an input.`,
      'Rename one of them.',
    );
  scope.parameters.get(root)?.set(name, { slot, field, name });
  const initial = initialValue(field, report, spot.at(root).at(index).at('default'));
  return { name, field, slot, initial, convert: converter(field), option: root === 'options' };
}

/** What a parameter holds when the caller gives nothing: its default, else the empty value of its type (control flow, question 8.16). */
function initialValue(field: Field, report: Report, spot: Spot): Value {
  if (field.default === undefined) return emptyValue(field);
  try {
    return converter(field)(field.default);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it has another type.';
    report.add(
      'error',
      'type-mismatch',
      spot,
      `The default of "${fieldName(field)}" is not ${typeName(field)}: ${reason}`,
      'Give a default of that type, or none.',
    );
    return emptyValue(field);
  }
}

function initialSlots(parameters: readonly Parameter[], count: number): Value[] {
  const slots: Value[] = new Array<Value>(count).fill(null);
  for (const { slot, initial } of parameters) slots[slot] = initial;
  return slots;
}

/** Fields of the result that stand in a group: declared ones, those of the last card, and what any Return names `group/key`. */
function groupedOutputs(flow: FlowPlan): FlowPlan['grouped'] {
  const fields = [
    ...[...flow.outputs.values()].map((output) => output.field),
    ...(flow.body.last?.outputs ?? []).map((output) => output.field),
  ];
  const grouped = new Map<string, { group: string; key: string }>();
  for (const field of fields)
    if (field.group !== undefined) grouped.set(fieldName(field), { group: field.group, key: field.key });
  for (const name of returnedNames(flow.body)) {
    const slash = name.indexOf('/');
    if (slash > 0 && !grouped.has(name)) grouped.set(name, { group: name.slice(0, slash), key: name.slice(slash + 1) });
  }
  return grouped.size === 0 ? null : grouped;
}

function* returnedNames(block: BlockPlan): Iterable<string> {
  for (const { card, outputs } of stepsOf(block)) if (card.leaves) for (const { name } of outputs) yield name;
}

function holdsSecrets(flow: FlowPlan): boolean {
  return flow.parameters.some(({ field }) => field.secret) || hasSecretSteps(flow.body);
}

function hasSecretSteps(block: BlockPlan): boolean {
  for (const step of block.steps) {
    if (step.secretive) return true;
    for (const inner of step.blocks.values()) if (hasSecretSteps(inner)) return true;
  }
  return false;
}

/** All steps of a block, those of the blocks in it included. */
function* stepsOf(block: BlockPlan): Iterable<Step> {
  for (const step of block.steps) {
    yield step;
    for (const inner of step.blocks.values()) yield* stepsOf(inner);
  }
}

function noteWhereabouts(cards: readonly CardNode[], path: readonly string[], scope: FlowScope): void {
  for (const [position, node] of cards.entries()) {
    if (node.id !== undefined) scope.whereabouts.set(node.id, { path, position });
    for (const [name, block] of Object.entries(node.blocks ?? {}))
      noteWhereabouts(block.cards, [...path, node.id ?? '', name], scope);
  }
}

type Calls = ReadonlyMap<FlowPlan, ReadonlyMap<FlowPlan, { card: CardNode; spot: Spot }>>;

/** Notes flows that can reach themselves: legal, bounded by the call depth, and seldom meant. */
function noteRecursion(calls: Calls, report: Report): void {
  for (const [flow, called] of calls) {
    for (const [target, { card, spot }] of called) {
      if (card.card === 'flow.callAsync' || !reaches(target, flow, calls)) continue;
      const way = target === flow ? 'calls itself' : `calls "${target.id}", which leads back to it`;
      report.add(
        'info',
        'recursion',
        spot,
        `Flow "${flow.id}" ${way}.`,
        'Make sure that a card before this one ends the recursion.',
      );
    }
  }
}

function reaches(from: FlowPlan, to: FlowPlan, calls: Calls): boolean {
  const seen = new Set<FlowPlan>();
  const open = [from];
  for (let flow = open.pop(); flow; flow = open.pop()) {
    if (flow === to) return true;
    if (seen.has(flow)) continue;
    seen.add(flow);
    open.push(...(calls.get(flow)?.keys() ?? []));
  }
  return false;
}

/** A connector's card takes the connection that it names, or inside its own connector the one that the flow runs with. */
function noteConnection(
  node: CardNode,
  deck: DeckPlan,
  registry: Registry,
  named: Map<string, Set<string>>,
  report: Report,
  spot: Spot,
): void {
  const connector = registry.card(node.card)?.action?.connector;
  if (node.connection === undefined) {
    if (connector === undefined || deck.connector === connector) return;
    report.add(
      'error',
      'missing-connection',
      spot,
      `"${node.card}" needs a connection.`,
      `Add "connection": "${connector}", or another name that you give to your connection.`,
    );
    return;
  }
  const wanted = named.get(node.connection) ?? new Set();
  if (connector !== undefined) wanted.add(connector);
  named.set(node.connection, wanted);
}

function reachable(
  from: FlowPlan,
  calls: Calls,
  connections: ReadonlyMap<FlowPlan, ReadonlyMap<string, ReadonlySet<string>>>,
): Map<string, Set<string>> {
  const names = new Map<string, Set<string>>();
  const seen = new Set<FlowPlan>();
  const open = [from];
  for (let flow = open.pop(); flow; flow = open.pop()) {
    if (seen.has(flow)) continue;
    seen.add(flow);
    for (const [name, wanted] of connections.get(flow) ?? [])
      names.set(name, new Set([...(names.get(name) ?? []), ...wanted]));
    open.push(...(calls.get(flow)?.keys() ?? []));
  }
  return names;
}

function checkRequires(document: FlowFile, registry: Registry, report: Report): void {
  for (const [namespace, range] of Object.entries((document as DeckDocument).requires ?? {})) {
    const spot = Spot.root().at('requires').at(namespace);
    const version = registry.version(namespace);
    if (version === undefined) {
      report.add(
        'error',
        'missing-pack',
        spot,
        `No loaded pack brings "${namespace}".`,
        'Load the pack, or correct the name.',
      );
    } else if (!satisfies(version, range)) {
      report.add(
        'error',
        'pack-version',
        spot,
        `"${namespace}" is loaded in version ${version}, and the document asks for ${range}.`,
        'Install a version in that range.',
      );
    }
  }
}
