/** Says in a few words what a card, or a branch of it, compares. */
import { type CardComparison, FlowdeckError } from '@flowdeck/engine';
import { type Binding, type Bindings, parsePointer } from '@flowdeck/engine/kit';

/** Null when there is no comparison among the bindings. `names`: the inputs that make one; undefined for a card that does not compare. */
export function conditionOf(bindings: Bindings = {}, names?: CardComparison): string | null {
  if (names === undefined) return null;
  const [left, right] = [bindings[names.left], bindings[names.right]];
  const operator = bindings[names.operator] ?? USUAL;
  if (left === undefined && right === undefined) return null;
  const sign = typeof operator === 'string' ? operator : textOf(operator);
  const whole = [textOf(left ?? null), sign];
  // A test for emptiness has one side, whatever is left at the other; in any other test, what is left out is null.
  if (!ONE_SIDED.has(sign)) whole.push(textOf(right ?? null));
  return whole.join(' ');
}

/** The operator of a condition that names none. */
const USUAL = '==';
const ONE_SIDED: ReadonlySet<string> = new Set(['is empty', 'is not empty']);

function textOf(binding: Binding): string {
  if (typeof binding !== 'object' || binding === null) return JSON.stringify(binding);
  if ('from' in binding) return pathOf(binding.from);
  if ('item' in binding) return `item${binding.item === '' ? '' : `.${pathOf(binding.item)}`}`;
  if ('expr' in binding) return binding.expr;
  return 'flow' in binding ? binding.flow : JSON.stringify(binding.value);
}

/** `/readUser/User/Email` as `readUser.User.Email`; what is no pointer, as it is. */
function pathOf(pointer: string): string {
  try {
    return parsePointer(pointer).join('.');
  } catch (error) {
    if (error instanceof FlowdeckError) return pointer;
    throw error;
  }
}
