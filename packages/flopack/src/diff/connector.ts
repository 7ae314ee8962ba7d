/** What changed in what a connector declares: those who use its cards, and those who keep connections of it, feel it. */
import type { Field } from '@flowdeck/engine';
import {
  type AuthMethod,
  authMethodOf,
  authMethodsOf,
  type ConnectorDocument,
  type ConnectorEvent,
  type ConnectorPoll,
} from '@flowdeck/engine/kit';
import { sameJson } from '../json.js';
import { type Change, change, diffFields, paired } from './change.js';

type Connector = ConnectorDocument | undefined;

export function diffConnectors(a: Connector, b: Connector, changes: Change[]): void {
  if (a === undefined && b === undefined) return;
  if (a === undefined || b === undefined) {
    const kind = a === undefined ? 'connector-added' : 'connector-removed';
    const key = (a ?? b)?.key ?? '';
    const message = `The connector "${key}" is ${a === undefined ? 'new' : 'gone'}.`;
    changes.push(change(kind, { breaking: b === undefined, message }));
    return;
  }
  diffMember('key', a.key, b.key, true, changes);
  diffMember('version', a.version, b.version, false, changes);
  // Credentials that people have entered fit one kind of authentication only.
  diffMethods(a, b, changes);
  diffNeeded(a.parameters, b.parameters, 'parameter', changes);
  diffMember('errors', a.errors, b.errors, false, changes);
  for (const role of ['authping', 'revoke', 'httpHelper'] as const) {
    diffMember(`flows.${role}`, a.flows[role], b.flows[role], false, changes);
  }
  for (const what of ['events', 'polls'] as const) {
    for (const [key, old, now] of paired<ConnectorEvent | ConnectorPoll>(
      a[what] ?? [],
      b[what] ?? [],
      (each) => each.key,
    ))
      diffMember(`${what}.${key}`, old, now, now === null, changes);
  }
  for (const what of ['config', 'lookups', 'requests'] as const) diffMember(what, a[what], b[what], false, changes);
  for (const [id, old, now] of paired(a.flows.actions ?? [], b.flows.actions ?? [], (flow) => flow)) {
    if (old === null) changes.push(change('action-added', { field: id, message: `The action "${id}" is new.` }));
    else if (now === null) {
      const message = `The action "${id}" is gone: there is no card "${b.key}.${id}" any more.`;
      changes.push(change('action-removed', { field: id, breaking: true, message }));
    }
  }
}

/** A connection names its method by its key; without one it has the first. */
function diffMethods(a: ConnectorDocument, b: ConnectorDocument, changes: Change[]): void {
  const place = (method: AuthMethod, index: number) => (index === 0 ? 'auth' : `auth.${method.key ?? index}`);
  for (const [index, old] of authMethodsOf(a).entries()) {
    const now = authMethodOf(b, index === 0 && authMethodOf(b, old.key) === null ? undefined : old.key);
    diffMember(`${place(old, index)}.type`, old.type, now?.type, true, changes);
    if (now === null) continue;
    diffNeeded(old.fields, now.fields, 'credential', changes);
    diffMember(`${place(old, index)}.oauth`, old.oauth, now.oauth, false, changes);
  }
  for (const [index, now] of authMethodsOf(b).entries()) {
    if (index > 0 && authMethodOf(a, now.key) === null)
      diffMember(place(now, index), undefined, now.type, false, changes);
  }
}

function diffNeeded(a: readonly Field[] = [], b: readonly Field[] = [], what: string, changes: Change[]): void {
  diffFields(a, b, what, (field, breaking, message) =>
    changes.push(change('connector-changed', { field, breaking, message: `The connector: ${message}` })),
  );
}

function diffMember(field: string, before: unknown, after: unknown, breaking: boolean, changes: Change[]): void {
  if (sameJson(before ?? null, after ?? null)) return;
  const message = `"${field}" of the connector changed.`;
  changes.push(change('connector-changed', { field, before: before ?? null, after: after ?? null, breaking, message }));
}
