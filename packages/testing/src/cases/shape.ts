/** The shape of a file of cases, as data: what may stand where. */
import { isPlainObject } from '@flowdeck/engine/kit';
import { stepShape } from '../life/shape.js';
import { expectedShape, mockOf } from '../mocks/shape.js';
import { quoted, type ShapeFault } from '../shape/fault.js';
import {
  all,
  anyObject,
  anyValue,
  either,
  listOf,
  mapOf,
  name,
  number,
  objectOf,
  oneOfTexts,
  type Shape,
  text,
  valueThat,
  whole,
} from '../shape/shape.js';
import { expectationShape } from './expectation-shape.js';

const momentShape = valueThat(
  'a moment, such as 2030-01-31T08:00:00Z',
  (value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)),
);

const clockShape = either(
  isPlainObject,
  objectOf('a clock', { start: momentShape }, { required: ['start'] }),
  oneOfTexts('instant', 'real'),
);

const connectionShape = objectOf(
  'a connection',
  { connector: name, auth: anyObject, parameters: anyObject },
  { required: ['connector'] },
);

const fileShape = objectOf(
  'a file',
  { text, base64: text, path: name },
  { some: [['text', 'base64', 'path']], exclusive: [['text', 'base64', 'path']] },
);

const rowsShape = either(
  Array.isArray,
  listOf(anyObject),
  objectOf('rows: a list of objects, or', { csv: name }, { required: ['csv'] }),
);

const signalShape = objectOf('a signal', { name, value: anyValue }, { required: ['name', 'value'] });

const httpShape = either(
  (value) => value === false,
  anyValue,
  objectOf('settings of HTTP', {
    allowHosts: listOf(name),
    timeoutMs: whole(1),
    maxResponseBytes: whole(0),
    maxRedirects: whole(0),
  }),
);

const serviceShape = valueThat('a service: { name: {...} } or { exchanges }', (service) => {
  if (!isPlainObject(service)) return false;
  if (Array.isArray(service['exchanges'])) return true;
  const setups = Object.values(service);
  return setups.length === 1 && setups.every(isPlainObject);
});

const recordedShape = objectOf(
  'a recording',
  { from: oneOfTexts('simulation', 'live'), hosts: listOf(name), at: momentShape },
  { required: ['from'] },
);

/** Members that say what a case runs. */
export const PROGRAMS = ['subject', 'card', 'flow', 'deck', 'document', 'connector', 'steps'] as const;

/** What a file may say for all of its cases. */
const settings = {
  subject: name,
  run: name,
  connection: name,
  connections: mapOf(connectionShape),
  limits: mapOf(number),
  clock: clockShape,
  seed: text,
  tables: mapOf(rowsShape),
  files: mapOf(fileShape),
  mocks: listOf(mockOf),
  flows: listOf(anyObject, 1),
  connectors: listOf(anyObject, 1),
} as const satisfies Readonly<Record<string, Shape>>;

/** The names of members of a file that are defaults of its cases. */
export const SETTINGS = Object.keys(settings);

const caseShape = objectOf(
  'a case',
  {
    ...settings,
    id: name,
    proves: name,
    source: name,
    skip: name,
    only: valueThat('true', (value) => value === true),
    tags: listOf(name, 1),
    card: name,
    in: anyObject,
    outputs: listOf(anyObject),
    flow: anyObject,
    deck: anyObject,
    document: anyValue,
    connector: name,
    inputs: anyObject,
    options: anyObject,
    signals: listOf(signalShape),
    cancelOn: expectedShape,
    http: httpShape,
    service: serviceShape,
    recorded: recordedShape,
    steps: listOf(stepShape, 1),
    expect: expectationShape,
  },
  {
    required: ['id', 'expect'],
    exclusive: [[...PROGRAMS], ['service', 'mocks']],
  },
);

/** What a file of cases is, its cases not yet completed by what it says for all of them. */
export const suiteShape: Shape = objectOf(
  'a file of cases',
  { $schema: text, suite: name, packs: listOf(name), ...settings, cases: listOf(all(caseShape, madeOfParts), 1) },
  { required: ['cases'] },
);

/** What members demand of each other. */
function madeOfParts(value: unknown, pointer: string): readonly ShapeFault[] {
  if (!isPlainObject(value)) return [];
  const has = (key: string) => Object.hasOwn(value, key);
  return [
    ...['in', 'outputs']
      .filter((key) => has(key) && !has('card'))
      .map((key) => ({
        pointer: `${pointer}/${key}`,
        message: `${quoted(key)} belongs to "card".`,
        hint: 'Inputs of a flow stand in "inputs", what it gives in "expect".',
      })),
    ...(has('steps') ? besideSteps(value, pointer) : besideRun(value, pointer)),
  ];
}

/** What the end of a host is judged by. */
const OF_HOST = ['runs', 'parked'];
const AT_THE_END = [...OF_HOST, 'requests'];

/** A host is judged step by step, and by what there is in the end; what belongs to one run would be judged by nothing. */
function besideSteps({ expect, mocks }: Readonly<Record<string, unknown>>, pointer: string): readonly ShapeFault[] {
  const hint = `Expect of a step what came of it, and in the end ${AT_THE_END.map(quoted).join(', ')}.`;
  const ofRun = isPlainObject(expect) ? Object.keys(expect).filter((key) => !AT_THE_END.includes(key)) : [];
  return [
    ...ofRun.map((key) => ({ pointer: `${pointer}/expect/${key}`, message: `${quoted(key)} is of one run.`, hint })),
    ...(mocks === undefined
      ? []
      : [{ pointer: `${pointer}/mocks`, message: 'A host reaches what there is.', hint: 'Add "service".' }]),
  ];
}

function besideRun(value: Readonly<Record<string, unknown>>, pointer: string): readonly ShapeFault[] {
  const { expect } = value;
  const hint = 'Add "steps", or leave it out.';
  const found = [
    ...['flows', 'connectors'].filter((key) => Object.hasOwn(value, key)),
    ...OF_HOST.filter((key) => isPlainObject(expect) && Object.hasOwn(expect, key)).map((key) => `expect/${key}`),
  ];
  return found.map((key) => ({ pointer: `${pointer}/${key}`, message: `${quoted(key)} is of a host.`, hint }));
}
