/** Looks at what the flows of a connector read of their connection: a name that nothing declares gives null for ever. */
import type { Diagnostic, FlowFile } from '@flowdeck/engine';
import { type ConnectorDocument, isDeck, parsePointer, pointerTo } from '@flowdeck/engine/kit';
import type { CliCode } from '../codes.js';
import { didYouMean } from '../suggest.js';

/** Credentials that a connection has by its kind of authentication. */
const BY_KIND: Readonly<Record<ConnectorDocument['auth']['type'], readonly string[]>> = {
  basic: ['username', 'password'],
  oauth2: ['access_token', 'refresh_token', 'token_type', 'scope', 'client_id', 'client_secret'],
  custom: [],
};

/** Warnings: a host may give credentials that the manifest does not name. Pointers lead into the document. */
export function checkConnectionNames(document: FlowFile): readonly Diagnostic[] {
  if (!isDeck(document) || document.connector === undefined) return [];
  const { auth, parameters = [] } = document.connector;
  const fields = [...(auth.fields ?? []), ...parameters].map(({ key }) => key);
  const known = new Set([...BY_KIND[auth.type], ...fields]);
  const found: Diagnostic<CliCode>[] = [];
  for (const [index, flow] of document.flows.entries()) {
    for (const [from, pointer] of references(flow.cards, `/flows/${index}/cards`)) {
      const [root, name] = parsePointer(from);
      if (root !== 'connection' || name === undefined || known.has(name)) continue;
      found.push({
        severity: 'warning',
        code: 'connection-name-unknown',
        flow: flow.id,
        pointer,
        message: `The connector declares neither a credential nor a parameter ${JSON.stringify(name)}.`,
        hint: didYouMean(name, [...known]) ?? `Declared: ${[...known].join(', ') || 'none'}.`,
      });
    }
  }
  return found;
}

/** Every `{"from": "/..."}`, at any depth, with its place. */
function* references(value: unknown, pointer: string): Generator<readonly [from: string, pointer: string]> {
  if (typeof value !== 'object' || value === null) return;
  if ('from' in value && typeof value.from === 'string' && value.from.startsWith('/')) yield [value.from, pointer];
  for (const [key, inner] of Object.entries(value)) yield* references(inner, pointerTo(pointer, key));
}
