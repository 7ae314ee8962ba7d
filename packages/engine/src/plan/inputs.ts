/** Compiles the inputs of a card: the declared ones, and those beyond. */
import type { CardField, ExtraInputs } from '../cards/index.js';
import type { Binding, CardNode } from '../document/types.js';
import type { Field, TypeRef } from '../values/index.js';
import { absentInput, bind, bindForward, bindInput } from './bind.js';
import type { CompileContext } from './bound.js';
import { BY_AUTHOR, BY_CARD } from './field-conversion.js';
import type { BlockScope } from './scope.js';
import { type CardShape, declaredInput } from './shape.js';
import type { Spot } from './spot.js';
import { inputAs, typedInput } from './typed-input.js';
import { ANY, type Forward, type Input } from './types.js';

/** A forwarded value whose type is still to be held against the callee's. */
export interface TypedForward extends Forward {
  readonly type: TypeRef;
  /** Nobody has looked whether the value is of that type. */
  readonly unsure: boolean;
}

export interface CardInputs {
  readonly inputs: readonly Input[];
  /** Given to the card as a record. */
  readonly extra: readonly Input[];
  /** Given to the flow that the card calls. */
  readonly forwards: readonly TypedForward[];
}

const none: readonly never[] = Object.freeze([]);

export function compileInputs(
  shape: CardShape,
  node: CardNode,
  scope: BlockScope,
  context: CompileContext,
  spot: Spot,
): CardInputs {
  const bindings = node.in;
  // Of its length from the start: a list that is pushed to has room for seventeen.
  const inputs = new Array<Input>(shape.inputs.length);
  const places = spot.at('in');
  let given = 0;
  let bound = 0;
  for (const declared of shape.inputs) {
    const { name } = declared;
    const field = narrowed(declared.field, node);
    const binding = bindings !== undefined && Object.hasOwn(bindings, name) ? bindings[name] : undefined;
    let input: Input | null;
    if (binding !== undefined) {
      given++;
      if (field.fixed === true) checkFixed(shape, name, binding, context, places);
      input = bindInput(field, name, binding, BY_CARD, scope, context, places);
    } else {
      input = absentInput(field === declared.field ? declared : declaredInput(field), context, places);
    }
    if (input) inputs[bound++] = input;
  }
  inputs.length = bound;
  if (bindings === undefined || countOf(bindings) === given) return { inputs, extra: none, forwards: none };
  const { extra, forwards } = compileExtras(shape, node, bindings, scope, context, places);
  return { inputs, extra, forwards };
}

/** Without a list of their names, which most cards would make for nothing. */
function countOf(bindings: Readonly<Record<string, Binding>>): number {
  let count = 0;
  for (const _ in bindings) count++;
  return count;
}

/** It works all the same, but not in the product that the format comes from, and choices cannot be checked before a run. */
function checkFixed(shape: CardShape, name: string, binding: Binding, context: CompileContext, places: Spot): void {
  if (binding === null || typeof binding !== 'object' || 'value' in binding || 'flow' in binding) return;
  const message = `"${name}" of "${shape.card.id}" is an option: it is chosen when the card is placed, not when it runs.`;
  const hint = 'Write its value here; for several values use several cards, as in the branches of an If/ElseIf.';
  context.report.add('warning', 'option-not-fixed', places.at(name), message, hint);
}

/** The author may say what an input that takes anything is to hold, so that what arrives is converted. */
function narrowed(field: CardField, node: CardNode): CardField {
  if (field.type !== 'any' || node.inputs === undefined) return field;
  const chosen = node.inputs.find((input) => input.key === field.key && input.group === field.group);
  return chosen ? { ...field, type: chosen.type, list: chosen.list === true || field.list === true } : field;
}

function compileExtras(
  shape: CardShape,
  node: CardNode,
  bindings: Readonly<Record<string, Binding>>,
  scope: BlockScope,
  context: CompileContext,
  places: Spot,
): Omit<CardInputs, 'inputs'> {
  const rule = shape.card.extraInputs;
  const extra: Input[] = [];
  const forwards: TypedForward[] = [];
  for (const name in bindings) {
    const binding = bindings[name];
    if (binding === undefined || shape.inputNames.has(name)) continue;
    if (!rule || (rule.group !== undefined && !name.startsWith(`${rule.group}/`))) {
      reportUnknown(shape, name, places.at(name), context);
    } else if (rule.forward !== undefined) {
      const bound = bindForward(binding, rule.perItem === true, scope, context, places, name);
      if (bound) {
        const { read, mayWait, perItem, type, unsure } = bound;
        forwards.push({ name, read, mayWait, perItem, type, unsure });
      }
    } else {
      const key = rule.group === undefined ? name : name.slice(rule.group.length + 1);
      const input = extraInput(key, name, binding, rule, node, scope, context, places);
      if (input) extra.push(key === name ? input : inputAs(input, key, input.field));
    }
  }
  return { extra: extra.slice(), forwards: forwards.slice() };
}

function reportUnknown(shape: CardShape, name: string, place: Spot, context: CompileContext): void {
  const { card, inputNames } = shape;
  const group = groupHint(card.extraInputs);
  const hint = context.report.suggest(name, inputNames, group ?? `"${card.id}" has no inputs.`) ?? group;
  context.report.add('error', 'unknown-field', place, `"${card.id}" has no input "${name}".`, hint);
}

function groupHint(rule: ExtraInputs | undefined): string | undefined {
  return rule?.group === undefined ? undefined : `Extra inputs are named "${rule.group}/name".`;
}

/**
 * An extra input has the type that the node declares for it, else the one that the card says. Where neither says any, it
 * takes what its binding gives as it is, and is known by the type of that.
 */
function extraInput(
  key: string,
  name: string,
  binding: Binding,
  rule: ExtraInputs,
  node: CardNode,
  scope: BlockScope,
  context: CompileContext,
  places: Spot,
): Input | null {
  const bound = bind(binding, scope, context, places, name);
  if (bound === null) return null;
  const declared = node.inputs?.find((field) => field.key === key && field.group === rule.group);
  if (declared) return typedInput(declared, name, bound, BY_AUTHOR, context.report, places);
  if (rule.type !== 'any' || rule.list)
    return typedInput(fieldOf(key, rule, rule), name, bound, BY_CARD, context.report, places);
  // A list that is null stays null: nobody asked for a list here.
  const input = typedInput(fieldOf(key, rule, ANY), name, bound, BY_CARD, context.report, places);
  return input && inputAs(input, name, fieldOf(key, rule, bound.unsure ? ANY : bound.type));
}

function fieldOf(key: string, { group }: ExtraInputs, { type, list }: TypeRef): Field {
  return { key, ...(group === undefined ? {} : { group }), type, ...(list ? { list } : {}) };
}
