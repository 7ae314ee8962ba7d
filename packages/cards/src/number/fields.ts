/** Fields that the number cards share. */
import type { Field } from '@flowdeck/engine';

export const NUMBER = {
  key: 'number',
  type: 'number',
  label: 'number',
  description: 'The number. Null is 0.',
  required: true,
} as const satisfies Field;

export const NUMBER_1 = {
  key: 'number 1',
  type: 'number',
  label: 'number 1',
  description: 'The first number. Null is 0.',
  required: true,
} as const satisfies Field;

export const NUMBER_2 = {
  key: 'number 2',
  type: 'number',
  label: 'number 2',
  description: 'The second number. Null is 0.',
  required: true,
} as const satisfies Field;

export const DECIMALS = {
  key: 'decimals',
  type: 'number',
  label: 'decimal places',
  description: 'Digits after the decimal point, 0 to 100.',
  required: true,
  default: 2,
} as const satisfies Field;
