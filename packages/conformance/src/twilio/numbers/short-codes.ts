/** Short codes: list, fetch, and set the URLs that inbound messages are sent to. */

import { readParameters } from '../wire/parameters.js';
import { type Call, listReply, named, type Reply } from '../world.js';
import { SHORT_CODE_PARAMETERS, type ShortCode, shortCodeResource } from './short-code.js';

/** `GET …/SMS/ShortCodes`, filtered by an exact `ShortCode` or `FriendlyName`. */
export function listShortCodes(call: Call): Reply {
  const digits = call.query.get('ShortCode') || null;
  const name = call.query.get('FriendlyName') || null;
  return listReply(call, 'ShortCodes', 'short_codes', {
    shelf: call.account.shortCodes,
    wanted: (code) =>
      (digits === null || code.phoneNumber === digits) && (name === null || code.values.FriendlyName === name),
    show: (code) => shortCodeResource(call.principal.accountSid, code),
  });
}

/** `GET …/SMS/ShortCodes/{SC…}` */
export function fetchShortCode(call: Call): Reply {
  return shortCodeReply(call, named(call, call.account.shortCodes));
}

/** `POST …/SMS/ShortCodes/{SC…}`: sets what is given, leaves the rest. */
export function updateShortCode(call: Call): Reply {
  const code = named(call, call.account.shortCodes);
  Object.assign(code.values, readParameters(call.form, SHORT_CODE_PARAMETERS));
  code.updatedAt = call.world.clock();
  return shortCodeReply(call, code);
}

function shortCodeReply(call: Call, code: ShortCode): Reply {
  return { status: 200, element: 'ShortCode', fields: shortCodeResource(call.principal.accountSid, code) };
}
