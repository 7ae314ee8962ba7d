/** Who a message comes from: an owned number, a channel, a name, or a Messaging Service that picks later. */

import { ownedSender } from '../accounts.js';
import {
  type Address,
  isAlphanumericSender,
  isPhoneNumber,
  isRecipient,
  isSender,
  parseAddress,
} from '../addresses.js';
import { MAGIC_FROM, MAGIC_TO, MAGIC_VALID_FROM } from '../magic.js';
import type { MessagingService } from '../messaging/service.js';
import { Refusal } from '../wire/errors.js';
import type { Call } from '../world.js';

export interface Sender {
  /** Null when the service picks. */
  readonly from: string | null;
  readonly service: MessagingService | undefined;
}

/**
 * Checks both addresses for their shape, then the caller's right to the sender.
 *
 * @throws Refusal 21211, 21212 (shape), 21910 (two channels), 21606, 21611, 21612, 63007 (sender), 21701, 21703 (service)
 */
export function checkSender(call: Call, toText: string): Sender {
  const to = parseAddress(toText);
  const fromText = call.form.get('From') || null;
  const from = fromText === null ? undefined : parseAddress(fromText);
  if (!isRecipient(to) || MAGIC_TO[to.id] === 21211) throw new Refusal(21211, { to: toText });
  if (from && (!isSender(from) || MAGIC_FROM[from.id] === 21212)) throw new Refusal(21212, { from: from.id });
  const service = findService(call);
  if (from && fromText !== null) {
    if (from.channel !== to.channel) throw new Refusal(21910);
    if (service) checkPool(service, fromText);
    else checkOwned(call, from, fromText, to);
  }
  return { from: fromText, service };
}

function findService(call: Call): MessagingService | undefined {
  const sid = call.form.get('MessagingServiceSid') || null;
  if (sid === null) return undefined;
  const service = call.principal.kind === 'test' ? undefined : call.account.services.get(sid);
  if (!service) throw new Refusal(21701, { service: sid });
  if (service.pool.size === 0) throw new Refusal(21703);
  return service;
}

function checkPool(service: MessagingService, from: string): void {
  if (![...service.pool.values()].some((sender) => sender.address === from)) throw new Refusal(21606, { from });
}

function checkOwned(call: Call, from: Address, fromText: string, to: Address): void {
  const magic = MAGIC_FROM[from.id];
  if (magic !== undefined) throw new Refusal(magic, { from: from.id });
  const test = call.principal.kind === 'test';
  if (from.channel !== 'sms') {
    if (test || !call.account.setup.channelSenders?.includes(fromText)) throw new Refusal(63007, { from: fromText });
    return;
  }
  if (isAlphanumericSender(from.id) && !test && call.account.setup.type !== 'Trial') {
    // Names are not delivered in the North American plan.
    if (to.id.startsWith('+1') && isPhoneNumber(to.id)) throw new Refusal(21612, { to: to.id, from: from.id });
    return;
  }
  const owned = test ? from.id === MAGIC_VALID_FROM : ownedSender(call.account, from.id);
  if (!owned) throw new Refusal(21606, { from: from.id });
}
