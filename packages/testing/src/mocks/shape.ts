/** The shape of mocks, which readers of mock files and of test files share. */
import { isPlainObject } from '@flowdeck/engine/kit';
import { matcherFaults } from '../match/check.js';
import { quoted, type ShapeFault } from '../shape/fault.js';
import {
  all,
  anyObject,
  anyValue,
  either,
  flag,
  listOf,
  mapOf,
  name,
  objectOf,
  type Shape,
  text,
  valueThat,
  whole,
} from '../shape/shape.js';

/** Anything, in which objects may be matchers. */
export const expectedShape: Shape = matcherFaults;

const expectedByName: Shape = (value, pointer) => [...anyObject(value, pointer), ...matcherFaults(value, pointer)];

/** What a request has to be. */
export const requestShape = objectOf('a request', {
  method: expectedShape,
  url: expectedShape,
  path: expectedShape,
  query: expectedByName,
  headers: expectedByName,
  json: expectedShape,
  form: expectedByName,
  body: expectedShape,
});

const headerValue = either(Array.isArray, listOf(text), text);

export const errorShape = objectOf(
  'an error',
  { message: text, code: name, statusCode: whole(100, 999), body: anyValue },
  { required: ['message'] },
);

const ofCards = { outputs: anyObject, records: listOf(anyValue) };
const ofHttp = {
  status: whole(200, 599),
  headers: mapOf(headerValue),
  body: text,
  json: anyValue,
  base64: valueThat('text in base64', isBase64Text),
};
const ofAll = { error: errorShape, delayMs: whole(0) };

export const timesOf = either((value) => value === 'rest', anyValue, whole(1));

function answerShape(what: string, own: Readonly<Record<string, Shape>>): readonly [answer: Shape, inList: Shape] {
  const rules = {
    exclusive: [
      ['body', 'json', 'base64'],
      ...Object.keys(own)
        .filter((key) => key !== 'records')
        .map((key) => ['error', key]),
    ],
  };
  return [objectOf(what, { ...own, ...ofAll }, rules), objectOf(what, { ...own, ...ofAll, times: timesOf }, rules)];
}

const [cardAnswerShape, cardAnswerInList] = answerShape('an answer of a card', ofCards);
const [httpAnswerShape, httpAnswerInList] = answerShape('an answer of HTTP', ofHttp);
const [flowAnswer, flowAnswerInList] = answerShape('an answer of a flow', { outputs: anyObject });

const place: Shape = valueThat(
  'FLOW/CARD, such as `main/send`',
  (value) => typeof value === 'string' && /^[^/]+\/[^/]+$/.test(value),
);
const cardName: Shape = valueThat(
  'CONNECTOR.CARD or CONNECTOR.*, such as `okta.readUser`',
  (value) => typeof value === 'string' && /^[^.\s]+\.\S+$/.test(value),
);

const restIsLast: Shape = (value, pointer) => {
  if (!Array.isArray(value)) return [];
  return value.slice(0, -1).flatMap((each: unknown, index): ShapeFault[] => {
    if (!isPlainObject(each) || each['times'] !== 'rest') return [];
    const message = 'What follows an answer to the rest is never given.';
    return [{ pointer: `${pointer}/${index}/times`, message, hint: 'Only the last answer may have "rest".' }];
  });
};

const RULES = {
  some: [['answer', 'answers']],
  exclusive: [
    ['answer', 'answers'],
    ['answers', 'times'],
  ],
};

function mockShape(what: string, own: Readonly<Record<string, Shape>>, answer: Shape, inList: Shape): Shape {
  return objectOf(
    what,
    { ...own, at: place, answer, answers: all(listOf(inList, 1), restIsLast), times: whole(1), optional: flag },
    RULES,
  );
}

const ofCard = mockShape('a mock of a card', { card: cardName, in: expectedByName }, cardAnswerShape, cardAnswerInList);
const ofRequest = mockShape('a mock of HTTP', { http: requestShape }, httpAnswerShape, httpAnswerInList);
const ofFlow = mockShape('a mock of a flow', { flow: name, in: expectedByName }, flowAnswer, flowAnswerInList);

const KINDS: Readonly<Record<string, Shape>> = { card: ofCard, http: ofRequest, flow: ofFlow };

/** A mock: what is wrong is told in the terms of the kind that it names. */
export const mockOf: Shape = (value, pointer) => {
  if (!isPlainObject(value)) return ofCard(value, pointer);
  const kinds = Object.keys(KINDS).filter((kind) => Object.hasOwn(value, kind));
  const [kind] = kinds;
  const shape = kind === undefined ? undefined : KINDS[kind];
  if (shape !== undefined && kinds.length === 1) return shape(value, pointer);
  const message = `A mock has exactly one of ${Object.keys(KINDS).map(quoted).join(', ')}.`;
  const hint = 'Name the card as CONNECTOR.CARD, the request by its method and url, or the flow by its id.';
  return [{ pointer, message, hint }];
};

function isBase64Text(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    return atob(value).length >= 0;
  } catch {
    return false;
  }
}
