/** Checks what a schema cannot say and no registry is needed for: ids, names, places that lead nowhere good. */
import { fieldName, isUnsafeKey, pointerTo } from '../values/index.js';
import type { Diagnostics } from './diagnostics.js';
import { isObject, quoted } from './members.js';
import { checkTriggers } from './triggers.js';
import { ROOTS } from './types.js';

const UNSAFE_TOKEN = /\/(?:__proto__|constructor|prototype)(?:\/|$)/;

/**
 * Reports `duplicate-flow`, `duplicate-id`, `duplicate-table`, `duplicate-field`, `method-key`, `reserved-id`,
 * `misplaced-trigger`, `access-incomplete` and `unsafe-key`.
 *
 * The document may have any shape: what is wrong with its shape does not hide the rest.
 */
export function checkMeaning(document: unknown, diagnostics: Diagnostics): void {
  if (!isObject(document)) return;
  const flows = new Map<string, string>();
  if (document['flows'] === undefined) {
    claim(document, '', 'flow', flows, diagnostics);
    checkFlow(document, '', diagnostics);
    return;
  }
  const tables = new Map<string, string>();
  const deckFlows = membersOf(document, 'flows');
  for (const [i, flow] of deckFlows.entries()) claim(flow, `/flows/${i}`, 'flow', flows, diagnostics);
  for (const [i, flow] of deckFlows.entries()) checkFlow(flow, `/flows/${i}`, diagnostics);
  membersOf(document, 'tables').forEach((table, i) => {
    claim(table, `/tables/${i}`, 'table', tables, diagnostics);
    checkFields(table, 'columns', `/tables/${i}`, diagnostics);
  });
  checkConnector(document['connector'], diagnostics);
}

function checkFlow(flow: unknown, pointer: string, diagnostics: Diagnostics): void {
  if (!isObject(flow)) return;
  checkTriggers(flow, pointer, diagnostics);
  for (const part of ['options', 'inputs', 'outputs']) checkFields(flow, part, pointer, diagnostics);
  checkCards(flow, pointer, new Map(), diagnostics);
}

/** `ids` is of the whole flow: blocks see the cards around them, so an id means one card everywhere. */
function checkCards(owner: object, pointer: string, ids: Map<string, string>, diagnostics: Diagnostics): void {
  const cards = membersOf(owner, 'cards');
  for (let i = 0; i < cards.length; i++) {
    const card = cards[i];
    if (isObject(card)) checkCard(card, `${pointer}/cards/${i}`, ids, diagnostics);
  }
}

function checkCard(
  card: Readonly<Record<string, unknown>>,
  pointer: string,
  ids: Map<string, string>,
  diagnostics: Diagnostics,
): void {
  claim(card, pointer, 'card', ids, diagnostics);
  checkBindings(card['in'], pointer, 'in', diagnostics);
  if (card['inputs'] !== undefined) checkFields(card, 'inputs', pointer, diagnostics);
  if (card['outputs'] !== undefined) checkFields(card, 'outputs', pointer, diagnostics);
  const policy = card['onError'];
  if (isObject(policy)) {
    checkBindings(policy['values'], `${pointer}/onError`, 'values', diagnostics);
  }
  const blocks = card['blocks'];
  if (!isObject(blocks)) return;
  for (const name in blocks) {
    const block = blocks[name];
    if (!isObject(block)) continue;
    const inside = pointerTo(`${pointer}/blocks`, name);
    checkBindings(block['in'], inside, 'in', diagnostics);
    checkCards(block, inside, ids, diagnostics);
    checkBindings(block['out'], inside, 'out', diagnostics);
  }
}

function checkBindings(bindings: unknown, pointer: string, part: string, diagnostics: Diagnostics): void {
  if (!isObject(bindings)) return;
  for (const field in bindings) {
    const binding = bindings[field];
    if (!isObject(binding)) continue;
    for (const kind of PATHS) {
      const path = binding[kind];
      if (typeof path !== 'string' || !UNSAFE_TOKEN.test(path)) continue;
      diagnostics.add({
        code: 'unsafe-key',
        pointer: `${pointerTo(`${pointer}/${part}`, field)}/${kind}`,
        message: `${quoted(path)} leads into the prototype of an object.`,
        hint: 'Only properties of the value itself can be read.',
      });
    }
  }
}

/** Bindings that are a path. */
const PATHS = ['from', 'item'] as const;

function checkConnector(connector: unknown, diagnostics: Diagnostics): void {
  if (!isObject(connector)) return;
  checkFields(connector, 'parameters', '/connector', diagnostics);
  const { auth } = connector;
  if (!Array.isArray(auth)) {
    if (isObject(auth)) checkFields(auth, 'fields', '/connector/auth', diagnostics);
    return;
  }
  const keys = new Map<string, number>();
  for (const [index, method] of auth.entries()) {
    const here = `/connector/auth/${index}`;
    checkFields(method, 'fields', here, diagnostics);
    checkMethodKey(isObject(method) ? method['key'] : undefined, index, keys, here, diagnostics);
  }
}

/** Among several methods a connection has to name one. */
function checkMethodKey(
  key: unknown,
  index: number,
  keys: Map<string, number>,
  here: string,
  diagnostics: Diagnostics,
): void {
  if (typeof key !== 'string') {
    diagnostics.add({
      code: 'method-key',
      pointer: here,
      message: 'One of several methods of authentication has no key.',
      hint: 'Add "key": connections name the method by it.',
    });
    return;
  }
  const first = keys.get(key);
  if (first === undefined) keys.set(key, index);
  else {
    diagnostics.add({
      code: 'method-key',
      pointer: `${here}/key`,
      message: `The key ${quoted(key)} is taken already, at /connector/auth/${first}.`,
      hint: 'Give one of the two methods another key.',
    });
  }
}

function checkFields(owner: unknown, part: string, pointer: string, diagnostics: Diagnostics): void {
  const fields = membersOf(owner, part);
  if (fields.length === 0) return;
  const names = new Map<string, number>();
  fields.forEach((field, i) => {
    if (!isObject(field) || typeof field['key'] !== 'string') return;
    const here = `${pointer}/${part}/${i}`;
    const group = typeof field['group'] === 'string' ? field['group'] : undefined;
    for (const name of [field['key'], group ?? '']) {
      if (isUnsafeKey(name)) reportUnsafeName(name, here, diagnostics);
    }
    const name = fieldName({ key: field['key'], group });
    const first = names.get(name);
    if (first === undefined) names.set(name, i);
    else {
      diagnostics.add({
        code: 'duplicate-field',
        pointer: here,
        message: `The field ${quoted(name)} is declared already, at ${pointer}/${part}/${first}.`,
        hint: 'Give it another key or group, or remove one of the two.',
      });
    }
    if (field['properties'] !== undefined) checkFields(field, 'properties', here, diagnostics);
  });
}

const DUPLICATE = {
  flow: { code: 'duplicate-flow', hint: 'Give one of the flows another id.' },
  table: { code: 'duplicate-table', hint: 'Give one of the tables another id.' },
  card: { code: 'duplicate-id', hint: 'Give one of the cards another id: ids are unique in a flow, blocks included.' },
} as const;

/** Enters the id of a flow, table or card, if it has a good one, and reports an id that is taken or must not be. */
function claim(
  owner: unknown,
  pointer: string,
  what: keyof typeof DUPLICATE,
  ids: Map<string, string>,
  diagnostics: Diagnostics,
): void {
  const id = isObject(owner) ? owner['id'] : undefined;
  if (typeof id !== 'string') return;
  const first = ids.get(id);
  if (first === undefined) ids.set(id, pointer);
  else {
    diagnostics.add({
      ...DUPLICATE[what],
      pointer: `${pointer}/id`,
      message: `The ${what} id ${quoted(id)} is taken already, at ${first}/id.`,
    });
  }
  if (isUnsafeKey(id)) reportUnsafeName(id, `${pointer}/id`, diagnostics);
  if (what === 'card' && isRoot(id)) {
    diagnostics.add({
      code: 'reserved-id',
      pointer: `${pointer}/id`,
      message: `${quoted(id)} is a root of references and cannot be the id of a card.`,
      hint: `Choose another id than ${ROOTS.join(', ')}.`,
    });
  }
}

function isRoot(id: string): boolean {
  return ROOTS.some((root) => root === id);
}

function reportUnsafeName(name: string, pointer: string, diagnostics: Diagnostics): void {
  diagnostics.add({
    code: 'unsafe-key',
    pointer,
    message: `${quoted(name)} may not be a name.`,
    hint: 'Choose another one: this one reaches the prototype of an object.',
  });
}

function membersOf(owner: unknown, part: string): readonly unknown[] {
  const list = isObject(owner) ? owner[part] : undefined;
  return Array.isArray(list) ? list : [];
}
