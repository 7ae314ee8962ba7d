/** One Messaging Service with its sender pool: the records that the service keeps, and the resources that callers see. */

import { isAlphanumericSender, isShortCode } from '../addresses.js';
import type { OwnedNumber } from '../numbers/owned.js';
import type { ShortCode } from '../numbers/short-code.js';
import type { MessagingServiceSetup } from '../setup.js';
import type { SidSource } from '../sids.js';
import { iso8601 } from '../wire/dates.js';
import { fieldsOf, type ParameterKind, type ValuesOf } from '../wire/parameters.js';

/** What can be set on a service. */
export const SERVICE_PARAMETERS = {
  FriendlyName: 'text',
  InboundRequestUrl: 'url',
  InboundMethod: 'method',
  FallbackUrl: 'url',
  FallbackMethod: 'method',
  StatusCallback: 'url',
  StickySender: 'boolean',
  MmsConverter: 'boolean',
  SmartEncoding: 'boolean',
  ScanMessageContent: ['inherit', 'enable', 'disable'],
  FallbackToLongCode: 'boolean',
  AreaCodeGeomatch: 'boolean',
  ValidityPeriod: 'integer',
  SynchronousValidation: 'boolean',
  Usecase: 'text',
  UseInboundWebhookOnNumber: 'boolean',
} as const satisfies Readonly<Record<string, ParameterKind>>;

type ServiceValues = ValuesOf<typeof SERVICE_PARAMETERS>;

/** What the SIDs of a pool's senders start with. */
const PREFIXES = { number: 'PN', 'short-code': 'SC', alpha: 'AI' } as const;

/** A sender of a pool. */
export interface PoolSender {
  /** `PN…`, `SC…` or `AI…` */
  readonly sid: string;
  readonly kind: keyof typeof PREFIXES;
  /** What messages come from: E.164, digits, a name, or a channel address. */
  readonly address: string;
  readonly createdAt: number;
}

/** A Messaging Service. */
export interface MessagingService {
  readonly sid: string;
  readonly createdAt: number;
  updatedAt: number;
  /** By parameter; an empty URL: not set. */
  readonly values: ServiceValues;
  /** By SID, in the order of preference. */
  readonly pool: Map<string, PoolSender>;
}

export function newService(sid: string, friendlyName: string, now: number): MessagingService {
  const values: ServiceValues = {
    FriendlyName: friendlyName,
    InboundRequestUrl: '',
    InboundMethod: 'POST',
    FallbackUrl: '',
    FallbackMethod: 'POST',
    StatusCallback: '',
    StickySender: true,
    MmsConverter: true,
    SmartEncoding: false,
    ScanMessageContent: 'inherit',
    FallbackToLongCode: false,
    AreaCodeGeomatch: true,
    ValidityPeriod: 36_000,
    SynchronousValidation: false,
    Usecase: 'undeclared',
    UseInboundWebhookOnNumber: false,
  };
  return { sid, createdAt: now, updatedAt: now, values, pool: new Map() };
}

/** The resources from which a pool may take its senders. */
interface Owner {
  readonly numbers: Iterable<OwnedNumber>;
  readonly shortCodes: Iterable<ShortCode>;
}

/** The service of an account's setup. Senders that are no owned numbers, such as those of channels, get a SID here. */
export function serviceOf(setup: MessagingServiceSetup, owner: Owner, sids: SidSource, now: number): MessagingService {
  const service = newService(setup.sid, 'Flowdeck test service', now);
  const { inboundRequestUrl, statusCallback, useInboundWebhookOnNumber } = setup;
  if (inboundRequestUrl !== undefined) service.values.InboundRequestUrl = inboundRequestUrl;
  if (statusCallback !== undefined) service.values.StatusCallback = statusCallback;
  if (useInboundWebhookOnNumber !== undefined) service.values.UseInboundWebhookOnNumber = useInboundWebhookOnNumber;
  const owned = new Map([...owner.numbers, ...owner.shortCodes].map((each) => [each.phoneNumber, each.sid]));
  for (const address of setup.numbers) {
    const kind = isShortCode(address) ? 'short-code' : isAlphanumericSender(address) ? 'alpha' : 'number';
    const sid = owned.get(address) ?? sids.next(PREFIXES[kind]);
    service.pool.set(sid, { sid, kind, address, createdAt: now });
  }
  return service;
}

/** Where a service is shown: its own URL, without a slash at the end. */
export function serviceResource(accountSid: string, url: string, service: MessagingService): Record<string, unknown> {
  const unset = (text: string) => (text === '' ? null : text);
  const { values } = service;
  return {
    sid: service.sid,
    account_sid: accountSid,
    date_created: iso8601(service.createdAt),
    date_updated: iso8601(service.updatedAt),
    us_app_to_person_registered: false,
    url,
    links: {
      phone_numbers: `${url}/PhoneNumbers`,
      short_codes: `${url}/ShortCodes`,
      alpha_senders: `${url}/AlphaSenders`,
    },
    ...fieldsOf({
      ...values,
      InboundRequestUrl: unset(values.InboundRequestUrl),
      FallbackUrl: unset(values.FallbackUrl),
      StatusCallback: unset(values.StatusCallback),
    }),
  };
}
