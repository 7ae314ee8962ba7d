/** Fields that several cards declare alike. */
import type { CardField } from '@flowdeck/engine';
import { OPERATORS } from '@flowdeck/engine/kit';

/** The two sides of a comparison and its operator. */
export const COMPARISON = [
  { key: 'left', type: 'any', label: 'value a', description: 'The value to compare.' },
  {
    key: 'operator',
    type: 'text',
    label: 'comparison',
    description: 'How to compare. Texts are compared by alphabet, numbers by size, dates by time.',
    required: true,
    default: '==',
    // All of them everywhere: which ones a menu shows is a matter for editors (`offeredBy`), not a rule for flows.
    choices: OPERATORS.map((info) => info.operator),
    openChoices: true,
  },
  { key: 'right', type: 'any', label: 'value b', description: 'What to compare it with. "is empty" ignores it.' },
] as const satisfies readonly CardField[];

/** Errors of every card that compares. */
/** The inputs of a comparison, as the trait `compares` names them. */
export const COMPARES = { left: 'left', operator: 'operator', right: 'right' } as const;

export const COMPARISON_ERRORS = {
  'unknown-operator': 'The operator is none of the known ones.',
} as const;

/** The flow that a card calls. */
export const FLOW = {
  key: 'flow',
  type: 'flow',
  label: 'Helper flow',
  description: 'The flow to call.',
  required: true,
} as const satisfies CardField;

/** An answer over HTTP as its author writes it. */
export const RAW_ANSWER = [
  {
    key: 'statusCode',
    type: 'number',
    label: 'status code',
    description: '200, or 400 to 599.',
    required: true,
    default: 200,
  },
  {
    key: 'headers',
    type: 'object',
    label: 'headers',
    description: 'Added to those that the host sends.',
    required: true,
    default: {},
  },
  { key: 'body', type: 'text', label: 'body', description: 'Sent as it is.', required: true, default: '' },
] as const satisfies readonly CardField[];

/** How many calls may be in progress at a time. */
export const CONCURRENCY = {
  key: 'concurrency',
  type: 'number',
  label: 'Concurrency',
  description: 'Calls in progress at a time. 1: strictly one after the other, in order. Below 1 counts as 1.',
  required: true,
  default: 1,
} as const satisfies CardField;

/** A place inside a value. */
export const PATH = {
  key: 'path',
  type: 'any',
  label: 'path',
  description:
    'Keys separated by dots; digits are a position in a list, from 0. Or a list of keys, in which dots are part of the key.',
} as const satisfies CardField;

/** Values for the inputs of the flow that is called once per item. */
export const PER_ITEM = {
  type: 'any',
  forward: 'flow',
  perItem: true,
  description:
    'Inputs of the helper flow: {"item": "/path"} for a part of the current item, or the same value for all.',
} as const;

/** Values for the inputs of the flow that is called. */
export const FORWARDED = { type: 'any', forward: 'flow', description: 'Inputs of the called flow, by name.' } as const;

export function atLeastOne(concurrency: number): number {
  return Math.max(1, Math.floor(concurrency));
}
