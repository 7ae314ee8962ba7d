/** Every verb of a client, asked in turn. */
import type { RuntimeClient } from '@flowdeck/engine';

/** What each says instead of an answer; `said` is the message with the name of the error's class. */
export async function refusals(client: RuntimeClient): Promise<readonly Refusal[]> {
  const found: Refusal[] = [];
  for (const ask of [
    () => client.start({ runId: 'one', revision: 'r' }),
    () => client.end('one'),
    () => client.list(10),
    () => client.show('one'),
    () => client.cancel('one'),
    () => client.signal('one', 'resume', null),
  ]) {
    const error: unknown = await ask().then(
      () => null,
      (refusal: unknown) => refusal,
    );
    found.push({ ...(error as object), said: String(error) }); // whatever it is
  }
  return found;
}

export interface Refusal {
  readonly code?: unknown;
  readonly hint?: unknown;
  readonly said: string;
}
