/** Media of messages. Only their records are simulated; no file is fetched. */

import { fixedListing } from '../shelf.js';
import { parseFilterDate, rfc2822 } from '../wire/dates.js';
import { Refusal } from '../wire/errors.js';
import { type Call, listReply, type Reply } from '../world.js';
import type { Message, MessageMedia } from './message.js';
import { findMessage } from './messages.js';

const TYPES: Readonly<Record<string, string>> = {
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  mp4: 'video/mp4',
  pdf: 'application/pdf',
  png: 'image/png',
};

/** The media type that a URL's file extension suggests. */
export function mediaTypeOf(url: string): string {
  const extension = /\.(\w+)(?:[?#]|$)/.exec(url)?.[1]?.toLowerCase() ?? '';
  return (Object.hasOwn(TYPES, extension) && TYPES[extension]) || 'application/octet-stream';
}

/** `GET …/Messages/{sid}/Media` */
export function listMedia(call: Call): Reply {
  const message = findMessage(call);
  const created = (['DateCreated', 'DateCreated<', 'DateCreated>'] as const).map((name) => call.query.get(name));
  const fits = created.every((text, index) => text === null || text === '' || dateFits(message.createdAt, text, index));
  return listReply(call, 'MediaList', 'media_list', {
    shelf: fixedListing(fits ? [...message.media].reverse() : []),
    show: (item) => mediaResource(message, item),
  });
}

/** `GET …/Messages/{sid}/Media/{ME…}` */
export function fetchMedia(call: Call): Reply {
  const message = findMessage(call);
  return { status: 200, element: 'Media', fields: mediaResource(message, findMedia(call, message)) };
}

/** `DELETE …/Messages/{sid}/Media/{ME…}` */
export function deleteMedia(call: Call): Reply {
  const message = findMessage(call);
  const media = findMedia(call, message);
  message.media = message.media.filter((item) => item !== media);
  return { status: 204 };
}

/** All media of a message were made with it: so one comparison holds for all. */
function dateFits(ms: number, text: string, operator: number): boolean {
  const span = parseFilterDate(text);
  if (!span) throw new Refusal(20001, { what: 'DateCreated is not a date' });
  return [ms >= span.from && ms <= span.to, ms <= span.to, ms >= span.from][operator] === true;
}

function findMedia(call: Call, message: Message): MessageMedia {
  const media = message.media.find((item) => item.sid === call.params['Sid']);
  if (!media) throw new Refusal(20404, { path: call.path });
  return media;
}

function mediaResource(message: Message, media: MessageMedia): Record<string, unknown> {
  const base = `/2010-04-01/Accounts/${message.accountSid}/Messages/${message.sid}`;
  return {
    account_sid: message.accountSid,
    content_type: media.contentType,
    date_created: rfc2822(message.createdAt),
    date_updated: rfc2822(message.createdAt),
    parent_sid: message.sid,
    sid: media.sid,
    uri: `${base}/Media/${media.sid}.json`,
  };
}
