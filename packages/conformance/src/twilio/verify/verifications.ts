/** Verifications: send a code, check it, look at it, end it. Codes live ten minutes, and are sent and checked five times. */

import type { Account } from '../accounts.js';
import { isPhoneNumber } from '../addresses.js';
import { MAGIC_TO } from '../magic.js';
import { Refusal } from '../wire/errors.js';
import { type Call, named, type Reply } from '../world.js';
import type { VerifyService } from './service.js';
import { checkResource, codeFor, VERIFY_CHANNELS, type Verification, verificationResource } from './verification.js';

const LIFE_MS = 10 * 60_000;
const MAX_SENDS = 5;
const MAX_CHECKS = 5;

/** `POST /v2/Services/{VA…}/Verifications`. While one is pending for the same recipient, its code is sent again. */
export function startVerification(call: Call): Reply {
  const { account, form, world } = call;
  const service = named(call, account.verifyServices, 'ServiceSid');
  const [to, channel] = [form.get('To') ?? '', (form.get('Channel') ?? '').toLowerCase()];
  checkVerifiable(call, to, channel);
  const now = world.clock();
  const pending = pendingOf(account, service, to, now);
  if (pending) {
    if (pending.sends.length >= MAX_SENDS) throw new Refusal(60203);
    pending.channel = spoken(channel);
    pending.sends.push({ at: now, channel: spoken(channel) });
    pending.updatedAt = now;
    return verificationReply(call, 201, pending);
  }
  const sid = world.sids.next('VE');
  const verification: Verification = {
    sid,
    serviceSid: service.sid,
    to,
    channel: spoken(channel),
    code: customCode(form, service) ?? codeFor(sid, service.values.CodeLength),
    status: 'pending',
    sends: [{ at: now, channel: spoken(channel) }],
    checks: 0,
    amount: form.get('Amount'),
    payee: form.get('Payee'),
    createdAt: now,
    updatedAt: now,
  };
  account.verifications.add(verification);
  return verificationReply(call, 201, verification);
}

/** `GET /v2/Services/{VA…}/Verifications/{VE…}`; a number stands for its pending one. */
export function fetchVerification(call: Call): Reply {
  return verificationReply(call, 200, findVerification(call));
}

/** `POST /v2/Services/{VA…}/Verifications/{VE…}`: `Status=canceled` or `approved`. */
export function updateVerification(call: Call): Reply {
  const verification = findVerification(call);
  const status = call.form.get('Status');
  if (status !== 'canceled' && status !== 'approved') throw new Refusal(60200, { what: 'Status' });
  if (verification.status !== 'pending') throw new Refusal(20404, { path: call.path });
  verification.status = status;
  verification.updatedAt = call.world.clock();
  return verificationReply(call, 200, verification);
}

/** `POST /v2/Services/{VA…}/VerificationCheck`: a wrong code leaves it pending, a right one approves it, once. */
export function checkVerification(call: Call): Reply {
  const { account, form, world } = call;
  const service = named(call, account.verifyServices, 'ServiceSid');
  const [to, sid] = [form.get('To') || null, form.get('VerificationSid') || null];
  if (to === null && sid === null) throw new Refusal(60200, { what: 'To' });
  const now = world.clock();
  const given = sid === null ? pendingOf(account, service, to ?? '', now) : account.verifications.get(sid);
  if (!given || given.serviceSid !== service.sid || statusAt(given, now) !== 'pending') {
    throw new Refusal(20404, { path: call.path });
  }
  const code = form.get('Code') ?? '';
  if (!/^\d{4,10}$/.test(code)) throw new Refusal(60200, { what: 'Code' });
  if (given.checks >= MAX_CHECKS) {
    given.status = 'max_attempts_reached';
    throw new Refusal(60202);
  }
  given.checks += 1;
  if (code === given.code) given.status = 'approved';
  given.updatedAt = now;
  return { status: 200, fields: checkResource(call.principal.accountSid, given) };
}

/** The one that waits for its code. Undefined: none was sent, or it is over. */
export function pendingOf(
  account: Account,
  service: VerifyService | null,
  to: string,
  now: number,
): Verification | undefined {
  for (const verification of account.verifications) {
    if (verification.to !== to || (service !== null && verification.serviceSid !== service.sid)) continue;
    if (statusAt(verification, now) === 'pending') return verification;
  }
  return undefined;
}

/** The code that a person got last and has not used yet, whichever account and service sent it. */
export function codeSentTo(accounts: ReadonlyMap<string, Account>, to: string, now: number): string | undefined {
  for (const account of accounts.values()) {
    const found = pendingOf(account, null, to, now);
    if (found) return found.code;
  }
  return undefined;
}

function findVerification(call: Call): Verification {
  const { account, params, world } = call;
  const service = named(call, account.verifyServices, 'ServiceSid');
  const key = params['Sid'] ?? '';
  const found = account.verifications.get(key) ?? pendingOf(account, service, key, world.clock());
  if (!found || found.serviceSid !== service.sid) throw new Refusal(20404, { path: call.path });
  found.status = statusAt(found, world.clock());
  return found;
}

function statusAt(verification: Verification, now: number): Verification['status'] {
  const over = verification.status === 'pending' && now - verification.createdAt > LIFE_MS;
  return over ? 'expired' : verification.status;
}

function checkVerifiable(call: Call, to: string, channel: string): void {
  if (!VERIFY_CHANNELS.some((each) => each === channel)) throw new Refusal(60200, { what: 'Channel' });
  const { setup } = call.account;
  if (channel === 'email') {
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(to)) throw new Refusal(60200, { what: 'To' });
    return;
  }
  if (!isPhoneNumber(to) || MAGIC_TO[to] === 21211) throw new Refusal(60200, { what: 'To' });
  // Verify answers 403 here, where the message API answers 400.
  if (setup.type === 'Trial' && !setup.verified?.includes(to)) throw new Refusal(21608, { to }, 403);
}

function customCode(form: URLSearchParams, service: VerifyService): string | undefined {
  const code = form.get('CustomCode') || undefined;
  if (code === undefined) return undefined;
  if (!service.values.CustomCodeEnabled || !/^\d{4,10}$/.test(code)) throw new Refusal(60200, { what: 'CustomCode' });
  return code;
}

/** `auto` is the vendor's choice; here it is a text message. */
function spoken(channel: string): string {
  return channel === 'auto' ? 'sms' : channel;
}

function verificationReply(call: Call, status: number, verification: Verification): Reply {
  return { status, fields: verificationResource(call.principal.accountSid, call.origin, verification) };
}
