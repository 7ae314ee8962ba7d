/** The shape of what a case expects. An expectation that nothing can fail is refused. */
import { isPlainObject } from '@flowdeck/engine/kit';
import { expectedShape, requestShape } from '../mocks/shape.js';
import { quoted, type ShapeFault } from '../shape/fault.js';
import {
  all,
  either,
  listOf,
  mapOf,
  name,
  number,
  objectOf,
  oneOfTexts,
  type Shape,
  valueThat,
  whole,
} from '../shape/shape.js';

const expectedObject: Shape = all(valueThat('an object', isPlainObject), expectedShape);

const isNull = (value: unknown) => value === null;
const none: Shape = () => [];

const expectedError = either(isNull, none, expectedObject);

const OF_EVERY_CALL = {
  at: valueThat('FLOW/CARD, such as `main/send`', (value) => typeof value === 'string' && /^[^/]+\/[^/]+$/.test(value)),
  outputs: expectedObject,
  error: expectedError,
  times: whole(1),
};

const EFFECTS: Readonly<Record<string, Shape>> = {
  card: objectOf('a call of a card', { card: name, in: expectedObject, status: expectedShape, ...OF_EVERY_CALL }),
  http: objectOf('a request', { http: requestShape, status: expectedShape, ...OF_EVERY_CALL }),
  flow: objectOf('a call of a flow', { flow: name, in: expectedObject, ...OF_EVERY_CALL }),
  $unordered: objectOf('calls in any order', { $unordered: listOf(effectOf, 1) }),
};

/** A call: what is wrong is told in the terms of the kind that it names. */
function effectOf(value: unknown, pointer: string): readonly ShapeFault[] {
  const kinds = isPlainObject(value) ? Object.keys(EFFECTS).filter((kind) => Object.hasOwn(value, kind)) : [];
  const [kind] = kinds;
  const shape = kind === undefined ? undefined : EFFECTS[kind];
  if (shape !== undefined && kinds.length === 1) return shape(value, pointer);
  const message = `A call has exactly one of ${Object.keys(EFFECTS).map(quoted).join(', ')}.`;
  return [
    { pointer, message, hint: 'Name the card as CONNECTOR.CARD, the request by its method and url, or the flow.' },
  ];
}

const expectedRows = listOf(expectedObject);
const numberOrMatcher = either((value) => typeof value === 'number', number, expectedObject);

export const expectationShape: Shape = all(
  objectOf('an expectation', {
    status: oneOfTexts('success', 'stopped', 'error', 'cancelled', 'refused'),
    outputs: expectedShape,
    value: expectedShape,
    error: expectedError,
    answer: expectedShape,
    children: listOf(expectedObject),
    ignored: listOf(expectedObject),
    tableChanges: listOf(expectedObject),
    diagnostics: listOf(either((value) => typeof value === 'string', name, expectedObject)),
    // Lists that are searched: an empty one could not fail.
    events: listOf(expectedObject, 1),
    ran: listOf(name),
    notRan: listOf(name, 1),
    effects: listOf(effectOf),
    tables: mapOf(expectedRows),
    caught: listOf(expectedObject),
    requests: listOf(expectedObject),
    waits: listOf(expectedShape),
    durationMs: numberOrMatcher,
    steps: numberOrMatcher,
    runs: listOf(expectedObject),
    parked: listOf(expectedObject),
    hides: listOf(name, 1),
  }),
  saysSomething,
);

function saysSomething(value: unknown, pointer: string): readonly ShapeFault[] {
  if (!isPlainObject(value) || Object.keys(value).length > 0) return [];
  const hint = 'Say at least how it ends: {"status": "success"}.';
  return [{ pointer, message: 'A case that expects nothing proves nothing.', hint }];
}
