/** Finds what a connector says about the choices and the members of a field. */
import { type Field, FlowdeckError } from '@flowdeck/engine';
import { type ConnectorLookup, type DeckFlow, didYouMean, fieldName } from '@flowdeck/engine/kit';
import type { ConnectCode } from '../codes.js';
import type { ConnectorDeck } from '../manifest/types.js';

/** A field of an action, and what there is to find out about it. */
export interface FoundField {
  readonly action: DeckFlow;
  readonly field: Field;
  /** Null: the choices of the field are in its declaration. */
  readonly lookup: ConnectorLookup | null;
}

/** Fields of an action that a lookup may be about: for members of an object its outputs as well. */
export function fieldsOf(action: DeckFlow, gives: ConnectorLookup['gives']): readonly Field[] {
  const asked = [...(action.options ?? []), ...(action.inputs ?? [])];
  return gives === 'fields' ? [...asked, ...(action.outputs ?? [])] : asked;
}

/** @throws FlowdeckError `lookup-unknown`. */
export function findField(deck: ConnectorDeck, action: string, field: string): FoundField {
  const { actions = [] } = deck.connector.flows;
  const flow = actions.includes(action) ? deck.flows.find(({ id }) => id === action) : undefined;
  if (flow === undefined) throw unknown(`"${deck.connector.key}" has no action ${quoted(action)}.`, action, actions);
  const fields = fieldsOf(flow, 'fields');
  const found = fields.find((each) => fieldName(each) === field);
  if (found === undefined) {
    const names = fieldsOf(flow, 'choices').map(fieldName);
    throw unknown(`"${action}" has no field ${quoted(field)}.`, field, names);
  }
  const lookup = lookupsOf(deck, action).find((each) => each.field === field);
  if (lookup !== undefined) return { action: flow, field: found, lookup };
  if (found.choices !== undefined) return { action: flow, field: found, lookup: null };
  const others = fields.filter(({ choices }) => choices !== undefined).map(fieldName);
  const known = [...lookupsOf(deck, action).map((each) => each.field), ...others];
  throw new FlowdeckError<ConnectCode>('lookup-none', `"${field}" of "${action}" is not chosen from a list.`, {
    at: { flow: action, field },
    hint: known.length === 0 ? 'No field of this action is.' : `These are: ${known.join(', ')}.`,
  });
}

/** What a connector says about the fields of an action. */
export function lookupsOf({ connector }: ConnectorDeck, action: string): readonly ConnectorLookup[] {
  return (connector.lookups ?? []).filter(({ actions }) => actions.includes(action));
}

function unknown(message: string, given: string, known: readonly string[]): FlowdeckError {
  const hint = didYouMean(given, known, `There are: ${known.join(', ') || 'none'}.`);
  return new FlowdeckError<ConnectCode>('lookup-unknown', message, { hint });
}

function quoted(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
