/** The life of a call after its creation: ringing, answered, over. */

import type { Account } from '../accounts.js';
import { MAGIC_CALL_END } from '../magic.js';
import { deliver } from '../wire/webhooks.js';
import type { World } from '../world.js';
import type { CallStatus, PhoneCall } from './call.js';

const PRICE_PER_MINUTE = 0.014;

/** The event of a status callback that a status stands for. */
const EVENT_OF: Readonly<Partial<Record<CallStatus, string>>> = {
  queued: 'initiated',
  ringing: 'ringing',
  'in-progress': 'answered',
};

/**
 * Moves all live calls one step on: queued, ringing, in-progress, completed; magic numbers end busy, unanswered or
 * failed. Asks for TwiML when somebody answers and tells the status callbacks. Says whether anything moved.
 */
export async function advanceCalls(world: World, signal: AbortSignal): Promise<boolean> {
  let moved = false;
  for (const account of world.accounts.values()) {
    for (const call of account.calls) {
      if (call.endedAt !== null) continue;
      moved = true;
      stepCall(call, world.clock());
      await tell(world, account, call, signal);
    }
  }
  return moved;
}

function stepCall(call: PhoneCall, now: number): void {
  call.updatedAt = now;
  if (call.status === 'queued') {
    call.status = 'ringing';
  } else if (call.status === 'ringing') {
    const end = MAGIC_CALL_END[call.to];
    call.status = 'in-progress';
    if (end === undefined) call.startedAt = now;
    else endCall(call, end, now);
  } else {
    endCall(call, 'completed', now);
  }
}

/** Ends a call. What nobody answered takes no time and costs nothing. */
export function endCall(call: PhoneCall, status: CallStatus, now: number): void {
  call.status = status;
  call.endedAt = now;
  call.duration = call.startedAt === null ? 0 : Math.max(1, Math.round((now - call.startedAt) / 1000));
  call.price = call.startedAt === null ? null : `-${(PRICE_PER_MINUTE * Math.ceil(call.duration / 60)).toFixed(5)}`;
}

async function tell(world: World, account: Account, call: PhoneCall, signal: AbortSignal): Promise<void> {
  const { authToken } = account.setup;
  const webhook = { content: callParameters(call), authToken, signal };
  if (call.status === 'in-progress' && call.url !== null) {
    world.delivered(await deliver({ ...webhook, url: call.url, method: call.method, token: world.sids.next('RQ') }));
  }
  const event = EVENT_OF[call.status] ?? 'completed';
  if (call.statusCallback === null || !call.events.includes(event)) return;
  const target = { url: call.statusCallback, method: call.statusCallbackMethod };
  world.delivered(await deliver({ ...webhook, ...target, token: world.sids.next('RQ') }));
}

function callParameters(call: PhoneCall): URLSearchParams {
  return new URLSearchParams({
    AccountSid: call.accountSid,
    ApiVersion: '2010-04-01',
    ...(call.endedAt === null ? {} : { CallDuration: String(call.duration) }),
    CallSid: call.sid,
    CallStatus: call.status,
    Called: call.to,
    Caller: call.from,
    Direction: 'outbound-api',
    From: call.from,
    To: call.to,
  });
}
