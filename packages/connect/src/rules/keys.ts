/** What flows read under `/connection`: one thing for each key, and every config value from one source. */
import type { Diagnostic } from '@flowdeck/engine';
import { authMethodsOf, requiredCredentials } from '@flowdeck/engine/kit';
import type { ConnectCode } from '../codes.js';
import type { ConnectorDeck } from '../manifest/types.js';
import { fault } from './rule.js';

export function* keys({ connector }: ConnectorDeck): Iterable<Diagnostic<ConnectCode>> {
  const { parameters = [], config = [] } = connector;
  // Methods may share names: a connection has one of them.
  const taken = new Map<string, string>();
  for (const method of authMethodsOf(connector))
    for (const { key } of [...requiredCredentials(method), ...(method.fields ?? [])]) taken.set(key, 'a credential');
  const claim = function* (key: string, what: string, pointer: string): Iterable<Diagnostic<ConnectCode>> {
    const other = taken.get(key);
    if (other !== undefined) {
      const message = `The key "${key}" is that of ${other} already.`;
      yield fault('connector-key-twice', pointer, message, 'Choose another key: flows read both as /connection/KEY.');
    }
    taken.set(key, what);
  };
  for (const [index, { key }] of parameters.entries())
    yield* claim(key, 'a parameter', `/connector/parameters/${index}/key`);
  for (const [index, { key, value, flow }] of config.entries()) {
    yield* claim(key, 'a config value', `/connector/config/${index}/key`);
    if ((value === undefined) !== (flow === undefined)) continue;
    const has = value === undefined ? 'neither a value nor a flow' : 'a value and a flow';
    yield fault('connector-config', `/connector/config/${index}`, `"${key}" has ${has}.`, 'Give it one of the two.');
  }
}
