/** One owned phone number: the record that the service keeps, and the resource that callers see. */

import { rfc2822 } from '../wire/dates.js';
import { fieldsOf, type ParameterKind, type ValuesOf } from '../wire/parameters.js';

/** What can be set on a number. */
export const NUMBER_PARAMETERS = {
  FriendlyName: 'text',
  SmsApplicationSid: 'text',
  SmsFallbackMethod: 'method',
  SmsFallbackUrl: 'url',
  SmsMethod: 'method',
  SmsUrl: 'url',
  StatusCallback: 'url',
  StatusCallbackMethod: 'method',
  VoiceApplicationSid: 'text',
  VoiceCallerIdLookup: 'boolean',
  VoiceFallbackMethod: 'method',
  VoiceFallbackUrl: 'url',
  VoiceMethod: 'method',
  VoiceReceiveMode: ['voice', 'fax'],
  VoiceUrl: 'url',
  EmergencyStatus: ['Active', 'Inactive'],
  EmergencyAddressSid: 'text',
  TrunkSid: 'text',
  IdentitySid: 'text',
  AddressSid: 'text',
  BundleSid: 'text',
} as const satisfies Readonly<Record<string, ParameterKind>>;

type NumberValues = ValuesOf<typeof NUMBER_PARAMETERS>;

/** An owned number. */
export interface OwnedNumber {
  readonly sid: string;
  readonly phoneNumber: string;
  readonly createdAt: number;
  updatedAt: number;
  /** By parameter; empty text: not set. */
  readonly values: NumberValues;
}

export function newNumber(sid: string, phoneNumber: string, now: number): OwnedNumber {
  const values: NumberValues = {
    FriendlyName: phoneNumber,
    SmsApplicationSid: '',
    SmsFallbackMethod: 'POST',
    SmsFallbackUrl: '',
    SmsMethod: 'POST',
    SmsUrl: '',
    StatusCallback: '',
    StatusCallbackMethod: 'POST',
    VoiceApplicationSid: '',
    VoiceCallerIdLookup: false,
    VoiceFallbackMethod: 'POST',
    VoiceFallbackUrl: '',
    VoiceMethod: 'POST',
    VoiceReceiveMode: 'voice',
    VoiceUrl: '',
    EmergencyStatus: 'Inactive',
    EmergencyAddressSid: '',
    TrunkSid: '',
    IdentitySid: '',
    AddressSid: '',
    BundleSid: '',
  };
  return { sid, phoneNumber, createdAt: now, updatedAt: now, values };
}

/** SIDs that are null, not empty text, while they are not set. */
const NULLABLE = ['EmergencyAddressSid', 'TrunkSid', 'IdentitySid', 'AddressSid', 'BundleSid'] as const;

export const CAPABILITIES = { voice: true, sms: true, mms: true, fax: false } as const;

export function numberResource(accountSid: string, number: OwnedNumber): Record<string, unknown> {
  const unset = Object.fromEntries(NULLABLE.map((name) => [name, number.values[name] || null]));
  return {
    account_sid: accountSid,
    address_requirements: 'none',
    api_version: '2010-04-01',
    beta: false,
    capabilities: CAPABILITIES,
    date_created: rfc2822(number.createdAt),
    date_updated: rfc2822(number.updatedAt),
    emergency_address_status: 'unregistered',
    origin: 'twilio',
    phone_number: number.phoneNumber,
    sid: number.sid,
    status: 'in-use',
    type: 'local',
    uri: `/2010-04-01/Accounts/${accountSid}/IncomingPhoneNumbers/${number.sid}.json`,
    ...fieldsOf({ ...number.values, ...unset }),
  };
}
