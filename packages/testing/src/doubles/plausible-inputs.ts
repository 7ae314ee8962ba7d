/** Inputs that a flow plausibly is started with. */
import type { Field, Value } from '@flowdeck/engine';
import { type DeckFlow, fieldName, seededRandom } from '@flowdeck/engine/kit';
import { START } from '../clock/start.js';
import type { Made } from './made.js';
import { type FieldToMake, plausible } from './plausible.js';

/** Values that fit a flow's signature, made up from a seed. */
export interface GeneratedInputs {
  /** Values by the names of the flow's inputs. */
  readonly inputs: Readonly<Record<string, Value>>;
  /** Values by the names of the flow's options. */
  readonly options: Readonly<Record<string, Value>>;
}

/** How inputs are made. */
export interface InputsMaker extends Omit<Made, 'random'> {
  readonly seed: string;
  /** What is known of a field of the flow beyond its declaration. */
  readonly refine: (root: 'inputs' | 'options', field: Field) => FieldToMake;
}

/** The same for the same flow and seed. Fields of type flow and file are left to the caller. */
export function plausibleInputs(flow: Pick<DeckFlow, 'id' | 'inputs' | 'options'>, seed = ''): GeneratedInputs {
  return madeInputs(flow, { seed, now: START, refine: (_, field) => field });
}

export function madeInputs(
  flow: Pick<DeckFlow, 'id' | 'inputs' | 'options'>,
  { seed, refine, ...made }: InputsMaker,
): GeneratedInputs {
  const values = (fields: DeckFlow['inputs'], root: 'inputs' | 'options') =>
    Object.fromEntries(
      (fields ?? [])
        .filter((field) => field.type !== 'flow' && field.type !== 'file')
        .map((field) => {
          const random = seededRandom(`${seed}/${flow.id}/${root}/${fieldName(field)}`);
          return [fieldName(field), field.default ?? plausible(refine(root, field), { ...made, random })];
        }),
    );
  return { inputs: values(flow.inputs, 'inputs'), options: values(flow.options, 'options') };
}
