/** Owned phone numbers: list, fetch, buy, release, and set the URLs that inbound messages are sent to. */

import { ownedSender } from '../accounts.js';
import { magicPurchase } from '../magic.js';
import { Refusal } from '../wire/errors.js';
import { readParameters } from '../wire/parameters.js';
import { type Call, listReply, named, type Reply } from '../world.js';
import { offered } from './available.js';
import { NUMBER_PARAMETERS, newNumber, numberResource, type OwnedNumber } from './owned.js';
import { patternOf } from './pattern.js';

/** `GET …/IncomingPhoneNumbers`, filtered by an exact `FriendlyName` and by digits of `PhoneNumber` (`*`: any one). */
export function listNumbers(call: Call): Reply {
  const { account, query } = call;
  const digits = query.get('PhoneNumber') || null;
  const name = query.get('FriendlyName') || null;
  const odd = query.get('Beta') === 'true' || ['hosted'].includes(query.get('Origin') ?? '');
  const pattern = digits === null ? null : patternOf(digits);
  return listReply(call, 'IncomingPhoneNumbers', 'incoming_phone_numbers', {
    shelf: account.numbers,
    wanted: (number) =>
      !odd &&
      (pattern === null || pattern.test(number.phoneNumber)) &&
      (name === null || number.values.FriendlyName === name),
    show: (number) => numberResource(call.principal.accountSid, number),
  });
}

/** `GET …/IncomingPhoneNumbers/{PN…}` */
export function fetchNumber(call: Call): Reply {
  return numberReply(call, 200, named(call, call.account.numbers));
}

/** `POST …/IncomingPhoneNumbers/{PN…}`: sets what is given, leaves the rest. */
export function updateNumber(call: Call): Reply {
  const number = named(call, call.account.numbers);
  Object.assign(number.values, readParameters(call.form, NUMBER_PARAMETERS));
  number.updatedAt = call.world.clock();
  return numberReply(call, 200, number);
}

/** `POST …/IncomingPhoneNumbers`: the magic numbers are on sale, and those that a search offers. */
export function buyNumber(call: Call): Reply {
  const { account, form, principal, world } = call;
  const wanted = form.get('PhoneNumber');
  const areaCode = form.get('AreaCode');
  const offer =
    principal.kind === 'test' ? undefined : offered(wanted, areaCode, (each) => !ownedSender(account, each));
  const refused = offer === undefined ? magicPurchase(wanted, areaCode) : undefined;
  if (refused !== undefined) throw new Refusal(refused, { number: wanted ?? '', area: areaCode ?? '' });
  const values = readParameters(form, NUMBER_PARAMETERS);
  const number = newNumber(world.sids.next('PN'), offer ?? wanted ?? '+15005550006', world.clock());
  Object.assign(number.values, values);
  if (principal.kind !== 'test') account.numbers.add(number);
  return numberReply(call, 201, number);
}

/** `DELETE …/IncomingPhoneNumbers/{PN…}`: the number leaves the account and the pools of its Messaging Services. */
export function releaseNumber(call: Call): Reply {
  const { sid } = named(call, call.account.numbers);
  call.account.numbers.delete(sid);
  for (const service of call.account.services) service.pool.delete(sid);
  return { status: 204 };
}

function numberReply(call: Call, status: number, number: OwnedNumber): Reply {
  return { status, element: 'IncomingPhoneNumber', fields: numberResource(call.principal.accountSid, number) };
}
