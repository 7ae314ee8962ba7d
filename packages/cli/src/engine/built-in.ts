/** The packs that come with the command, loaded only when something needs them: most flows should not pay for them. */
import type { Pack } from '@flowdeck/engine';
import { namespacesOf } from '@flowdeck/engine/kit';

const BUILT_IN: ReadonlyMap<string, () => Promise<Pack>> = new Map([
  ['twilio', async () => (await import('@flowdeck/connector-twilio')).twilio],
]);

/** The namespaces of all of them. */
export function everyBuiltIn(): ReadonlySet<string> {
  return new Set(BUILT_IN.keys());
}

/** Those of the wanted namespaces, unless another pack has that name. */
export function builtInPacks(wanted: ReadonlySet<string>, others: readonly Pack[]): Promise<readonly Pack[]> {
  const taken = new Set(others.flatMap(namespacesOf));
  return Promise.all(
    [...BUILT_IN].flatMap(([namespace, load]) => (wanted.has(namespace) && !taken.has(namespace) ? [load()] : [])),
  );
}
