/** Connectors: decks of flows whose action flows become cards by themselves. */
import type {
  CardContext,
  CardField,
  CardType,
  FlowResult,
  Outputs,
  RegisteredCard,
  RegisteredConnector,
} from '../cards/index.js';
import { copyOf, type DeckDocument, type DeckFlow, type FlowFile, parseDocument } from '../document/index.js';
import { DocumentError, FlowdeckError } from '../errors.js';
import { deepFreeze, type FlowRef, fieldName, isPlainObject, type Value } from '../values/index.js';

/**
 * Reads a connector deck.
 *
 * @throws DocumentError when the deck is faulty.
 * @throws FlowdeckError `not-a-connector` when it has no manifest.
 */
export function readConnector(source: unknown): RegisteredConnector {
  const { document, diagnostics } = parseDocument(source);
  if (document === null || diagnostics.some((diagnostic) => diagnostic.severity === 'error'))
    throw new DocumentError(diagnostics, { subject: subjectOf(source) });
  if (!isConnectorDeck(document)) {
    throw new FlowdeckError('not-a-connector', 'The deck has no "connector" manifest.', {
      hint: 'Add "connector": { "key": ..., "auth": ..., "flows": ... }.',
    });
  }
  const { key, name, version } = document.connector;
  // Listed by the engine, so nobody may change it; a copy, so that the pack's own object is left alone.
  return { key, name, version, deck: deepFreeze(copyOf(source, document)) };
}

/** Faults of a connector are told to those who load a pack, not to those who wrote it. */
function subjectOf(source: unknown): string {
  const manifest: unknown = isPlainObject(source) ? source['connector'] : undefined;
  const key = isPlainObject(manifest) ? manifest['key'] : undefined;
  return typeof key === 'string' ? connectorSubject(key) : 'A connector of a pack';
}

/** How messages about the deck of a connector begin. */
export function connectorSubject(key: string): string {
  return `The connector ${JSON.stringify(key)}`;
}

export type ConnectorDeck = DeckDocument & { readonly connector: NonNullable<DeckDocument['connector']> };

export function isConnectorDeck(document: FlowFile): document is ConnectorDeck {
  return 'flows' in document && document.connector !== undefined;
}

/** The cards of a connector: one for each action flow, named after it. `flow` finds the compiled flow when a card runs. */
export function actionCards(connector: RegisteredConnector, flow: (id: string) => FlowRef): RegisteredCard[] {
  const deck = connector.deck as ConnectorDeck; // readConnector has seen the manifest
  const actions = new Set(deck.connector.flows.actions ?? []);
  return deck.flows
    .filter((document) => actions.has(document.id))
    .map((document) => ({
      card: actionCard(connector, document, () => flow(document.id)),
      pack: connector.name,
      version: connector.version,
      action: { connector: connector.key, flow: document.id },
    }));
}

function actionCard(connector: RegisteredConnector, flow: DeckFlow, ref: () => FlowRef): CardType {
  const options = (flow.options ?? []).map((field): CardField => ({ ...field, fixed: true }));
  const inputs: readonly CardField[] = [...options, ...(flow.inputs ?? [])];
  const names = inputs.map(fieldName);
  return {
    id: `${connector.key}.${flow.id}`,
    title: flow.name ?? flow.id,
    description: flow.description ?? `${connector.name}: ${flow.name ?? flow.id}.`,
    kind: 'control',
    inputs,
    outputs: flow.outputs ?? [],
    connection: { connector: connector.key },
    run: (...args: unknown[]) => {
      // The engine calls a card with the values of its inputs, then the context: that is what the casts rest on.
      const context = args[names.length] as CardContext;
      const given: Record<string, Value> = {};
      for (const [index, name] of names.entries()) {
        const value = args[index] as Value; // an input, see above
        if (value !== null) given[name] = value;
      }
      const result = context.call(ref(), { inputs: given });
      return result instanceof Promise ? result.then(outputsOf) : outputsOf(result);
    },
  };
}

function outputsOf(result: FlowResult): Outputs {
  return result.kind === 'stop' ? {} : result.outputs;
}
