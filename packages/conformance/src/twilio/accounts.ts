/** The state that a running service keeps of an account. */

import { type ApiKey, standing } from './account/key.js';
import { isShortCode } from './addresses.js';
import type { PhoneCall } from './calls/call.js';
import { type ContentTemplate, templateOf } from './content/template.js';
import type { Sink } from './events/sink.js';
import type { Subscription } from './events/subscription.js';
import type { Message } from './messages/message.js';
import { type MessagingService, serviceOf } from './messaging/service.js';
import { newNumber, type OwnedNumber } from './numbers/owned.js';
import { newShortCode, type ShortCode } from './numbers/short-code.js';
import type { TwilioAccountSetup } from './setup.js';
import { createShelf, type Shelf } from './shelf.js';
import type { SidSource } from './sids.js';
import type { VerifyService } from './verify/service.js';
import type { Verification } from './verify/verification.js';

/** The live state of one account. */
export interface Account {
  readonly setup: TwilioAccountSetup;
  readonly createdAt: number;
  readonly messages: Shelf<Message>;
  /** Messages that may still take a step, oldest first. */
  readonly moving: Set<Message>;
  /** When a person last wrote to one of the account's senders (Unix milliseconds), by `sender|person`. */
  readonly lastInbound: Map<string, number>;
  readonly keys: Shelf<ApiKey>;
  readonly numbers: Shelf<OwnedNumber>;
  readonly shortCodes: Shelf<ShortCode>;
  readonly calls: Shelf<PhoneCall>;
  readonly services: Shelf<MessagingService>;
  readonly templates: Shelf<ContentTemplate>;
  readonly verifyServices: Shelf<VerifyService>;
  readonly verifications: Shelf<Verification>;
  readonly sinks: Shelf<Sink>;
  readonly subscriptions: Shelf<Subscription>;
  /** `own number|recipient`, or `*|recipient`. */
  readonly optOuts: Set<string>;
}

/** Makes the live state of an account at the time `now` (Unix milliseconds). */
export function openAccount(setup: TwilioAccountSetup, sids: SidSource, now: number): Account {
  sids.adopt(setup.sid);
  const account: Account = {
    setup,
    createdAt: now,
    messages: createShelf(sids),
    moving: new Set(),
    lastInbound: new Map(),
    keys: createShelf(sids),
    numbers: createShelf(sids),
    shortCodes: createShelf(sids),
    calls: createShelf(sids),
    services: createShelf(sids),
    templates: createShelf(sids),
    verifyServices: createShelf(sids),
    verifications: createShelf(sids),
    sinks: createShelf(sids),
    subscriptions: createShelf(sids),
    optOuts: new Set((setup.optedOut ?? []).map((recipient) => `*|${recipient}`)),
  };
  for (const key of setup.keys ?? []) {
    sids.adopt(key.sid);
    account.keys.add(standing(key, now));
  }
  for (const number of setup.numbers ?? []) {
    if (isShortCode(number)) account.shortCodes.add(newShortCode(sids.next('SC'), number, now));
    else account.numbers.add(newNumber(sids.next('PN'), number, now));
  }
  const { webhooks } = setup;
  if (webhooks !== undefined) {
    for (const sender of [...account.numbers, ...account.shortCodes]) sender.values.SmsUrl = webhooks;
  }
  for (const service of setup.services ?? []) {
    sids.adopt(service.sid);
    const inboundRequestUrl = service.inboundRequestUrl ?? webhooks;
    const told = inboundRequestUrl === undefined ? service : { ...service, inboundRequestUrl };
    account.services.add(serviceOf(told, account, sids, now));
  }
  for (const template of setup.templates ?? []) {
    sids.adopt(template.sid);
    account.templates.add(templateOf(template, now));
  }
  return account;
}

/** The number or short code of the account that is written so. */
export function ownedSender(account: Account, address: string): OwnedNumber | ShortCode | undefined {
  for (const number of account.numbers) if (number.phoneNumber === address) return number;
  for (const code of account.shortCodes) if (code.phoneNumber === address) return code;
  return undefined;
}
