/** JWT Decode: what a token says, whether true or not. */
import { defineCard } from '@flowdeck/engine';
import { DECODE_ERRORS } from './faults.js';
import { JWT_TOKEN, PAYLOAD } from './fields.js';
import { namedClaims } from './named-claims.js';
import { readToken } from './token.js';

export const jwtDecode = defineCard({
  id: 'jwt.decode',
  title: 'Decode',
  description:
    'Reads a JSON Web Token without verifying it: anybody may have written it. Further outputs are the claims of their names; null where there is none.',
  kind: 'pure',
  inputs: [JWT_TOKEN],
  outputs: [{ key: 'header', type: 'text', label: 'header', description: 'JSON of the header.' }, PAYLOAD],
  extraOutputs: { type: 'any' },
  seesOutputs: true,
  errors: DECODE_ERRORS,
  examples: [
    {
      in: {
        token:
          'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzY29wZSI6InJlYWQiLCJpYXQiOjE3MDUyNzY4MDB9.jP4qWPHNBmKnDkLcOFb8xP0Wm1F0L0pYh1XgPpV5R9M',
      },
      out: { header: '{"alg":"HS256","typ":"JWT"}', payload: { scope: 'read', iat: 1_705_276_800 } },
    },
    {
      title: 'Claims by name',
      in: { token: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.' },
      out: { header: '{"alg":"none"}', payload: { sub: 'me' }, sub: 'me', aud: null },
    },
    { title: 'No token', in: { token: 'a.b' }, error: 'jwt-malformed' },
    { title: 'Null', in: { token: null }, error: 'jwt-malformed' },
  ],
  addresses: [{ address: 'root:kernel:jwt:0.0.1:decode', lacks: { out: ['payload'] } }],
  run: (text, outputs) => {
    const { headerText, payload } = readToken(text);
    return { ...namedClaims(payload, outputs, ['header', 'payload']), header: headerText, payload };
  },
});
