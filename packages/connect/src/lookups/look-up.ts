/** Asks what a field of an action may be, or what its members are: what an editor shows while somebody sets up a card. */
import { type Deck, type Engine, type ErrorReport, type Field, FlowdeckError, type Value } from '@flowdeck/engine';
import { type ConnectorLookup, isDeck } from '@flowdeck/engine/kit';
import type { ConnectCode } from '../codes.js';
import type { ConnectorDeck } from '../manifest/types.js';
import { findField } from './find-lookup.js';
import { type FieldChoice, readChoices, readFields } from './read-answer.js';

/** What is asked about a field. */
export interface FieldQuestion {
  /** Runs the flow that finds out. */
  readonly engine: Engine;
  /** A connector: `engine.connector(key)`, or the deck of its directory. */
  readonly deck: Deck;
  /** Id of an action flow of the connector. */
  readonly action: string;
  /** Name of an option or input of the action; of an object among its outputs, too. */
  readonly field: string;
  /** Name by which the engine finds the connection. Absent: only choices that the connector declares can be told. */
  readonly connection?: string;
  /** What is chosen already: values of the action's options and inputs by name. */
  readonly chosen?: Readonly<Record<string, unknown>>;
  /** What a person has typed so far: only choices that have to do with it are told. */
  readonly search?: string;
  /** Gives the question up. */
  readonly signal?: AbortSignal;
  /** Milliseconds for the answer. Default: the engine's limit of a run. */
  readonly timeoutMs?: number;
}

/** What a field may be, or what its members are; `failed`: the flow that finds out did not succeed, and why. */
export type FieldAnswer =
  | { readonly kind: 'choices'; readonly choices: readonly FieldChoice[] }
  | { readonly kind: 'fields'; readonly fields: readonly Field[] }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

/**
 * Tells what a field of an action may be. Choices that the connector declares are told at once; for others a flow of the
 * connector asks the service.
 *
 * @throws FlowdeckError `lookup-unknown` (no such connector, action or field), `lookup-none` (nothing says what the field
 * may be), `lookup-connection` (only a connection can tell), `lookup-depends` (another field is chosen first), `lookup-answer`
 * (the flow gave something else), and what `engine.run` throws before it runs anything.
 * @example
 * const answer = await lookUpField({ engine, deck: engine.connector('acme'), action: 'send', field: 'From', connection: 'work' });
 * if (answer.kind === 'choices') answer.choices; // [{ label: 'Support', value: '+14155550100' }]
 */
export async function lookUpField(question: FieldQuestion): Promise<FieldAnswer> {
  const { engine, deck, action, field, connection, search = '', signal, timeoutMs } = question;
  const found = findField(connectorOf(deck), action, field);
  const { lookup } = found;
  if (lookup === null) {
    const declared = (found.field.choices ?? []).map((value) => ({ label: String(value), value }));
    return { kind: 'choices', choices: matching(declared, search) };
  }
  if (connection === undefined) throw nobodyAsked(question);
  const inputs = inputsOf(lookup, question);
  const { error, outputs } = await engine.run(deck, {
    ...{ flow: lookup.flow, inputs, connection },
    ...(signal === undefined ? {} : { signal }),
    ...(timeoutMs === undefined ? {} : { limits: { wallTimeMs: timeoutMs } }),
  });
  if (error !== null) return { kind: 'failed', error };
  if (lookup.gives === 'fields') return { kind: 'fields', fields: readFields(lookup, outputs) };
  const choices = readChoices(lookup, found.field, outputs);
  return { kind: 'choices', choices: lookup.search === undefined ? matching(choices, search) : choices };
}

function connectorOf({ document }: Deck): ConnectorDeck {
  if (isDeck(document) && document.connector !== undefined) return { ...document, connector: document.connector };
  throw new FlowdeckError<ConnectCode>('lookup-unknown', 'The deck is no connector, so it has no actions.', {
    hint: 'Give the deck of a connector: engine.connector(key).',
  });
}

function nobodyAsked({ action, field }: FieldQuestion): FlowdeckError {
  const message = `What "${field}" of "${action}" may be, only the service can tell.`;
  const hint = 'Give the connection to ask with.';
  return new FlowdeckError<ConnectCode>('lookup-connection', message, { at: { flow: action, field }, hint });
}

/** @throws FlowdeckError `lookup-depends`. */
function inputsOf(
  lookup: ConnectorLookup,
  { action, field, chosen = {}, search }: FieldQuestion,
): Record<string, unknown> {
  const inputs: Record<string, unknown> = { ...lookup.inputs };
  for (const [input, other] of Object.entries(lookup.depends ?? {})) {
    const value = Object.hasOwn(chosen, other) ? chosen[other] : undefined;
    if (value === undefined || value === null || value === '') {
      const message = `"${field}" of "${action}" depends on "${other}", which has no value yet.`;
      const hint = `Choose "${other}" first, and give it with the question.`;
      throw new FlowdeckError<ConnectCode>('lookup-depends', message, { at: { flow: action, field: other }, hint });
    }
    inputs[input] = value;
  }
  if (lookup.search !== undefined && search !== undefined && search !== '') inputs[lookup.search] = search;
  return inputs;
}

function matching(choices: readonly FieldChoice[], search: string): readonly FieldChoice[] {
  const wanted = search.toLowerCase();
  const has = (text: Value) => String(text).toLowerCase().includes(wanted);
  return wanted === '' ? choices : choices.filter(({ label, value }) => has(label) || has(value));
}
