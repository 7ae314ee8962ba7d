/** Operations on phone numbers and short codes. */

import { accountOperations, type Operation } from '../operation.js';
import { fetchCountry, listAvailable, listCountries } from './available.js';
import { buyNumber, fetchNumber, listNumbers, releaseNumber, updateNumber } from './numbers.js';
import { fetchShortCode, listShortCodes, updateShortCode } from './short-codes.js';

export const NUMBER_OPERATIONS: readonly Operation[] = [
  ...accountOperations({ 'POST /IncomingPhoneNumbers': buyNumber }, { openToTest: true }),
  ...accountOperations({
    'GET /IncomingPhoneNumbers': listNumbers,
    'GET /IncomingPhoneNumbers/{Sid}': fetchNumber,
    'POST /IncomingPhoneNumbers/{Sid}': updateNumber,
    'DELETE /IncomingPhoneNumbers/{Sid}': releaseNumber,
    'GET /AvailablePhoneNumbers': listCountries,
    'GET /AvailablePhoneNumbers/{CountryCode}': fetchCountry,
    'GET /AvailablePhoneNumbers/{CountryCode}/Local': listAvailable('Local'),
    'GET /AvailablePhoneNumbers/{CountryCode}/Mobile': listAvailable('Mobile'),
    'GET /AvailablePhoneNumbers/{CountryCode}/TollFree': listAvailable('TollFree'),
    'GET /SMS/ShortCodes': listShortCodes,
    'GET /SMS/ShortCodes/{Sid}': fetchShortCode,
    'POST /SMS/ShortCodes/{Sid}': updateShortCode,
  }),
];
