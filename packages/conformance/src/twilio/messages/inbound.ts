/** Messages that people send in: stored, and handed to the webhook that the number or its service has. */

import { FlowdeckError } from '@flowdeck/engine';
import type { ConformanceCode } from '../../codes.js';
import { type Account, ownedSender } from '../accounts.js';
import { parseAddress } from '../addresses.js';
import { publish } from '../events/publish.js';
import type { MessagingService } from '../messaging/service.js';
import type { OwnedNumber } from '../numbers/owned.js';
import type { ShortCode } from '../numbers/short-code.js';
import { type Delivery, deliver } from '../wire/webhooks.js';
import type { World } from '../world.js';
import { type Message, type MessageResource, messageResource, segmentsOf } from './message.js';

/** A message that a person sends to one of the service's numbers. */
export interface InboundMessage {
  /** Number (E.164) or channel address of the person. */
  from: string;
  /** A number or channel sender of an account. */
  to: string;
  /** Text. Default: empty, for a message of media alone. */
  body?: string;
  /** Attached media, by the URLs where they lie. */
  media?: readonly { url: string; contentType: string }[];
  /** Further webhook parameters, such as `FromCity` or `ProfileName`. They win over the standard ones. */
  parameters?: Readonly<Record<string, string>>;
}

/** What became of a message that a person sent. */
export interface InboundResult {
  /** The message as the API gives it from now on. */
  readonly message: MessageResource;
  /** Null when nobody is to be told: no URL set, or the service drops the message. */
  readonly webhook: Delivery | null;
}

/** Words that a carrier-side opt-out understands. They work on plain SMS only. */
const KEYWORDS: Readonly<Record<string, 'STOP' | 'START' | 'HELP'>> = {
  cancel: 'STOP',
  end: 'STOP',
  quit: 'STOP',
  stop: 'STOP',
  stopall: 'STOP',
  unsubscribe: 'STOP',
  start: 'START',
  unstop: 'START',
  yes: 'START',
  help: 'HELP',
  info: 'HELP',
};

/**
 * Receives a message: keeps it, minds STOP and START, calls the webhook with a signature.
 *
 * @throws FlowdeckError `twilio-number-unknown` when no account owns `to`
 */
export async function receiveMessage(
  world: World,
  inbound: InboundMessage,
  signal: AbortSignal,
): Promise<InboundResult> {
  const { account, number } = findOwner(world, inbound.to);
  const service = serviceWith(account, inbound.to);
  const message = store(world, account, inbound, service);
  const optOut = parseAddress(inbound.to).channel === 'sms' ? keywordOf(message.body) : undefined;
  const pair = `${inbound.to}|${inbound.from}`;
  if (optOut === 'STOP') account.optOuts.add(pair);
  if (optOut === 'START') account.optOuts.delete(pair);
  account.lastInbound.set(pair, message.createdAt);
  await publishInbound(world, account, message, signal);
  const target = targetOf(number, service);
  if (!target) return { message: messageResource(message), webhook: null };
  const content = new URLSearchParams({
    ...inboundParameters(message),
    ...(optOut === undefined ? {} : { OptOutType: optOut }),
    ...inbound.parameters,
  });
  const token = world.sids.next('RQ');
  const webhook = await deliver({ ...target, content, authToken: account.setup.authToken, token, signal });
  world.delivered(webhook);
  return { message: messageResource(message), webhook };
}

type OwnSender = OwnedNumber | ShortCode;

function findOwner(world: World, to: string): { account: Account; number: OwnSender | undefined } {
  for (const account of world.accounts.values()) {
    const number = ownedSender(account, to);
    if (number || account.setup.channelSenders?.includes(to)) return { account, number };
  }
  throw new FlowdeckError<ConformanceCode>('twilio-number-unknown', `No account of the simulated service owns ${to}.`, {
    hint: 'List it among the numbers or channelSenders of an account.',
  });
}

function store(
  world: World,
  account: Account,
  inbound: InboundMessage,
  service: MessagingService | undefined,
): Message {
  const media = (inbound.media ?? []).map((item) => ({ ...item, sid: world.sids.next('ME') }));
  const body = inbound.body ?? '';
  const now = world.clock();
  const message: Message = {
    sid: world.sids.next(media.length > 0 ? 'MM' : 'SM'),
    accountSid: account.setup.sid,
    direction: 'inbound',
    to: inbound.to,
    from: inbound.from,
    serviceSid: service?.sid ?? null,
    contentSid: null,
    body,
    status: 'received',
    media,
    segments: segmentsOf(inbound.to, body, media.length),
    errorCode: null,
    price: null,
    statusCallback: null,
    sendAt: null,
    feedback: null,
    feedbackAsked: false,
    validity: 0,
    discard: false,
    obfuscate: false,
    createdAt: now,
    updatedAt: now,
    sentAt: now,
  };
  account.messages.add(message);
  return message;
}

/** A service's own URL goes before the number's; a service without one drops the message. */
function targetOf(
  number: OwnSender | undefined,
  service: MessagingService | undefined,
): { url: string; method: 'GET' | 'POST' } | undefined {
  if (service && !service.values.UseInboundWebhookOnNumber) {
    const { InboundMethod, InboundRequestUrl } = service.values;
    return InboundRequestUrl ? { url: InboundRequestUrl, method: InboundMethod } : undefined;
  }
  // While an application is set, the number's own URLs are ignored.
  if (!number?.values.SmsUrl || ('SmsApplicationSid' in number.values && number.values.SmsApplicationSid)) {
    return undefined;
  }
  return { url: number.values.SmsUrl, method: number.values.SmsMethod };
}

function serviceWith(account: Account, address: string): MessagingService | undefined {
  for (const service of account.services) {
    for (const sender of service.pool.values()) if (sender.address === address) return service;
  }
  return undefined;
}

async function publishInbound(world: World, account: Account, message: Message, signal: AbortSignal): Promise<void> {
  if (account.subscriptions.size === 0) return;
  const data = {
    accountSid: message.accountSid,
    messageSid: message.sid,
    body: message.body,
    from: message.from,
    to: message.to,
    numMedia: message.media.length,
    numSegments: message.segments,
    recipients: [],
    timestamp: new Date(message.createdAt).toISOString(),
  };
  await publish(world, account, 'com.twilio.messaging.inbound-message.received', data, signal);
}

function inboundParameters(message: Message): Record<string, string> {
  const media = message.media.flatMap((item, index) => [
    [`MediaUrl${index}`, item.url],
    [`MediaContentType${index}`, item.contentType],
  ]);
  return {
    AccountSid: message.accountSid,
    ApiVersion: '2010-04-01',
    Body: message.body,
    From: message.from ?? '',
    MessageSid: message.sid,
    ...(message.serviceSid === null ? {} : { MessagingServiceSid: message.serviceSid }),
    NumMedia: String(message.media.length),
    NumSegments: String(message.segments),
    SmsMessageSid: message.sid,
    SmsSid: message.sid,
    SmsStatus: 'received',
    To: message.to,
    ...Object.fromEntries(media),
  };
}

function keywordOf(body: string): 'STOP' | 'START' | 'HELP' | undefined {
  const word = body.trim().toLowerCase();
  return Object.hasOwn(KEYWORDS, word) ? KEYWORDS[word] : undefined;
}
