/** The host's key on what its runs leave behind: AES-256-GCM whose nonce is worked out from the text. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { FlowdeckError, type RunSeal } from '@flowdeck/engine';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

/**
 * Seals what runtimes store. Whoever sees the store learns which texts are the same, and how long they are, and nothing else.
 *
 * @param hostKey 32 bytes as Base64, as `newHostKey` of `@flowdeck/connect` gives them.
 * @param formerKeys Those that the host had before: what they sealed is opened, and nothing more is sealed with them.
 * @throws FlowdeckError `runtime-key` when one is no such key.
 * @example
 * const journal = await fileJournal({ dir: './runs', seal: runSeal(key) });
 */
export function runSeal(hostKey: string, formerKeys: readonly string[] = []): RunSeal {
  const current = sealOf(hostKey);
  const all = [current, ...formerKeys.map(sealOf)];
  return {
    ...current,
    open(sealed) {
      for (const { open } of all) {
        const text = open(sealed);
        if (text !== null) return text;
      }
      return null;
    },
  };
}

function sealOf(hostKey: string): RunSeal {
  const bytes = Buffer.from(hostKey, 'base64');
  if (bytes.length !== KEY_BYTES || bytes.toString('base64') !== hostKey) throw keyFaulty();
  const derived = (purpose: string) =>
    new Uint8Array(hkdfSync('sha256', bytes, new Uint8Array(), `flowdeck|runs|1|${purpose}`, KEY_BYTES));
  const [cipherKey, nonceKey] = [derived('cipher'), derived('nonce')];
  const nonceOf = (text: string) => createHmac('sha256', nonceKey).update(text).digest().subarray(0, NONCE_BYTES);
  return {
    id: Buffer.from(derived('id')).toString('hex').slice(0, 16),
    close(text) {
      const nonce = nonceOf(text);
      const cipher = createCipheriv(ALGORITHM, cipherKey, nonce);
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
        'base64',
      );
    },
    open(sealed) {
      const all = Buffer.from(sealed, 'base64');
      if (all.length < NONCE_BYTES + TAG_BYTES) return null;
      const decipher = createDecipheriv(ALGORITHM, cipherKey, all.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(all.subarray(-TAG_BYTES));
      try {
        const text = decipher.update(all.subarray(NONCE_BYTES, -TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch {
        return null;
      }
    },
  };
}

function keyFaulty(): FlowdeckError {
  return new FlowdeckError('runtime-key', 'The key for what runs leave behind is not 32 bytes as Base64.', {
    hint: 'Make one with newHostKey() of @flowdeck/connect, or with "flowdeck connection key".',
  });
}
