/** Lookup: what a phone number is, told from numbering plans alone; no carrier is asked. */

import {
  isSupportedCountry,
  parsePhoneNumberFromString,
  type ValidatePhoneNumberLengthResult,
  validatePhoneNumberLength,
} from 'libphonenumber-js/min';
import { isFictional } from '../magic.js';
import { Refusal } from '../wire/errors.js';
import type { Call, Reply } from '../world.js';

/** What can be asked for with `Fields`; absent packages are null in the answer. */
const PACKAGES = [
  'caller_name',
  'sim_swap',
  'call_forwarding',
  'line_type_intelligence',
  'line_status',
  'identity_match',
  'reassigned_number',
  'sms_pumping_risk',
  'phone_number_quality_score',
  'pre_fill',
] as const;

type Package = (typeof PACKAGES)[number];

/** The error of a package that the account has not signed up for. */
const NOT_ENABLED = 60_606;

const LENGTH_ERRORS: Readonly<Record<ValidatePhoneNumberLengthResult, string>> = {
  INVALID_COUNTRY: 'INVALID_COUNTRY_CODE',
  NOT_A_NUMBER: 'NOT_A_NUMBER',
  TOO_SHORT: 'TOO_SHORT',
  TOO_LONG: 'TOO_LONG',
  INVALID_LENGTH: 'INVALID_LENGTH',
};

/** `GET /v2/PhoneNumbers/{number}`: a number that is none gets an answer too, with `valid` false and the reasons. */
export function lookUp(call: Call): Reply {
  const { origin, params, query } = call;
  const text = params['PhoneNumber'] ?? '';
  const wanted = packagesOf(query.get('Fields'));
  const country = query.get('CountryCode')?.toUpperCase() || 'US';
  if (!isSupportedCountry(country)) throw new Refusal(20001, { what: `CountryCode ${country} is not known` });
  const parsed = parsePhoneNumberFromString(text, country);
  const valid = parsed !== undefined && (isFictional(parsed.number) || parsed.isValid());
  const wrongLength = validatePhoneNumberLength(text, country);
  const errors = valid ? [] : [wrongLength === undefined ? 'INVALID_BUT_POSSIBLE' : LENGTH_ERRORS[wrongLength]];
  const found = Object.fromEntries(
    PACKAGES.map((name) => [name, wanted.includes(name) && valid ? contentOf(name) : null]),
  );
  return {
    status: 200,
    fields: {
      calling_country_code: valid && parsed ? parsed.countryCallingCode : null,
      country_code: valid && parsed ? (parsed.country ?? country) : null,
      phone_number: parsed?.number ?? text,
      national_format: valid && parsed ? parsed.formatNational() : null,
      valid,
      validation_errors: errors,
      ...found,
      url: `${origin}/v2/PhoneNumbers/${encodeURIComponent(parsed?.number ?? text)}`,
    },
  };
}

function packagesOf(fields: string | null): readonly Package[] {
  const names = (fields ?? '').split(',').map((name) => name.trim());
  return names.flatMap((name) => {
    if (name === '' || name === 'validation') return [];
    const known = PACKAGES.find((each) => each === name);
    if (!known) throw new Refusal(20001, { what: `Fields: ${name} is not known` });
    return [known];
  });
}

/** The same for every number: no carrier is asked. Packages that need an agreement of their own answer an error code. */
function contentOf(name: Package): Record<string, unknown> {
  if (name === 'line_type_intelligence') {
    const network = { mobile_country_code: '001', mobile_network_code: '01', carrier_name: 'Flowdeck Mobile' };
    return { ...network, type: 'mobile', error_code: null };
  }
  if (name === 'caller_name') return { caller_name: 'FLOWDECK TEST', caller_type: 'CONSUMER', error_code: null };
  if (name !== 'sms_pumping_risk') return { error_code: NOT_ENABLED };
  return {
    carrier_risk_category: 'low',
    number_blocked: false,
    number_blocked_date: null,
    number_blocked_last_3_months: false,
    sms_pumping_risk_score: 0,
    error_code: null,
  };
}
