/** The shape of a step, as data: what may stand where. */
import { isPlainObject } from '@flowdeck/engine/kit';
import { expectedShape } from '../mocks/shape.js';
import { quoted } from '../shape/fault.js';
import {
  all,
  anyObject,
  anyValue,
  listOf,
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
  emit: name,
  delegate: name,
  send: sent,
  asked: ofStep,
  until: state,
  clock: stepMoment,
  again: oneOfTexts('stop', 'crash'),
  connect: name,
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
    id: name,
    key: name,
    caller: anyObject,
    auth: anyObject,
    at: stepMoment,
    flows: listOf(anyObject),
    connectors: listOf(anyObject),
    expect: ofStep,
    keep: mapOf(
      valueThat('a JSON Pointer, such as /json/id', (value) => typeof value === 'string' && value.startsWith('/')),
    ),
  },
  { some: [Object.keys(STEP_SHAPES)], exclusive: [Object.keys(STEP_SHAPES)] },
);

/** What belongs to one kind of step. */
export const OF_KIND = {
  inputs: ['start', 'emit', 'delegate'],
  id: ['emit'],
  key: ['emit'],
  caller: ['delegate'],
  auth: ['connect'],
  at: ['again'],
  flows: ['again'],
  connectors: ['again'],
} as const;

export const stepShape: Shape = all(members, (value, pointer) =>
  isPlainObject(value)
    ? Object.entries(OF_KIND)
        .filter(([key, kinds]) => Object.hasOwn(value, key) && !kinds.some((kind) => Object.hasOwn(value, kind)))
        .map(([key, kinds]) => ({
          pointer: `${pointer}/${key}`,
          message: `${quoted(key)} belongs to ${kinds.map(quoted).join(', ')}.`,
          hint: 'Leave it out.',
        }))
    : [],
);
