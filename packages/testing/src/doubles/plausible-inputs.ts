/** Inputs that a flow plausibly is started with. */
import type { Value } from '@flowdeck/engine';
import { type DeckFlow, fieldName, seededRandom } from '@flowdeck/engine/kit';
import { plausible } from './plausible.js';

export interface GeneratedInputs {
  readonly inputs: Readonly<Record<string, Value>>;
  readonly options: Readonly<Record<string, Value>>;
}

/** The same for the same flow and seed. Fields of type flow and file are left to the caller. */
export function plausibleInputs(flow: Pick<DeckFlow, 'id' | 'inputs' | 'options'>, seed = ''): GeneratedInputs {
  const values = (fields: DeckFlow['inputs'], part: string) =>
    Object.fromEntries(
      (fields ?? [])
        .filter((field) => field.type !== 'flow' && field.type !== 'file')
        .map((field) => [
          fieldName(field),
          field.default ?? plausible(field, seededRandom(`${seed}/${flow.id}/${part}/${fieldName(field)}`)),
        ]),
    );
  return { inputs: values(flow.inputs, 'inputs'), options: values(flow.options, 'options') };
}
