/** The form that mocks had in version 0.1, read for one version more: a connector, a card, and `when`. */
import type { Value } from '@flowdeck/engine';
import { isPlainObject } from '@flowdeck/engine/kit';
import { anyObject, anyValue, listOf, name, objectOf, type Shape, valueThat } from '../shape/shape.js';
import { errorShape, timesOf } from './shape.js';
import type { Mock, MockAnswer, MockError } from './types.js';

interface FixtureAnswer {
  readonly outputs?: Readonly<Record<string, Value>>;
  readonly records?: readonly Value[];
  readonly error?: MockError;
  readonly times?: number | 'rest';
}

interface Fixture extends FixtureAnswer {
  readonly connector: string;
  readonly card?: string;
  readonly when?: Readonly<Record<string, unknown>>;
  readonly answers?: readonly FixtureAnswer[];
}

const ANSWER = { outputs: anyObject, records: listOf(anyValue), error: errorShape };
const answers = listOf(objectOf('an answer', { ...ANSWER, times: timesOf }), 1);

const byConnector = objectOf(
  'a fixture',
  { connector: name, card: name, when: anyObject, ...ANSWER, answers },
  {
    required: ['connector'],
    exclusive: [
      ['answers', 'outputs'],
      ['answers', 'error'],
      ['answers', 'records'],
    ],
  },
);

const REQUEST_MEMBERS = ['url', 'headers', 'body'];
const whenOfHttp = valueThat(
  'what a request has to be: "url", "headers" or "body"',
  (value) => isPlainObject(value) && Object.keys(value).every((key) => REQUEST_MEMBERS.includes(key)),
);

export const fixtureOf: Shape = (value, pointer) => {
  const faults = byConnector(value, pointer);
  if (faults.length > 0 || !isPlainObject(value) || value['connector'] !== 'http') return faults;
  return value['when'] === undefined ? [] : whenOfHttp(value['when'], `${pointer}/when`);
};

/** The mock that a fixture stands for. */
export function mockOfFixture({ connector, card, when, answers: list, ...answer }: Fixture): Mock {
  const isHttp = connector === 'http';
  const made = isHttp ? answerOfHttp : (each: FixtureAnswer): MockAnswer => each;
  const given = list ? { answers: list.map(made) } : { answer: made(answer) };
  if (!isHttp) {
    return { card: `${connector}.${card ?? '*'}`, ...(when ? { in: byStars(when) } : {}), ...given };
  }
  return { http: { ...(card === undefined ? {} : { method: card.toUpperCase() }), ...byStars(when ?? {}) }, ...given };
}

function answerOfHttp({ outputs = {}, error: failed, times: often }: FixtureAnswer): MockAnswer {
  const { statusCode, headers, body = {} } = outputs;
  const content = failed ? (failed.body ?? { message: failed.message }) : body;
  const own = isPlainObject(headers) ? Object.entries(headers) : [];
  return {
    status: failed ? (failed.statusCode ?? 500) : typeof statusCode === 'number' ? statusCode : 200,
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(own.map(([key, value]) => [key.toLowerCase(), String(value)])),
    },
    ...(typeof content === 'string' ? { body: content } : { json: content }),
    ...(often === undefined ? {} : { times: often }),
  };
}

/** A text may begin or end with a star. */
function byStars(when: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(when).map(([key, value]) => [key, starred(value)]));
}

function starred(value: unknown): unknown {
  if (isPlainObject(value)) return { $literal: value };
  if (typeof value !== 'string' || !/^\*|\*$/.test(value)) return value;
  const open = value.startsWith('*');
  const end = value.length > 1 && value.endsWith('*');
  const core = value.slice(open ? 1 : 0, end ? -1 : undefined).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return { $match: `${open ? '' : '^'}${core}${end || value === '*' ? '' : '$'}` };
}
