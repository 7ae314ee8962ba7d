/** Fields that the JWT cards share. */
import type { Field } from '@flowdeck/engine';

export const KEY = {
  key: 'key',
  type: 'text',
  label: 'key',
  description:
    'A shared secret for HS; for all others a key in PEM, whose line breaks may be blanks or written as \\n, or a JWK. A certificate or a private key also verifies.',
  required: true,
  secret: true,
} as const satisfies Field;

export const JWT_TOKEN = {
  key: 'token',
  type: 'text',
  label: 'token',
  description: 'The token: three parts with dots between them.',
  required: true,
  secret: true,
} as const satisfies Field;

export const PAYLOAD = {
  key: 'payload',
  type: 'object',
  label: 'payload',
  description: 'All claims.',
} as const satisfies Field;
