/** Owned phone numbers: list, fetch, buy, and set the URLs that inbound messages are sent to. */

import { newNumber, type OwnedNumber } from './accounts.js';
import { magicPurchase } from './magic.js';
import { rfc2822 } from './wire/dates.js';
import { Refusal } from './wire/errors.js';
import { pageOf } from './wire/paging.js';
import { isWebUrl } from './wire/urls.js';
import { accountPath, type Call, type Reply } from './world.js';

/** Writable parameters and the fields they set. An empty URL clears it. */
const WRITABLE = {
  FriendlyName: 'friendlyName',
  SmsUrl: 'smsUrl',
  SmsMethod: 'smsMethod',
  SmsFallbackUrl: 'smsFallbackUrl',
  SmsFallbackMethod: 'smsFallbackMethod',
  SmsApplicationSid: 'smsApplicationSid',
  StatusCallback: 'statusCallback',
  StatusCallbackMethod: 'statusCallbackMethod',
} as const;
const URLS: ReadonlySet<string> = new Set(['SmsUrl', 'SmsFallbackUrl', 'StatusCallback']);
const METHODS: ReadonlySet<string> = new Set(['SmsMethod', 'SmsFallbackMethod', 'StatusCallbackMethod']);

/** `GET …/IncomingPhoneNumbers`, filtered by an exact `PhoneNumber` or `FriendlyName`. */
export function listNumbers(call: Call): Reply {
  const { account, path, query, world } = call;
  const phoneNumber = query.get('PhoneNumber');
  const friendlyName = query.get('FriendlyName');
  const numbers = [...account.numbers.values()].filter(
    (number) =>
      (!phoneNumber || number.phoneNumber === phoneNumber) && (!friendlyName || number.friendlyName === friendlyName),
  );
  const page = { path, query, key: 'incoming_phone_numbers', sids: world.sids };
  return {
    status: 200,
    element: 'IncomingPhoneNumbers',
    fields: pageOf(numbers, page, (number) => numberResource(call, number)),
  };
}

/** `GET …/IncomingPhoneNumbers/{PN…}` */
export function fetchNumber(call: Call): Reply {
  return { status: 200, element: 'IncomingPhoneNumber', fields: numberResource(call, findNumber(call)) };
}

/** `POST …/IncomingPhoneNumbers/{PN…}`: sets what is given, leaves the rest. */
export function updateNumber(call: Call): Reply {
  const number = findNumber(call);
  write(number, call.form);
  number.updatedAt = call.world.clock();
  return { status: 200, element: 'IncomingPhoneNumber', fields: numberResource(call, number) };
}

/** `POST …/IncomingPhoneNumbers`: only the magic numbers are on sale. */
export function buyNumber(call: Call): Reply {
  const { account, form, principal, world } = call;
  const phoneNumber = form.get('PhoneNumber');
  const areaCode = form.get('AreaCode');
  const refused = magicPurchase(phoneNumber, areaCode);
  if (refused !== undefined) throw new Refusal(refused, { number: phoneNumber ?? '', area: areaCode ?? '' });
  const number = newNumber(world.sids.next('PN'), phoneNumber ?? '+15005550006', world.clock());
  write(number, form);
  if (principal.kind !== 'test') account.numbers.set(number.sid, number);
  return { status: 201, element: 'IncomingPhoneNumber', fields: numberResource(call, number) };
}

function findNumber(call: Call): OwnedNumber {
  const number = call.account.numbers.get(call.params['NumberSid'] ?? '');
  if (!number) throw new Refusal(20404, { path: call.path });
  return number;
}

function write(number: OwnedNumber, form: URLSearchParams): void {
  for (const name of Object.keys(WRITABLE)) {
    const value = form.get(name) ?? '';
    if (URLS.has(name) && value !== '' && !isWebUrl(value)) throw new Refusal(20001, { what: `${name} is not a URL` });
    if (METHODS.has(name) && !['', 'GET', 'POST'].includes(value)) {
      throw new Refusal(20001, { what: `${name} must be GET or POST` });
    }
  }
  for (const [name, field] of Object.entries(WRITABLE)) number[field] = form.get(name) ?? number[field];
}

function numberResource(call: Call, number: OwnedNumber): Record<string, unknown> {
  return {
    account_sid: call.principal.accountSid,
    address_requirements: 'none',
    address_sid: null,
    api_version: '2010-04-01',
    beta: false,
    bundle_sid: null,
    capabilities: { voice: true, sms: true, mms: true, fax: false },
    date_created: rfc2822(number.createdAt),
    date_updated: rfc2822(number.updatedAt),
    emergency_address_sid: null,
    emergency_address_status: 'unregistered',
    emergency_status: 'Inactive',
    friendly_name: number.friendlyName,
    identity_sid: null,
    origin: 'twilio',
    phone_number: number.phoneNumber,
    sid: number.sid,
    sms_application_sid: number.smsApplicationSid,
    sms_fallback_method: number.smsFallbackMethod,
    sms_fallback_url: number.smsFallbackUrl,
    sms_method: number.smsMethod,
    sms_url: number.smsUrl,
    status: 'in-use',
    status_callback: number.statusCallback,
    status_callback_method: number.statusCallbackMethod,
    trunk_sid: null,
    type: 'local',
    uri: `${accountPath(call)}/IncomingPhoneNumbers/${number.sid}.json`,
    voice_application_sid: '',
    voice_caller_id_lookup: false,
    voice_fallback_method: 'POST',
    voice_fallback_url: null,
    voice_method: 'POST',
    voice_receive_mode: 'voice',
    voice_url: null,
  };
}
