/** Document and registry to plan. */
import type { CardType, ConnectionUse, Registry } from '../cards/index.js';
import { connectionNames } from '../document/credentials.js';
import { revisionOf } from '../document/revision.js';
import type { CardNode, FlowFile } from '../document/types.js';
import { blockCompiler, compileBody } from './block.js';
import { CallGraph, type ConnectionNames } from './call-graph.js';
import {
  actsByItself,
  declareFlow,
  endingOf,
  type FlowDraft,
  groupedOutputs,
  holdsSecrets,
  initialSlots,
  isFleeting,
} from './flow.js';
import { checkFlowNames } from './flow-names.js';
import { LooseInputs } from './loose.js';
import { PlanDiagnostics } from './plan-diagnostics.js';
import { checkRequires } from './requires.js';
import { FlowScope } from './scope.js';
import { type CardShape, cardShapeOf } from './shape.js';
import { Spot } from './spot.js';
import type { StepCompiler } from './step-compiler.js';
import type { CompileStepFunction, DeckPlan, FlowPlan, UncheckedExpression } from './types.js';

/**
 * Compiles a well-formed document. Never throws for a faulty one: look at `diagnostics`, and run nothing of a deck
 * that has an error among them. `compileFunction` makes what the run calls for each card.
 */
export function compileDeck(document: FlowFile, registry: Registry, compileFunction: CompileStepFunction): DeckPlan {
  const report = new PlanDiagnostics();
  const unchecked: UncheckedExpression[] = [];
  const flows = new Map<string, FlowPlan>();
  const isDeck = 'flows' in document;
  let revision: string | undefined;
  const deck: { -readonly [K in keyof DeckPlan]: DeckPlan[K] } = {
    document,
    get revision() {
      revision ??= revisionOf(document);
      return revision;
    },
    connector: isDeck ? (document.connector?.key ?? null) : null,
    flows,
    secretive: false,
    diagnostics: report.diagnostics,
    unchecked,
  };
  checkRequires(document, registry, report);
  checkFlowNames(document, report);
  const shapes = shapesOf(registry);
  const sources = isDeck ? document.flows : [document];
  const ofConnection = isDeck && document.connector ? connectionNames(document.connector) : null;
  const loose = new LooseInputs(sources, shapes);
  const drafts = sources.map((flow, index) => {
    const spot = (isDeck ? Spot.root().at('flows').at(index) : Spot.root()).inFlow(flow.id);
    const scope = new FlowScope(flow.cards, ofConnection);
    const draft = declareFlow(flow, deck, loose, scope, report, spot);
    flows.set(flow.id, draft);
    return { draft, scope, spot };
  });
  const graph = new CallGraph();
  for (const { draft, scope, spot } of drafts) {
    const site = graph.add(draft);
    const context: StepCompiler = {
      report,
      flows,
      unchecked,
      card: shapes,
      cardIds: () => registry.cards().map((entry) => entry.card.id),
      compileBlock: blockCompiler(() => context),
      compileFunction,
      calls: (flow, card, place) =>
        CallGraph.note(site, flow, { card, spot: place, detached: shapes(card.card)?.card.traits?.detached === true }),
      connection: (node, card, place) => noteConnection(node, card, deck, site.connections, report, place),
    };
    draft.body = compileBody(draft.document.cards, scope, context, spot);
    draft.initial = initialSlots(draft.parameters, scope.slots);
    draft.grouped = groupedOutputs(draft);
    draft.fleeting = isFleeting(draft);
    draft.ending = endingOf(draft);
    site.acts = actsByItself(draft);
  }
  const draftOf = new Map<FlowPlan, FlowDraft>(drafts.map(({ draft }) => [draft, draft]));
  graph.resolve(report, (flow, { connections, acts }) => {
    const draft = draftOf.get(flow);
    if (draft) Object.assign(draft, { connections, pure: !acts });
  });
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
    const shape = cardShapeOf(card, registry.isSealed(id));
    shapes.set(id, shape);
    return shape;
  };
}

/** Notes which connections a card may need, and says what is wrong with what the document names. */
function noteConnection(
  node: CardNode,
  card: CardType,
  deck: DeckPlan,
  named: ConnectionNames,
  report: PlanDiagnostics,
  spot: Spot,
): void {
  const use = card.connection;
  if (node.connection !== undefined) {
    // A control card takes it along into the flows that it calls, and so does a policy that has an error handled.
    if (use === undefined && card.kind !== 'control' && node.onError?.flow === undefined) {
      const message = `"${node.card}" takes no connection; "${node.connection}" is opened for nothing.`;
      report.add('warning', 'unused-connection', spot.at('connection'), message, 'Remove "connection".');
    }
    const wanted = named.get(node.connection) ?? new Set();
    if (use?.connector !== undefined) wanted.add(use.connector);
    named.set(node.connection, wanted);
    return;
  }
  if (use === undefined || use.optional === true || isWithinConnector(deck, use)) return;
  report.add(
    'error',
    'missing-connection',
    spot,
    `"${node.card}" needs a connection.`,
    `Add "connection": "${use.connector ?? 'name'}", or another name that you give to your connection.`,
  );
}

/** Inside a connector, a card takes the connection that the flow runs with. */
function isWithinConnector({ connector }: DeckPlan, use: ConnectionUse): boolean {
  return connector !== null && (use.connector === undefined || use.connector === connector);
}
