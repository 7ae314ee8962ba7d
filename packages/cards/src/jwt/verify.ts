/** JWT Verify: what a token says, if it is true. */
import { defineCard, type Value, type ValueObject } from '@flowdeck/engine';
import { ALGORITHMS, algorithmOf } from './algorithms.js';
import { fault, VERIFY_ERRORS } from './faults.js';
import { JWT_TOKEN, KEY, PAYLOAD } from './fields.js';
import { algorithmsFor, invalidJwtKey, verifyingKey } from './keys.js';
import { namedClaims } from './named-claims.js';
import { malformedJwt, readToken } from './token.js';

export const verify = defineCard({
  id: 'jwt.verify',
  title: 'Verify',
  description:
    'Checks the signature of a JSON Web Token, its times, and the audience, issuer and subject that are given. Further outputs are the claims of their names; null where there is none.',
  // It reads the clock.
  kind: 'effect',
  named: true,
  inputs: [
    JWT_TOKEN,
    KEY,
    {
      key: 'algorithm',
      type: 'text',
      label: 'algorithm',
      description: 'The only algorithm that is accepted. Empty: those that the kind of the key allows.',
    },
    { key: 'audience', type: 'text', label: 'audience', description: 'For whom the token must be. Empty: anybody.' },
    { key: 'issuer', type: 'text', label: 'issuer', description: 'Who must have made it. Empty: anybody.' },
    { key: 'subject', type: 'text', label: 'subject', description: 'Whom it must be about. Empty: anybody.' },
    {
      key: 'ignore expiration',
      type: 'boolean',
      label: 'ignore expiration',
      description: 'Whether to accept tokens that have expired.',
      required: true,
      default: false,
    },
    {
      key: 'clock tolerance',
      type: 'number',
      label: 'clock tolerance',
      description:
        'Seconds by which the clock of whoever signed may differ: so much earlier than nbf, and later than exp, a token is accepted. RFC 7519 speaks of a few minutes at most.',
      required: true,
      default: 0,
    },
  ],
  outputs: [PAYLOAD],
  extraOutputs: { type: 'any' },
  seesOutputs: true,
  errors: VERIFY_ERRORS,
  examples: [
    {
      in: {
        token:
          'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzY29wZSI6InJlYWQiLCJpYXQiOjE3MDUyNzY4MDAsImV4cCI6MTcwNTI3NzQwMCwiYXVkIjoiYXBpIiwiaXNzIjoibWUifQ.CxkmZBcZn_ToQo8oSE6tQYey7OladVoObjQGrOiAB1s',
        key: 'secret',
        algorithm: 'HS256',
        audience: 'api',
        'ignore expiration': true,
      },
      out: {
        payload: { scope: 'read', iat: 1_705_276_800, exp: 1_705_277_400, aud: 'api', iss: 'me' },
      },
    },
    {
      title: 'Unsigned',
      in: { token: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.', key: 'secret' },
      error: 'jwt-algorithm',
    },
    {
      title: 'A tolerance that is none',
      in: { token: 'eyJhbGciOiJIUzI1NiJ9.e30.AA', key: 'secret', 'clock tolerance': -1 },
      error: 'invalid-span',
    },
    { title: 'No token', in: { token: null, key: 'secret' }, error: 'jwt-malformed' },
  ],
  addresses: [
    // Inferred; not seen in a file of the vendor.
    {
      address: 'root:kernel:jwt:0.0.1:verify',
      in: {
        'options/algorithm': 'algorithm',
        'options/audience': 'audience',
        'options/issuer': 'issuer',
        'options/subject': 'subject',
        'options/ignoreExpiration': 'ignore expiration',
      },
      lacks: { in: ['clock tolerance'], out: ['payload'] },
    },
  ],
  run: async (inputs, ctx, outputs) => {
    const { key, algorithm } = inputs;
    const token = inputs.token.trim();
    const tolerance = checkTolerance(inputs['clock tolerance']);
    const { header, payload } = readToken(token);
    checkExtensions(header);
    const accepted = algorithm ? [algorithmOf(algorithm).name] : algorithmsFor(key);
    await checkSignature(token, header['alg'], key, accepted);
    checkTimes(payload, Math.floor(ctx.clock.now() / 1000), inputs['ignore expiration'], tolerance);
    checkClaim('audience', inputs.audience, [payload['aud']].flat());
    checkClaim('issuer', inputs.issuer, [payload['iss']]);
    checkClaim('subject', inputs.subject, [payload['sub']]);
    return { ...namedClaims(payload, outputs, ['payload']), payload };
  },
});

/** RFC 7515, section 4.1.11: what must be understood and is not makes a token invalid. None of the extensions is. */
function checkExtensions(header: ValueObject): void {
  // RFC 7797, section 7: a token whose payload is not encoded is none.
  if (header['b64'] !== undefined) throw malformedJwt('its payload is not encoded (b64)');
  if (header['crit'] !== undefined)
    throw malformedJwt('its header asks for an extension that is not known here (crit)');
}

/** What a token says of itself is shown where it is a word of ours. */
function known(named: Value | undefined): string {
  return ALGORITHMS.some((name) => name === named) ? `, ${String(named)}` : '';
}

function acceptedHint(accepted: readonly string[]): string {
  const text = accepted.every((name) => name.startsWith('HS'))
    ? ' A key without its line BEGIN, and that is no JWK, is taken for a shared secret.'
    : '';
  return `Accepted: ${accepted.join(', ')}.${text}`;
}

async function checkSignature(token: string, named: Value | undefined, key: string, accepted: readonly string[]) {
  if (typeof named !== 'string' || !accepted.includes(named)) {
    throw fault(
      'jwt-algorithm',
      `The token is signed by another algorithm${known(named)}.`,
      acceptedHint(accepted),
      'algorithm',
    );
  }
  const { compactVerify, errors } = await import('jose');
  try {
    await compactVerify(token, await verifyingKey(key, algorithmOf(named)), { algorithms: [named] });
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) {
      throw fault(
        'jwt-signature',
        'The signature is not the one of the key.',
        'Use the key of whoever signed the token.',
        'key',
      );
    }
    if (error instanceof errors.JOSEError) throw malformedJwt('it cannot be read', error);
    // What is left are faults of the key: too short, or of another curve.
    throw error instanceof TypeError ? invalidJwtKey(error) : error;
  }
}

/** @param now Seconds since 1970. */
function checkTimes(payload: ValueObject, now: number, ignoreExpiration: boolean, tolerance: number): void {
  const begin = timeIn(payload, 'nbf');
  const end = timeIn(payload, 'exp');
  if (begin !== null && begin > now + tolerance) {
    throw fault(
      'jwt-not-active',
      'The token is not valid yet.',
      'Wait until its nbf, check the clocks, or give a clock tolerance.',
      'token',
    );
  }
  if (end !== null && end <= now - tolerance && !ignoreExpiration) {
    throw fault('jwt-expired', 'The token has expired.', 'Ask for a new one.', 'token');
  }
}

/** RFC 7519, section 2: a NumericDate, which text is not. */
function timeIn(payload: ValueObject, name: string): number | null {
  const time = payload[name] ?? null;
  if (time === null || typeof time === 'number') return time;
  throw fault(
    'jwt-malformed',
    `The claim ${name} of the token is not a number.`,
    'Times in a token are seconds since 1970; whoever signs it has to write them so.',
    'token',
  );
}

function checkTolerance(seconds: number): number {
  if (seconds >= 0) return seconds;
  throw fault('invalid-span', 'The clock tolerance is negative.', 'Give seconds, from 0.', 'clock tolerance');
}

function checkClaim(field: string, asked: string | null, found: readonly (Value | undefined)[]): void {
  if (asked === null || asked === '' || found.includes(asked)) return;
  throw fault(
    'jwt-claim',
    `The ${field} of the token is another one.`,
    'The token is meant for or made by somebody else.',
    field,
  );
}
