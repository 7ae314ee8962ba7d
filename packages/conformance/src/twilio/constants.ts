/**
 * The default account of the simulated service. Everything here is fake and opens nothing anywhere: the values
 * have the shape of real ones, and are built from repeated parts so that secret scanners see no secret.
 */

import { MAGIC_VALID_FROM } from './magic.js';

/** Fake Account SID. */
export const TWILIO_ACCOUNT_SID = `AC${'0a'.repeat(16)}`;
/** Fake Auth Token of the default account; also the key of its webhook signatures. */
export const TWILIO_AUTH_TOKEN = 'fake'.repeat(8);

/** Fake API key of kind `standard`: no access to `/Accounts` and `Keys`. */
export const TWILIO_STANDARD_KEY = { sid: `SK${'1b'.repeat(16)}`, secret: 'fakestd.'.repeat(4) } as const;
/** Fake API key of kind `main`: access like the Auth Token. */
export const TWILIO_MAIN_KEY = { sid: `SK${'2c'.repeat(16)}`, secret: 'fakemain'.repeat(4) } as const;

/** Fake test credentials: a second Account SID and Auth Token that change nothing. */
export const TWILIO_TEST_CREDENTIALS = { sid: `AC${'3d'.repeat(16)}`, authToken: 'fake-test-'.repeat(3) } as const;

/** Numbers that the default account owns. The first is the vendor's always-valid sender; the second is in no service. */
export const TWILIO_NUMBERS = [MAGIC_VALID_FROM, '+15005550020', '+15005550021'] as const;
/** The default account's Messaging Service; its pool is the third number. */
export const TWILIO_SERVICE_SID = `MG${'4e'.repeat(16)}`;
/** A WhatsApp sender of the default account. */
export const TWILIO_WHATSAPP_SENDER = 'whatsapp:+14155238886';
/** A content template of the default account, `Your code is {{1}}`. */
export const TWILIO_TEMPLATE_SID = `HX${'5f'.repeat(16)}`;
