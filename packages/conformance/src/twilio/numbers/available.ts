/** Phone numbers on sale: a few in each country, all from the ranges that are kept free for fiction. */

import { fixedListing } from '../shelf.js';
import { Refusal } from '../wire/errors.js';
import { accountPath, type Call, listReply, type Reply, wholeReply } from '../world.js';
import { CAPABILITIES } from './owned.js';
import { patternOf } from './pattern.js';

type NumberKind = 'Local' | 'Mobile' | 'TollFree';

interface Range {
  readonly kind: NumberKind;
  /** The area that `AreaCode` asks for. Null: the range has none. */
  readonly area: string | null;
  /** Everything but the last two digits. */
  readonly prefix: string;
  readonly locality: string | null;
  readonly region: string | null;
}

interface Country {
  readonly code: string;
  readonly name: string;
  readonly ranges: readonly Range[];
}

const PER_RANGE = 20;

/** A range of the North American plan, which keeps 555-0100 to 555-0199 of each area free for fiction. */
function american(area: string, locality: string, region: string): Range {
  return { kind: 'Local', area, prefix: `+1${area}55501`, locality, region };
}

function toll(prefix: string, area: string): Range {
  return { kind: 'TollFree', area, prefix, locality: null, region: null };
}

/** British ones: the ranges that Ofcom keeps free for drama. */
const COUNTRIES: readonly Country[] = [
  {
    code: 'US',
    name: 'United States',
    ranges: [
      american('212', 'New York', 'NY'),
      american('415', 'San Francisco', 'CA'),
      american('510', 'Oakland', 'CA'),
      toll('+180055501', '800'),
      toll('+188855501', '888'),
    ],
  },
  {
    code: 'CA',
    name: 'Canada',
    ranges: [american('416', 'Toronto', 'ON'), american('514', 'Montreal', 'QC'), toll('+187755501', '877')],
  },
  {
    code: 'GB',
    name: 'United Kingdom',
    ranges: [
      { kind: 'Local', area: '20', prefix: '+4420794600', locality: 'London', region: 'London' },
      { kind: 'Mobile', area: null, prefix: '+4477009000', locality: null, region: null },
      toll('+4480815700', '808'),
    ],
  },
];

interface Offer {
  readonly sid: string;
  readonly country: Country;
  readonly range: Range;
}

function offersOf(country: Country): Offer[] {
  return country.ranges.flatMap((range) =>
    Array.from({ length: PER_RANGE }, (_, index) => ({
      sid: range.prefix + String(index).padStart(2, '0'),
      country,
      range,
    })),
  );
}

/** The number on sale that a purchase asks for. Undefined: none that `free` lets pass. */
export function offered(
  phoneNumber: string | null,
  areaCode: string | null,
  free: (phoneNumber: string) => boolean,
): string | undefined {
  const offers = COUNTRIES.flatMap(offersOf);
  const wanted = (offer: Offer) =>
    phoneNumber === null ? offer.range.kind === 'Local' && offer.range.area === areaCode : offer.sid === phoneNumber;
  return offers.find((offer) => wanted(offer) && free(offer.sid))?.sid;
}

/** `GET …/AvailablePhoneNumbers` */
export function listCountries(call: Call): Reply {
  const countries = COUNTRIES.map((country) => countryResource(call, country));
  return wholeReply('Countries', call.path, 'countries', countries);
}

/** `GET …/AvailablePhoneNumbers/{CountryCode}` */
export function fetchCountry(call: Call): Reply {
  return { status: 200, element: 'Country', fields: countryResource(call, countryOf(call)) };
}

/** `GET …/AvailablePhoneNumbers/{CountryCode}/Local`, `Mobile` or `TollFree`, less what the account owns. */
export function listAvailable(kind: NumberKind): (call: Call) => Reply {
  return (call) => {
    const { account, query } = call;
    const area = query.get('AreaCode') || null;
    const contains = query.get('Contains') || null;
    const pattern = contains === null ? null : patternOf(contains);
    const [region, locality] = [query.get('InRegion') || null, query.get('InLocality') || null];
    const owned = new Set([...account.numbers].map((number) => number.phoneNumber));
    const fits = ({ range, sid }: Offer) =>
      range.kind === kind &&
      !owned.has(sid) &&
      (area === null || range.area === area) &&
      (pattern === null || pattern.test(sid)) &&
      (region === null || range.region === region) &&
      (locality === null || range.locality === locality) &&
      query.get('FaxEnabled') !== 'true';
    const shelf = fixedListing(offersOf(countryOf(call)).filter(fits));
    return listReply(call, 'AvailablePhoneNumbers', 'available_phone_numbers', { shelf, show: offerResource });
  };
}

/** @throws Refusal 20404 for a country without numbers on sale */
function countryOf(call: Call): Country {
  const country = COUNTRIES.find((each) => each.code === call.params['CountryCode']);
  if (!country) throw new Refusal(20404, { path: call.path });
  return country;
}

const PATHS: Readonly<Record<NumberKind, string>> = { Local: 'local', Mobile: 'mobile', TollFree: 'toll_free' };

function countryResource(call: Call, country: Country): Record<string, unknown> {
  const base = `${accountPath(call)}/AvailablePhoneNumbers/${country.code}`;
  const kinds = [...new Set(country.ranges.map((range) => range.kind))];
  return {
    country_code: country.code,
    country: country.name,
    uri: `${base}.json`,
    beta: false,
    subresource_uris: Object.fromEntries(kinds.map((kind) => [PATHS[kind], `${base}/${kind}.json`])),
  };
}

function offerResource({ country, range, sid }: Offer): Record<string, unknown> {
  return {
    friendly_name: sid,
    phone_number: sid,
    lata: null,
    locality: range.locality,
    rate_center: null,
    latitude: null,
    longitude: null,
    region: range.region,
    postal_code: null,
    iso_country: country.code,
    address_requirements: 'none',
    beta: false,
    capabilities: CAPABILITIES,
  };
}
