/** Fields and errors that the date cards share. */
import type { CardField } from '@flowdeck/engine';
import { DATE_UNITS } from './arithmetic.js';

export const DATE = {
  key: 'date',
  type: 'date',
  label: 'date',
  description: 'The instant. Text is read as ISO 8601, RFC 2822 or a common written form; without a zone it is UTC.',
  required: true,
} as const satisfies CardField;

export const UNIT = {
  key: 'unit',
  type: 'text',
  label: 'units',
  description: 'What the amount counts; the singular counts too.',
  required: true,
  default: 'days',
  choices: DATE_UNITS.flatMap((unit) => [unit, unit.slice(0, -1)]),
  openChoices: true,
} as const satisfies CardField;

export const FORMAT = {
  key: 'format',
  type: 'text',
  label: 'format',
  description:
    'Format codes, such as YYYY-MM-DD, MMMM D, Y or h:mm a z. Text in square brackets stands for itself. Note that D is the day of the month, d the weekday, and Y the full year.',
} as const satisfies CardField;

export const ZONE = {
  key: 'zone',
  type: 'text',
  label: 'time zone',
  description:
    'IANA name in upper or lower case, such as Europe/Paris or US/Pacific, or an offset such as +05:30 or GMT+2. Empty: UTC. An unknown name counts as UTC and prints no abbreviation.',
} as const satisfies CardField;

export const FORMAT_ERRORS = {
  'date-format': 'The format has more than 1,000 characters.',
} as const;
