/** Senders of a Messaging Service: which numbers, short codes and names its pool holds. */

import { isAlphanumericSender } from '../addresses.js';
import { fixedListing } from '../shelf.js';
import { iso8601 } from '../wire/dates.js';
import { Refusal } from '../wire/errors.js';
import { required } from '../wire/parameters.js';
import { type Call, metaListReply, named, type Reply } from '../world.js';
import type { MessagingService, PoolSender } from './service.js';

/** How the three kinds of senders are written. */
const KINDS = {
  number: { path: 'PhoneNumbers', key: 'phone_numbers', field: 'phone_number' },
  'short-code': { path: 'ShortCodes', key: 'short_codes', field: 'short_code' },
  alpha: { path: 'AlphaSenders', key: 'alpha_senders', field: 'alpha_sender' },
} as const;

type Kind = keyof typeof KINDS;

/** `GET /v1/Services/{MG…}/PhoneNumbers`, `ShortCodes` or `AlphaSenders` */
export function listSenders(kind: Kind): (call: Call) => Reply {
  return (call) => {
    const service = named(call, call.account.services, 'ServiceSid');
    const senders = [...service.pool.values()].filter((sender) => sender.kind === kind).reverse();
    const show = (sender: PoolSender) => senderResource(call, service, sender);
    return metaListReply(call, KINDS[kind].key, { shelf: fixedListing(senders), show });
  };
}

/** `GET /v1/Services/{MG…}/PhoneNumbers/{PN…}` and its siblings */
export function fetchSender(kind: Kind): (call: Call) => Reply {
  return (call) => {
    const service = named(call, call.account.services, 'ServiceSid');
    return { status: 200, fields: senderResource(call, service, senderOf(call, service, kind)) };
  };
}

/** `DELETE /v1/Services/{MG…}/PhoneNumbers/{PN…}` and its siblings: the account keeps the number. */
export function removeSender(kind: Kind): (call: Call) => Reply {
  return (call) => {
    const service = named(call, call.account.services, 'ServiceSid');
    service.pool.delete(senderOf(call, service, kind).sid);
    return { status: 204 };
  };
}

/** `POST /v1/Services/{MG…}/PhoneNumbers`: an owned number, which can be in one service only. */
export function addNumber(call: Call): Reply {
  const number = call.account.numbers.get(required(call.form, 'PhoneNumberSid'));
  return add(call, 'number', number?.sid, number?.phoneNumber);
}

/** `POST /v1/Services/{MG…}/ShortCodes` */
export function addShortCode(call: Call): Reply {
  const code = call.account.shortCodes.get(required(call.form, 'ShortCodeSid'));
  return add(call, 'short-code', code?.sid, code?.phoneNumber);
}

/** `POST /v1/Services/{MG…}/AlphaSenders`: a name of up to 11 letters, digits and spaces. */
export function addAlphaSender(call: Call): Reply {
  const name = required(call.form, 'AlphaSender');
  if (!isAlphanumericSender(name)) throw new Refusal(20001, { what: `AlphaSender ${name} is no sender name` });
  const service = named(call, call.account.services, 'ServiceSid');
  if ([...service.pool.values()].some((sender) => sender.address === name)) throw new Refusal(21710);
  return add(call, 'alpha', call.world.sids.next('AI'), name);
}

/** @throws Refusal 20404 (not the account's), 21710 (there already), 21712 (in another service) */
function add(call: Call, kind: Kind, sid: string | undefined, address: string | undefined): Reply {
  const service = named(call, call.account.services, 'ServiceSid');
  if (sid === undefined || address === undefined) throw new Refusal(20404, { path: call.path });
  if (service.pool.has(sid)) throw new Refusal(21710);
  for (const other of call.account.services) if (other.pool.has(sid)) throw new Refusal(21712);
  const sender: PoolSender = { sid, kind, address, createdAt: call.world.clock() };
  service.pool.set(sid, sender);
  return { status: 201, fields: senderResource(call, service, sender) };
}

function senderOf(call: Call, service: MessagingService, kind: Kind): PoolSender {
  const sender = named(call, service.pool);
  if (sender.kind !== kind) throw new Refusal(20404, { path: call.path });
  return sender;
}

function senderResource(call: Call, service: MessagingService, sender: PoolSender): Record<string, unknown> {
  const { field, path } = KINDS[sender.kind];
  return {
    sid: sender.sid,
    account_sid: call.principal.accountSid,
    service_sid: service.sid,
    date_created: iso8601(sender.createdAt),
    date_updated: iso8601(sender.createdAt),
    [field]: sender.address,
    ...(sender.kind === 'alpha' ? {} : { country_code: countryCodeOf(sender.address) }),
    capabilities: sender.kind === 'number' ? ['SMS', 'MMS', 'Voice'] : ['SMS'],
    url: `${call.origin}/v1/Services/${service.sid}/${path}/${sender.sid}`,
  };
}

/** Numbers of this service are American, Canadian or British; short codes are American. */
function countryCodeOf(address: string): string {
  return address.startsWith('+44') ? 'GB' : 'US';
}
