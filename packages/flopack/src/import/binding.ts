/** One input of a card as a binding. */
import type { Value } from '@flowdeck/engine';
import { type Binding, formatPointer, isUnsafeKey } from '@flowdeck/engine/kit';
import { isKind, type RawCard, type RawField } from '../read/index.js';
import type { GraphScope } from './draft.js';
import { type Origin, originOf, pinOf, referenceTo } from './resolve.js';

/** A binding, and what has to be known of its source. */
export interface Bound {
  readonly binding: Binding;
  readonly origin: Origin | null;
  /** The conversion that the wire carries. */
  readonly convert: string | null;
  readonly isLiteral: boolean;
}

/** How an input gets its value: the wire, else the item of a per-item call, else the literal. */
export function bindingOf(scope: GraphScope, card: RawCard, field: RawField): Bound {
  const pin = pinOf(scope, card, field);
  if (pin) {
    const origin = originOf(scope, pin);
    if (origin) {
      const convert = pin.transform?.convert ?? null;
      return { binding: referenceTo(scope, origin), origin, convert, isLiteral: false };
    }
  } else if (field.proxy?.dynamic === true) {
    const path = stepsInto(scope, card, field.proxy.path);
    if (!path.some(isUnsafeKey)) {
      const binding = { item: formatPointer(path) };
      return { binding, origin: null, convert: null, isLiteral: false };
    }
  }
  return { binding: bindingOfLiteral(scope, field), origin: null, convert: null, isLiteral: true };
}

/** A path has dots between its steps, unless the items are known to have a property that is called so as a whole. */
function stepsInto(scope: GraphScope, card: RawCard, path: string): readonly string[] {
  if (path === '') return [];
  const steps = path.split('.');
  const members = card.inputs.flatMap((input) => {
    const source = input.type.list ? pinOf(scope, card, input)?.output.type.members : null;
    return [input.type.members, source].map((known) => known ?? {});
  });
  const isWhole = steps.includes('') || members.some((known) => Object.hasOwn(known, path));
  return isWhole ? [path] : steps;
}

function bindingOfLiteral(scope: GraphScope, field: RawField): Binding {
  const { data } = field;
  if (field.type.name === 'flo') return flowOf(scope, field);
  if (namesTable(field) && typeof data === 'string') return bindingOfTable(scope, field, data);
  // Ids of tables are made up by the editor: a text that is one leads, sooner or later, to a card of tables.
  const table = typeof data === 'string' ? scope.flow.deck.tableIds.get(data) : undefined;
  return table ?? literalBinding(data);
}

export function literalBinding(data: unknown): Binding {
  // It stands in the file, so it is JSON, and JSON is made of values; a scalar binds as it is.
  return typeof data === 'object' && data !== null ? { value: data as Value } : (data as Binding);
}

function flowOf(scope: GraphScope, field: RawField): Binding {
  const { data } = field;
  const { deck } = scope.flow;
  if (typeof data !== 'string' || data === '') return null;
  const id = deck.flowIds.get(data);
  if (id !== undefined) return { flow: id };
  deck.found.add(
    'warning',
    'flow-not-included',
    field.spot.at('value', 'data'),
    `The file does not hold the flow "${data}" that is called here.`,
    'Export it together with the flows that call it.',
  );
  return { flow: deck.missingFlow(data) };
}

/** The group of inputs that the columns of a table name. */
const COLUMNS = 'Fields';

/** The setting of a card of tables, or the input that stands in its place where the table is chosen when the flow runs. */
function namesTable({ metadata, key, group }: RawField): boolean {
  return metadata['table'] === true || (key === 'Table ID' && group !== null && group !== COLUMNS);
}

function bindingOfTable(scope: GraphScope, field: RawField, data: string): Binding {
  const { deck } = scope.flow;
  const id = deck.tableIds.get(data);
  if (id !== undefined) return id;
  if (data !== '') {
    const message = `The file does not hold the table "${data}".`;
    deck.found.add(
      'warning',
      'table-not-included',
      field.spot.at('value', 'data'),
      message,
      'Export it with the flows.',
    );
  }
  return data;
}

/** True for the input through which a card takes the flow that it calls. */
export function isFlowInput(field: RawField): boolean {
  return field.type.name === 'flo' && field.key === 'flo' && field.group === null;
}

/** True for cards that hand their further inputs on to a flow. */
export function callsFlow(card: RawCard): boolean {
  return card.kind.channel === null && card.inputs.some(isFlowInput) && !isKind(card, 'control:tryCatch');
}
