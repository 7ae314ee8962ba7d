/** The account itself: its resource and its balance. */

import type { Account } from '../accounts.js';
import { fixedListing } from '../shelf.js';
import { rfc2822 } from '../wire/dates.js';
import { type Call, listReply, type Reply } from '../world.js';
import { spentBy } from './spending.js';

/** `GET /Accounts`: the caller's one, unless a filter passes it over. */
export function listAccounts(call: Call): Reply {
  const { account, query } = call;
  const { friendlyName = '', sid, status = 'active' } = account.setup;
  const wanted =
    [null, '', friendlyName].includes(query.get('FriendlyName')) && [null, '', status].includes(query.get('Status'));
  const shelf = fixedListing(wanted ? [{ sid }] : []);
  return listReply(call, 'Accounts', 'accounts', { shelf, show: () => accountResource(account) });
}

/** `GET /Accounts/{AC…}` */
export function fetchAccount(call: Call): Reply {
  return { status: 200, element: 'Account', fields: accountResource(call.account) };
}

const DEFAULT_BALANCE = 100;

/** `GET …/Balance`: what is left of what the account may spend. */
export function fetchBalance(call: Call): Reply {
  const balance = (call.account.setup.balance ?? DEFAULT_BALANCE) - spentBy(call.account);
  return {
    status: 200,
    element: 'Balance',
    fields: { account_sid: call.principal.accountSid, balance: balance.toFixed(5), currency: 'USD' },
  };
}

/** Lists below an account that have an entry among its subresources. */
const ACCOUNT_LISTS = {
  available_phone_numbers: 'AvailablePhoneNumbers',
  balance: 'Balance',
  calls: 'Calls',
  incoming_phone_numbers: 'IncomingPhoneNumbers',
  keys: 'Keys',
  messages: 'Messages',
  sms: 'SMS/ShortCodes',
  usage: 'Usage/Records',
} as const;

function accountResource(account: Account): Record<string, unknown> {
  const { sid, authToken, friendlyName = '', status = 'active', type = 'Full' } = account.setup;
  const base = `/2010-04-01/Accounts/${sid}`;
  return {
    auth_token: authToken,
    date_created: rfc2822(account.createdAt),
    date_updated: rfc2822(account.createdAt),
    friendly_name: friendlyName,
    owner_account_sid: sid,
    sid,
    status,
    subresource_uris: Object.fromEntries(
      Object.entries(ACCOUNT_LISTS).map(([name, path]) => [name, `${base}/${path}.json`]),
    ),
    type,
    uri: `${base}.json`,
  };
}
