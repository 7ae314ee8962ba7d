/** Secrets that deliveries are proven by: the one of now, and for a while the one before, since both sides change theirs at different times. */
import type { JsonData } from '@flowdeck/engine';
import type { EventDelivery } from '@flowdeck/engine/kit';
import { valueAt } from './parts.js';

/** How long a secret is good after another has come, in milliseconds. */
const OVERLAP_MS = 24 * 3_600_000;

/** Where a secret may stand. */
export interface SecretSources {
  /** Made by us. */
  readonly generated: string | null;
  readonly registration: JsonData;
  readonly connection: JsonData;
}

interface Rotation {
  readonly current: string;
  readonly before: string | null;
  /** When the one before ends. */
  readonly until: number;
}

export class DeliverySecrets {
  readonly #rotations = new Map<string, Rotation>();

  /** Those of a flow that are valid now, the latest first. A text, or a list of texts, may stand where the secret does. */
  of(flow: string, declared: EventDelivery['secret'], sources: SecretSources, now: number): readonly Uint8Array[] {
    if (declared === undefined) return [];
    return this.#valid(flow, textsAt(declared, sources), now).flatMap((text) => {
      const { prefix = '', encoding = 'text' } = declared;
      const bare = text.startsWith(prefix) ? text.slice(prefix.length) : text;
      const bytes = Buffer.from(bare, encoding === 'text' ? 'utf8' : encoding);
      return bytes.length === 0 ? [] : [bytes];
    });
  }

  #valid(flow: string, texts: readonly string[], now: number): readonly string[] {
    const [current] = texts;
    if (current === undefined) return [];
    const known = this.#rotations.get(flow);
    if (known?.current !== current) {
      const before = known?.current ?? null;
      this.#rotations.set(flow, { current, before, until: now + OVERLAP_MS });
    }
    const { before = null, until = 0 } = this.#rotations.get(flow) ?? {};
    return before === null || now >= until || texts.includes(before) ? texts : [...texts, before];
  }
}

function textsAt(
  { from, path = '' }: NonNullable<EventDelivery['secret']>,
  { generated, registration, connection }: SecretSources,
): readonly string[] {
  if (from === 'generated') return generated === null ? [] : [generated];
  const found = valueAt(from === 'registration' ? registration : connection, path);
  const texts: readonly JsonData[] = Array.isArray(found) ? found : [found ?? null];
  return texts.flatMap((text) => (typeof text === 'string' && text !== '' ? [text] : []));
}
