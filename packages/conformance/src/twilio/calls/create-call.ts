/** Make a call: checks the parameters, then stores it; somebody answers when time moves on. */

import { ownedSender } from '../accounts.js';
import { isPhoneNumber } from '../addresses.js';
import { MAGIC_CALL_FROM, MAGIC_CALL_TO, MAGIC_VALID_FROM } from '../magic.js';
import { Refusal } from '../wire/errors.js';
import { readParameters } from '../wire/parameters.js';
import type { Call, Reply } from '../world.js';
import { callResource, type PhoneCall } from './call.js';

const PARAMETERS = {
  Url: 'text',
  Twiml: 'text',
  ApplicationSid: 'text',
  Method: 'method',
  FallbackUrl: 'url',
  FallbackMethod: 'method',
  StatusCallback: 'url',
  StatusCallbackMethod: 'method',
  Timeout: 'integer',
  TimeLimit: 'integer',
  Record: 'boolean',
} as const;
const CALL_EVENTS = ['initiated', 'ringing', 'answered', 'completed'];

/**
 * `POST …/Calls`. First what is missing (To, From, instructions), then the shape of both numbers, then the right to
 * them. Under test credentials everything is checked and nothing is stored.
 */
export function createCall(call: Call): Reply {
  const { account, form, principal, world } = call;
  const [to, from] = [form.get('To') ?? '', form.get('From') ?? ''];
  if (to === '') throw new Refusal(21201);
  if (from === '') throw new Refusal(21213);
  const given = readParameters(form, PARAMETERS);
  if (!given.Url && !given.Twiml && !given.ApplicationSid) throw new Refusal(21205, { url: '' });
  if (given.Url && !URL.canParse(given.Url)) throw new Refusal(21205, { url: given.Url });
  const events = form.getAll('StatusCallbackEvent').flatMap((text) => text.split(' '));
  const odd = events.find((event) => !CALL_EVENTS.includes(event));
  if (odd !== undefined) throw new Refusal(20001, { what: `StatusCallbackEvent ${odd} is not known` });
  checkCallNumbers(call, to, from);
  const now = world.clock();
  const item: PhoneCall = {
    sid: world.sids.next('CA'),
    accountSid: principal.accountSid,
    to,
    from,
    numberSid: principal.kind === 'test' ? null : (ownedSender(account, from)?.sid ?? null),
    url: given.Twiml || !given.Url ? null : given.Url,
    method: given.Method ?? 'POST',
    statusCallback: given.StatusCallback || null,
    statusCallbackMethod: given.StatusCallbackMethod ?? 'POST',
    events: events.length > 0 ? events : ['completed'],
    status: 'queued',
    createdAt: now,
    updatedAt: now,
    startedAt: null,
    endedAt: null,
    duration: 0,
    price: null,
  };
  if (principal.kind !== 'test') account.calls.add(item);
  return { status: 201, element: 'Call', fields: callResource(item) };
}

function checkCallNumbers(call: Call, to: string, from: string): void {
  const plain = isPhoneNumber(to);
  if (!plain && !/^(sip|client):./.test(to)) throw new Refusal(21217, { to });
  const magicFrom = MAGIC_CALL_FROM[from];
  if (magicFrom !== undefined) throw new Refusal(magicFrom, { from });
  const magicTo = MAGIC_CALL_TO[to];
  if (magicTo !== undefined) throw new Refusal(magicTo, { to });
  const { account, principal } = call;
  const owned = principal.kind === 'test' ? from === MAGIC_VALID_FROM : ownedSender(account, from);
  if (!owned) throw new Refusal(21210, { from });
  if (account.setup.type === 'Trial' && plain && !account.setup.verified?.includes(to))
    throw new Refusal(21219, { to });
}
