/** Calls after their creation: list, fetch, redirect, cancel, end, delete. */

import { parseFilterDate, type TimeSpan } from '../wire/dates.js';
import { Refusal } from '../wire/errors.js';
import { readParameters } from '../wire/parameters.js';
import { type Call, listReply, named, type Reply } from '../world.js';
import { callResource, type PhoneCall } from './call.js';
import { endCall } from './call-life.js';

/** `GET …/Calls`, newest first, filtered by `To`, `From`, `Status` and the times of start and end. */
export function listCalls(call: Call): Reply {
  const { query } = call;
  const exact = { To: 'to', From: 'from', Status: 'status' } as const;
  const texts = Object.entries(exact).flatMap(([name, field]) => {
    const text = query.get(name);
    return text ? [[field, text] as const] : [];
  });
  const times = (['StartTime', 'EndTime'] as const).map((name) => timeFilter(query, name));
  return listReply(call, 'Calls', 'calls', {
    shelf: call.account.calls,
    wanted: (item) =>
      texts.every(([field, text]) => item[field] === text) &&
      !query.get('ParentCallSid') &&
      times.every((fits, index) => fits(index === 0 ? item.startedAt : item.endedAt)),
    show: callResource,
  });
}

/** The operators are part of a parameter's name; before and after include the day or second itself. */
function timeFilter(query: URLSearchParams, name: string): (ms: number | null) => boolean {
  const [on, before, after] = [name, `${name}<`, `${name}>`].map((each) => spanOf(query, each));
  return (ms) => {
    if (!on && !before && !after) return true;
    if (ms === null || (on && (ms < on.from || ms > on.to))) return false;
    return !(before && ms > before.to) && !(after && ms < after.from);
  };
}

function spanOf(query: URLSearchParams, name: string): TimeSpan | undefined {
  const text = query.get(name) || undefined;
  const span = text === undefined ? undefined : parseFilterDate(text);
  if (text !== undefined && !span) throw new Refusal(20001, { what: `${name} is not a date` });
  return span;
}

/** `GET …/Calls/{CA…}` */
export function fetchCall(call: Call): Reply {
  return callReply(named(call, call.account.calls));
}

const UPDATES = {
  Url: 'url',
  Method: 'method',
  Status: ['canceled', 'completed'],
  StatusCallback: 'url',
  StatusCallbackMethod: 'method',
  Twiml: 'text',
} as const;

/** `POST …/Calls/{CA…}`: other instructions for a live call, or its end. */
export function updateCall(call: Call): Reply {
  const item = named(call, call.account.calls);
  const given = readParameters(call.form, UPDATES);
  if (item.endedAt !== null) throw new Refusal(21220, { state: item.status });
  if (given.Status === 'canceled' && item.status === 'in-progress') throw new Refusal(21220, { state: item.status });
  if (given.Status !== undefined) endCall(item, given.Status, call.world.clock());
  item.url = given.Twiml === undefined ? (given.Url ?? item.url) : null;
  item.method = given.Method ?? item.method;
  item.statusCallback = given.StatusCallback ?? item.statusCallback;
  item.statusCallbackMethod = given.StatusCallbackMethod ?? item.statusCallbackMethod;
  item.updatedAt = call.world.clock();
  return callReply(item);
}

/** `DELETE …/Calls/{CA…}`: the record of a call that is over. */
export function deleteCall(call: Call): Reply {
  const item = named(call, call.account.calls);
  if (item.endedAt === null) throw new Refusal(20009, { state: item.status });
  call.account.calls.delete(item.sid);
  return { status: 204 };
}

function callReply(item: PhoneCall): Reply {
  return { status: 200, element: 'Call', fields: callResource(item) };
}
