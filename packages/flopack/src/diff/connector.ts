/** What changed in what a connector declares: those who use its cards, and those who keep connections of it, feel it. */
import type { Field } from '@flowdeck/engine';
import type { ConnectorDocument } from '@flowdeck/engine/kit';
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
  diffMember('auth.type', a.auth.type, b.auth.type, true, changes);
  diffNeeded(a.auth.fields, b.auth.fields, 'credential', changes);
  diffNeeded(a.parameters, b.parameters, 'parameter', changes);
  diffMember('errors', a.errors, b.errors, false, changes);
  for (const role of ['authping', 'revoke', 'httpHelper'] as const) {
    diffMember(`flows.${role}`, a.flows[role], b.flows[role], false, changes);
  }
  for (const [id, old, now] of paired(a.flows.actions ?? [], b.flows.actions ?? [], (flow) => flow)) {
    if (old === null) changes.push(change('action-added', { field: id, message: `The action "${id}" is new.` }));
    else if (now === null) {
      const message = `The action "${id}" is gone: there is no card "${b.key}.${id}" any more.`;
      changes.push(change('action-removed', { field: id, breaking: true, message }));
    }
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
