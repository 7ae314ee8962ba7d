/** Names of flows: distinct, of letters, digits and spaces, and the reserved ones where they belong. */
import type { Diagnostic, FlowType } from '@flowdeck/engine';
import type { DeckFlow } from '@flowdeck/engine/kit';
import type { ConnectCode } from '../codes.js';
import type { ConnectorDeck } from '../manifest/types.js';
import { fault } from './rule.js';

const PLAIN = /^[\p{L}\p{N}](?:[\p{L}\p{N} ]*[\p{L}\p{N}])?$/u;

/** Names of system flows, which no other flow may have. */
const RESERVED: ReadonlyMap<string, { readonly type: FlowType; readonly code: ConnectCode }> = new Map([
  ['_authping', { type: 'authping', code: 'connector-authping-name' }],
  ['_revoke', { type: 'revoke', code: 'connector-revoke-name' }],
]);

/** Types of flows that something in a connector starts. */
const STARTED: ReadonlySet<FlowType> = new Set([
  'helper',
  'action',
  'authping',
  'revoke',
  'webhook',
  'webhook-register',
  'webhook-deregister',
  'polling',
]);

export function* flowNames({ flows }: ConnectorDeck): Iterable<Diagnostic<ConnectCode>> {
  const names = new Set<string>();
  for (const [index, flow] of flows.entries()) {
    const name = flow.name ?? flow.id;
    const pointer = `/flows/${index}/${flow.name === undefined ? 'id' : 'name'}`;
    yield* wrongName(flow, name, pointer);
    if (names.has(name)) {
      const message = `Another flow has the name ${JSON.stringify(name)} already.`;
      yield fault('connector-name-taken', pointer, message, 'Rename one of them.');
    }
    names.add(name);
    if (!STARTED.has(flow.type)) {
      const message = `Nothing in a connector starts a flow of type "${flow.type}".`;
      const hint = 'Give it the type of its role, or keep it in a deck of its own.';
      yield fault('connector-start', `/flows/${index}/type`, message, hint);
    }
  }
}

function* wrongName({ type }: DeckFlow, name: string, pointer: string): Iterable<Diagnostic<ConnectCode>> {
  const reserved = RESERVED.get(name);
  if (reserved === undefined) {
    if (PLAIN.test(name)) return;
    const message = `The name ${JSON.stringify(name)} has more than letters, digits and spaces, or a space at an end.`;
    yield fault('connector-flow-name', pointer, message, 'Give the flow a "name" of letters, digits and spaces.');
  } else if (type !== reserved.type) {
    const message = `The name "${name}" belongs to the flow of type "${reserved.type}", and this one is a "${type}".`;
    yield fault(reserved.code, pointer, message, 'Rename the flow, or correct its type.');
  }
}
