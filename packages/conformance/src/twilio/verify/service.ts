/** One Verify service: the record that the service keeps, and the resource that callers see. */

import { iso8601 } from '../wire/dates.js';
import { fieldsOf, type ParameterKind, type ValuesOf } from '../wire/parameters.js';

/** What can be set when a service is made. */
export const VERIFY_SERVICE_PARAMETERS = {
  FriendlyName: 'text',
  CodeLength: 'integer',
  LookupEnabled: 'boolean',
  Psd2Enabled: 'boolean',
  SkipSmsToLandlines: 'boolean',
  DtmfInputRequired: 'boolean',
  TtsName: 'text',
  DoNotShareWarningEnabled: 'boolean',
  CustomCodeEnabled: 'boolean',
  DefaultTemplateSid: 'text',
  VerifyEventSubscriptionEnabled: 'boolean',
} as const satisfies Readonly<Record<string, ParameterKind>>;

/** A Verify service. */
export interface VerifyService {
  /** `VA…` */
  readonly sid: string;
  readonly createdAt: number;
  readonly values: ValuesOf<typeof VERIFY_SERVICE_PARAMETERS>;
  /** What WhatsApp codes are sent by; empty text: the vendor's own sender. */
  readonly whatsapp: { readonly serviceSid: string; readonly from: string };
}

/** What a service has that was made with a name only. */
export function verifyServiceValues(name: string): VerifyService['values'] {
  return {
    FriendlyName: name,
    CodeLength: 6,
    LookupEnabled: false,
    Psd2Enabled: false,
    SkipSmsToLandlines: false,
    DtmfInputRequired: true,
    TtsName: '',
    DoNotShareWarningEnabled: false,
    CustomCodeEnabled: false,
    DefaultTemplateSid: '',
    VerifyEventSubscriptionEnabled: false,
  };
}

export function verifyServiceResource(
  accountSid: string,
  origin: string,
  service: VerifyService,
): Record<string, unknown> {
  const url = `${origin}/v2/Services/${service.sid}`;
  const { values, whatsapp } = service;
  return {
    sid: service.sid,
    account_sid: accountSid,
    date_created: iso8601(service.createdAt),
    date_updated: iso8601(service.createdAt),
    push: { include_date: false, apn_credential_sid: null, fcm_credential_sid: null },
    totp: { issuer: values.FriendlyName, time_step: 30, code_length: 6, skew: 1 },
    whatsapp: { msg_service_sid: whatsapp.serviceSid || null, from: whatsapp.from || null },
    passkeys: null,
    url,
    links: { verifications: `${url}/Verifications`, verification_checks: `${url}/VerificationCheck` },
    ...fieldsOf({ ...values, TtsName: values.TtsName || null, DefaultTemplateSid: values.DefaultTemplateSid || null }),
  };
}
