/** Lookups: each is about a field that is there, of actions that are cards, and its flow takes and gives what it says. */
import type { Diagnostic } from '@flowdeck/engine';
import {
  type ConnectorLookup,
  type DeckFlow,
  didYouMean,
  fieldName,
  parsePointer,
  pointerTo,
} from '@flowdeck/engine/kit';
import type { ConnectCode } from '../codes.js';
import { fieldsOf } from '../lookups/find-lookup.js';
import type { ConnectorDeck } from '../manifest/types.js';
import { fault } from './rule.js';

type LookupFaults = Iterable<Diagnostic<ConnectCode>>;

export function* lookups({ flows, connector }: ConnectorDeck): LookupFaults {
  const taken = new Set<string>();
  for (const [index, lookup] of (connector.lookups ?? []).entries()) {
    const place = `/connector/lookups/${index}`;
    for (const [at, id] of lookup.actions.entries()) {
      const pointer = `${place}/actions/${at}`;
      const action = flows.find((flow) => flow.id === id);
      // That the flow is there, and of the type, is what an engine looks at.
      if (action?.type !== 'action') continue;
      if (!connector.flows.actions?.includes(id)) {
        yield lookupFault(pointer, `"${id}" is no action of the manifest.`, `Add "${id}" to "actions" of "flows".`);
      }
      const about = JSON.stringify([id, lookup.field]);
      if (taken.has(about)) {
        yield lookupFault(pointer, `"${lookup.field}" of "${id}" has a lookup already.`, 'Keep one of them.');
      }
      taken.add(about);
      yield* fieldFaults(lookup, action, place);
    }
    const asked = flows.find(({ id }) => id === lookup.flow);
    if (asked !== undefined) yield* flowFaults(lookup, asked, place);
  }
}

function* fieldFaults({ field, gives, depends = {} }: ConnectorLookup, action: DeckFlow, place: string): LookupFaults {
  const fields = fieldsOf(action, gives);
  const found = fields.find((each) => fieldName(each) === field);
  if (found === undefined) {
    yield missing(`${place}/field`, `"${action.id}" has no field "${field}".`, field, fields.map(fieldName));
  } else if (gives === 'fields' && found.type !== 'object') {
    const message = `"${field}" of "${action.id}" is no object, so that it has no fields.`;
    yield lookupFault(`${place}/field`, message, 'Let it be of type "object", or let the lookup give choices.');
  } else if (gives !== 'fields' && found.choices !== undefined) {
    const message = `"${field}" of "${action.id}" declares its choices already.`;
    yield lookupFault(`${place}/field`, message, 'Leave them out there, or leave out the lookup.');
  }
  const given = fieldsOf(action, 'choices').map(fieldName);
  for (const [input, other] of Object.entries(depends)) {
    if (given.includes(other) && other !== field) continue;
    const message =
      other === field ? `"${field}" depends on itself.` : `"${action.id}" has no option or input "${other}".`;
    yield missing(
      pointerTo(place, 'depends', input),
      message,
      other,
      given.filter((name) => name !== field),
    );
  }
}

function* flowFaults(lookup: ConnectorLookup, flow: DeckFlow, place: string): LookupFaults {
  const known = (flow.inputs ?? []).map(fieldName);
  const { inputs = {}, depends = {}, search, gives = 'choices', items = `/${gives}` } = lookup;
  const named: readonly (readonly [name: string, pointer: string])[] = [
    ...Object.keys(inputs).map((name) => [name, pointerTo(place, 'inputs', name)] as const),
    ...Object.keys(depends).map((name) => [name, pointerTo(place, 'depends', name)] as const),
    ...(search === undefined ? [] : [[search, `${place}/search`] as const]),
  ];
  for (const [name, pointer] of named) {
    if (!known.includes(name)) yield missing(pointer, `"${flow.id}" has no input "${name}".`, name, known);
  }
  const given = named.map(([name]) => name);
  for (const input of [...(flow.options ?? []), ...(flow.inputs ?? [])]) {
    const name = fieldName(input);
    if (input.required !== true || input.default !== undefined || (given.includes(name) && name !== search)) continue;
    const message = `"${flow.id}" asks for "${name}", and the lookup of "${lookup.field}" does not give it.`;
    yield lookupFault(`${place}/flow`, message, 'Give it by "inputs" or "depends", or do not require it there.');
  }
  const [output = ''] = parsePointer(items) ?? [];
  const outputs = (flow.outputs ?? []).map(fieldName);
  if (outputs.includes(output)) return;
  const at = lookup.items === undefined ? 'flow' : 'items';
  yield missing(`${place}/${at}`, `"${flow.id}" has no output "${output}".`, output, outputs);
}

function missing(pointer: string, message: string, name: string, known: readonly string[]): Diagnostic<ConnectCode> {
  return lookupFault(pointer, message, didYouMean(name, known, `There are: ${known.join(', ') || 'none'}.`));
}

function lookupFault(pointer: string, message: string, hint: string): Diagnostic<ConnectCode> {
  return fault('connector-lookup', pointer, message, hint);
}
