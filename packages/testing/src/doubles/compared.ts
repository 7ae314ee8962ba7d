/** What a comparison asks of a value: to be what it is compared with, or just beside it. */
import type { CardComparison, Value } from '@flowdeck/engine';
import { type Binding, isPlainObject } from '@flowdeck/engine/kit';

interface Compared {
  /** The side that is read. */
  readonly binding: Binding;
  /** What the other side says of it. */
  readonly values: readonly Value[];
}

type Inputs = Readonly<Record<string, Binding>>;

/** Sides of a comparison that read a value, where the other is known. */
export function comparedIn(inputs: Inputs, { left, operator, right }: CardComparison): readonly Compared[] {
  const [a, b] = [inputs[left], inputs[right]];
  const sign = literalIn(inputs[operator]);
  if (a !== undefined && typeof sign === 'string' && /empty/.test(sign)) return [{ binding: a, values: [null] }];
  return [
    ...(a === undefined ? [] : [{ binding: a, values: valuesOf(literalIn(b), sign) }]),
    ...(b === undefined ? [] : [{ binding: b, values: valuesOf(literalIn(a), sign) }]),
  ].filter(({ values }) => values.length > 0);
}

/** Of a number also its neighbours: which of them passes hangs on the operator. */
function valuesOf(other: Value | undefined, sign: Value | undefined): readonly Value[] {
  if (other === undefined || (typeof other === 'object' && other !== null)) return [];
  if (other === null || other === '') return [null];
  const number = typeof other === 'boolean' ? Number.NaN : Number(other);
  const isOrder = typeof sign === 'string' && /[<>]/.test(sign);
  return isOrder && !Number.isNaN(number) ? [number - 1, number, number + 1] : [other];
}

/** Undefined: it is none. */
function literalIn(binding: Binding | undefined): Value | undefined {
  if (!isPlainObject(binding)) return binding === undefined ? null : binding;
  return 'value' in binding ? binding.value : undefined;
}
