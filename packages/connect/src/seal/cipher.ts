/** AES-256-GCM with a full tag, a random 96-bit IV and a bound context: what is sealed for one purpose opens for no other. */
import { fromBase64, toBase64 } from './bytes.js';

/** A sealed text, as JSON holds it. */
export interface SealedText {
  /** Base64. */
  readonly iv: string;
  /** Base64, the tag at its end. */
  readonly text: string;
}

const ALGORITHM = 'AES-GCM';
/** Shorter tags are easier to forge, and some platforms open them unless they are told the length. */
const TAG_BITS = 128;
const KEY_BYTES = 32;

/** A key of 32 bytes; null: it has another length. */
export async function importKey(bytes: Uint8Array<ArrayBuffer>): Promise<CryptoKey | null> {
  if (bytes.length !== KEY_BYTES) return null;
  return crypto.subtle.importKey('raw', bytes, ALGORITHM, false, ['encrypt', 'decrypt']);
}

export function randomKey(): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(KEY_BYTES));
}

export async function seal(key: CryptoKey, context: string, bytes: Uint8Array<ArrayBuffer>): Promise<SealedText> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(parameters(iv, context), key, bytes);
  return { iv: toBase64(iv), text: toBase64(new Uint8Array(sealed)) };
}

/** Null: another key, another context, or a text that was changed. Which of these it is cannot be told. */
export async function unseal(
  key: CryptoKey,
  context: string,
  { iv, text }: SealedText,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const [nonce, bytes] = [fromBase64(iv), fromBase64(text)];
  if (nonce === null || nonce.length !== 12 || bytes === null || bytes.length < TAG_BITS / 8) return null;
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters(nonce, context), key, bytes));
  } catch {
    return null;
  }
}

function parameters(iv: Uint8Array<ArrayBuffer>, context: string): AesGcmParams {
  return { name: ALGORITHM, iv, additionalData: new TextEncoder().encode(context), tagLength: TAG_BITS };
}
