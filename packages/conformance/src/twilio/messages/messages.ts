/** Messages after their creation: list, fetch, redact, cancel, delete. */

import { parseFilterDate, rfc2822, type TimeSpan } from '../wire/dates.js';
import { Refusal } from '../wire/errors.js';
import { type Call, listReply, named, type Reply } from '../world.js';
import { type Message, messageResource } from './message.js';

/** `GET …/Messages`, newest first, filtered by `To`, `From`, `DateSent`, `DateSent<`, `DateSent>`. */
export function listMessages(call: Call): Reply {
  const { account, query } = call;
  return listReply(call, 'Messages', 'messages', {
    shelf: account.messages,
    wanted: messageFilter(query),
    show: messageResource,
  });
}

/** `GET …/Messages/{sid}` */
export function fetchMessage(call: Call): Reply {
  return messageReply(findMessage(call));
}

/** `POST …/Messages/{sid}`: an empty `Body` redacts, `Status=canceled` cancels a scheduled message. */
export function updateMessage(call: Call): Reply {
  const message = findMessage(call);
  const body = call.form.get('Body');
  const status = call.form.get('Status');
  if (body !== null && body !== '') throw new Refusal(20001, { what: 'Body can only be emptied' });
  if (status !== null) {
    if (status !== 'canceled') throw new Refusal(20001, { what: 'Status can only become canceled' });
    if (message.status !== 'scheduled') throw new Refusal(30409, { state: message.status });
    message.status = 'canceled';
    call.account.moving.delete(message);
  }
  if (body !== null) message.body = '';
  if (body !== null || status !== null) message.updatedAt = call.world.clock();
  return messageReply(message);
}

/** `DELETE …/Messages/{sid}` */
export function deleteMessage(call: Call): Reply {
  const message = findMessage(call);
  call.account.messages.delete(message.sid);
  call.account.moving.delete(message);
  return { status: 204 };
}

/** The message that the path names. @throws Refusal 20404 */
export function findMessage(call: Call): Message {
  return named(call, call.account.messages, 'MessageSid' in call.params ? 'MessageSid' : 'Sid');
}

/** `POST …/Messages/{sid}/Feedback`: whether the person did what the message asked for. */
export function createFeedback(call: Call): Reply {
  const message = findMessage(call);
  const outcome = call.form.get('Outcome') ?? 'confirmed';
  if (outcome !== 'confirmed' && outcome !== 'unconfirmed') {
    throw new Refusal(20001, { what: 'Outcome must be confirmed or unconfirmed' });
  }
  const at = call.world.clock();
  message.feedback = { outcome, at };
  const date = rfc2822(at);
  const { accountSid: account_sid, sid: message_sid } = message;
  const uri = `/2010-04-01/Accounts/${account_sid}/Messages/${message_sid}/Feedback.json`;
  const fields = { account_sid, message_sid, outcome, date_created: date, date_updated: date, uri };
  return { status: 200, element: 'MessageFeedback', fields };
}

function messageReply(message: Message): Reply {
  return { status: 200, element: 'Message', fields: { ...messageResource(message) } };
}

/** The date operators are part of the parameter's name; before and after include the day or second itself. */
function messageFilter(query: URLSearchParams): (message: Message) => boolean {
  const to = query.get('To') || null;
  const from = query.get('From') || null;
  const on = dateFilter(query, 'DateSent');
  const before = dateFilter(query, 'DateSent<');
  const after = dateFilter(query, 'DateSent>');
  const dated = on !== undefined || before !== undefined || after !== undefined;
  return (message) => {
    if (to !== null && message.to !== to) return false;
    if (from !== null && message.from !== from) return false;
    if (!dated) return true;
    const sent = message.sentAt;
    if (sent === null) return false;
    if (on && (sent < on.from || sent > on.to)) return false;
    return !(before && sent > before.to) && !(after && sent < after.from);
  };
}

function dateFilter(query: URLSearchParams, name: string): TimeSpan | undefined {
  const text = query.get(name);
  if (text === null || text === '') return undefined;
  const span = parseFilterDate(text);
  if (!span) throw new Refusal(20001, { what: `${name} is not a date` });
  return span;
}
