/** Message addresses: E.164 numbers, short codes, alphanumeric senders, channel addresses. */

const E164 = /^\+[1-9]\d{1,14}$/;
/** Numbers of the North American plan have ten digits, the first of them from 2 to 9. */
const NORTH_AMERICAN = /^\+1[2-9]\d{9}$/;
const SHORT_CODE = /^\d{3,8}$/;
const ALPHANUMERIC = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/;

export interface Address {
  /** `sms` for a bare address, else the part before the colon: `whatsapp`, `messenger`, `rcs`. */
  channel: string;
  /** The address without its channel. */
  id: string;
}

/** Splits `whatsapp:+1555…` into channel and address. */
export function parseAddress(text: string): Address {
  const match = /^(whatsapp|messenger|rcs):(.*)$/s.exec(text);
  return match ? { channel: match[1] ?? 'sms', id: match[2] ?? '' } : { channel: 'sms', id: text };
}

/**
 * True for a number in E.164. No repair is tried: a lost plus sign or a leading space, the marks of a form body
 * that was not percent-encoded, make a number invalid.
 */
export function isPhoneNumber(text: string): boolean {
  return E164.test(text) && (!text.startsWith('+1') || NORTH_AMERICAN.test(text));
}

export function isShortCode(text: string): boolean {
  return SHORT_CODE.test(text);
}

export function isAlphanumericSender(text: string): boolean {
  return ALPHANUMERIC.test(text);
}

/** True when a message may go to this address at all. */
export function isRecipient(address: Address): boolean {
  return address.channel === 'sms' || address.channel === 'whatsapp' ? isPhoneNumber(address.id) : address.id !== '';
}

/** True when a message may come from this address, whoever owns it. */
export function isSender(address: Address): boolean {
  if (address.channel !== 'sms') return isRecipient(address) || address.channel === 'rcs';
  return isPhoneNumber(address.id) || isShortCode(address.id) || isAlphanumericSender(address.id);
}
