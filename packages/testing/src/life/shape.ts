/** The shape of a step, as data: what may stand where. */
import { isPlainObject } from '@flowdeck/engine/kit';
import { expectedShape } from '../mocks/shape.js';
import { quoted } from '../shape/fault.js';
import {
  all,
  anyObject,
  anyValue,
  mapOf,
  name,
  objectOf,
  oneOfTexts,
  type Shape,
  text,
  valueThat,
  whole,
} from '../shape/shape.js';

const ofStep: Shape = all(anyObject, expectedShape);

const stepMoment = valueThat(
  'a moment, such as 2030-01-31T08:00:00Z',
  (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
);

const sent = objectOf(
  'a request',
  {
    method: name,
    url: text,
    headers: mapOf(text),
    json: anyValue,
    text,
    base64: text,
    form: mapOf(text),
    hmac: objectOf(
      'a header with an HMAC',
      { header: name, secret: text, signed: text, prefix: text },
      { required: ['header', 'secret', 'signed'] },
    ),
  },
  { required: ['url'], exclusive: [['json', 'text', 'base64', 'form']] },
);

const state = objectOf(
  'a state of a host',
  { flow: name, is: ofStep, ended: whole(0), parked: whole(0) },
  { some: [['flow', 'ended', 'parked']] },
);

/** What is done, by the member that says it. */
const STEP_SHAPES = {
  on: name,
  off: name,
  start: name,
  send: sent,
  asked: ofStep,
  until: state,
  clock: stepMoment,
  again: oneOfTexts('stop', 'crash'),
  test: name,
  revoke: name,
  replay: whole(0),
  drop: whole(0),
} as const satisfies Readonly<Record<string, Shape>>;

const members = objectOf(
  'a step',
  {
    ...STEP_SHAPES,
    inputs: anyObject,
    at: stepMoment,
    expect: ofStep,
    keep: mapOf(
      valueThat('a JSON Pointer, such as /json/id', (value) => typeof value === 'string' && value.startsWith('/')),
    ),
  },
  { some: [Object.keys(STEP_SHAPES)], exclusive: [Object.keys(STEP_SHAPES)] },
);

/** What belongs to one kind of step. */
const OF_KIND = { inputs: 'start', at: 'again' } as const;

export const stepShape: Shape = all(members, (value, pointer) =>
  isPlainObject(value)
    ? Object.entries(OF_KIND)
        .filter(([key, kind]) => Object.hasOwn(value, key) && !Object.hasOwn(value, kind))
        .map(([key, kind]) => ({
          pointer: `${pointer}/${key}`,
          message: `${quoted(key)} belongs to ${quoted(kind)}.`,
          hint: 'Leave it out.',
        }))
    : [],
);
