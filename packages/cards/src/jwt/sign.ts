/** JWT Sign: a token that proves who made it. */
import { defineCard, FlowdeckError, type Value, type ValueObject } from '@flowdeck/engine';
import { toJsonText } from '@flowdeck/engine/kit';
import { utf8 } from '../shared/bytes.js';
import { asObject } from '../shared/conversions.js';
import { ALGORITHMS, type Algorithm, algorithmOf } from './algorithms.js';
import { claimsOf } from './claims.js';
import { fault, SIGN_ERRORS } from './faults.js';
import { KEY } from './fields.js';
import { invalidJwtKey, type Key, signingKey } from './keys.js';

export const jwtSign = defineCard({
  id: 'jwt.sign',
  title: 'Sign',
  description:
    'Signs a JSON Web Token. Its claims are the extra inputs of the group payload, the time of signing (iat), and the options; options that are null or empty are left out.',
  // It reads the clock, and some signatures are drawn at random.
  kind: 'effect',
  named: true,
  inputs: [
    KEY,
    {
      key: 'algorithm',
      type: 'text',
      label: 'algorithm',
      description: `One of ${ALGORITHMS.join(', ')}.`,
      required: true,
      default: 'HS256',
    },
    { key: 'audience', type: 'any', label: 'audience', description: 'For whom the token is: a text or a list (aud).' },
    { key: 'issuer', type: 'text', label: 'issuer', description: 'Who made the token (iss).' },
    { key: 'subject', type: 'text', label: 'subject', description: 'Whom the token is about (sub).' },
    {
      key: 'expires in',
      type: 'any',
      label: 'expires in',
      description:
        'When the token expires, counted from iat (exp): seconds, or text such as 10 minutes, 2 days, 7d. Text of digits alone is milliseconds.',
    },
    {
      key: 'not before',
      type: 'any',
      label: 'not before',
      description:
        'From when on it is valid (nbf): a span like that of "expires in", or, above 1,000,000,000, seconds since 1970.',
    },
    { key: 'token id', type: 'text', label: 'JWT ID', description: 'What tells the token from others (jti).' },
    {
      key: 'no timestamp',
      type: 'boolean',
      label: 'no timestamp',
      description: 'Whether to leave out the time of signing (iat).',
      required: true,
      default: false,
    },
    {
      key: 'header',
      type: 'any',
      label: 'header',
      description: 'Further members of the header, such as {"kid": "1"}: JSON text or an object.',
    },
  ],
  extraInputs: { type: 'any', group: 'payload', description: 'Claims by name. Dates as iat, nbf and exp are seconds.' },
  outputs: [{ key: 'token', type: 'text', label: 'token', description: 'The signed token.', secret: true }],
  traits: { urlSafe: true },
  errors: SIGN_ERRORS,
  examples: [
    {
      in: {
        key: 'secret',
        algorithm: 'HS256',
        audience: 'api',
        issuer: 'me',
        'expires in': 600,
        'payload/scope': 'read',
        'payload/iat': 1_705_276_800,
      },
      out: {
        token:
          'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzY29wZSI6InJlYWQiLCJpYXQiOjE3MDUyNzY4MDAsImV4cCI6MTcwNTI3NzQwMCwiYXVkIjoiYXBpIiwiaXNzIjoibWUifQ.CxkmZBcZn_ToQo8oSE6tQYey7OladVoObjQGrOiAB1s',
      },
    },
    { title: 'No signature', in: { key: 'secret', algorithm: 'none' }, error: 'unsupported-algorithm' },
    { title: 'No key', in: { key: null }, error: 'invalid-key' },
    { title: 'A faulty header', in: { key: 'secret', header: '{"kid":' }, error: 'invalid-header' },
    {
      title: 'A claim given twice',
      in: { key: 'secret', 'expires in': 60, 'payload/exp': 1_705_276_800 },
      error: 'invalid-claim',
    },
    { title: 'No span', in: { key: 'secret', 'expires in': 'soon' }, error: 'invalid-span' },
  ],
  addresses: [
    {
      address: 'root:kernel:jwt:0.0.1:sign',
      in: {
        'options/algorithm': 'algorithm',
        'options/audience': 'audience',
        'options/issuer': 'issuer',
        'options/subject': 'subject',
        'options/expiresIn': 'expires in',
        'options/notBefore': 'not before',
        'options/jwtid': 'token id',
        'options/noTimestamp': 'no timestamp',
        'options/header': 'header',
      },
      extraGroup: 'payload',
    },
  ],
  run: async (inputs, payload, ctx) => {
    const chosen = algorithmOf(inputs.algorithm);
    const header = headerOf(inputs.header, chosen);
    const claims = claimsOf(payload, inputs, Math.floor(ctx.clock.now() / 1000));
    return { token: await signed(toJsonText(claims), header, await signingKey(inputs.key, chosen)) };
  },
});

/** What of a header an author may not set: the algorithm is an input of its own. */
function headerOf(given: Value, algorithm: Algorithm): ValueObject {
  const header = { alg: algorithm.name, typ: 'JWT', ...memberOf(given) };
  // `crit` and `b64` change how the token is to be read; this card makes plain ones only.
  if (header.alg === algorithm.name && !Object.hasOwn(header, 'crit') && !Object.hasOwn(header, 'b64')) return header;
  throw fault(
    'invalid-header',
    'The header contradicts the token.',
    'Leave out alg, crit and b64; the algorithm is an input of its own.',
    'header',
  );
}

function memberOf(given: Value): ValueObject {
  try {
    // The converter gives an object or null.
    return (asObject(given) ?? {}) as ValueObject;
  } catch (error) {
    if (!(error instanceof FlowdeckError)) throw error;
    throw fault('invalid-header', 'The header is not JSON of an object.', 'Write such as {"kid": "1"}.', 'header');
  }
}

async function signed(payload: string, header: ValueObject, key: Key): Promise<string> {
  const { CompactSign } = await import('jose');
  try {
    return await new CompactSign(utf8(payload))
      // The header has just been made to have an algorithm.
      .setProtectedHeader(header as ValueObject & { alg: string })
      .sign(key);
  } catch (error) {
    // All else has been checked: a key that is too short, or of another curve.
    throw invalidJwtKey(error);
  }
}
