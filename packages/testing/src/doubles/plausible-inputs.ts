/** Inputs that a flow plausibly is started with. */
import type { Value } from '@flowdeck/engine';
import { type DeckFlow, fieldName, seededRandom } from '@flowdeck/engine/kit';
import { plausible } from './plausible.js';

/** Values that fit a flow's signature, made up from a seed. */
export interface GeneratedInputs {
  /** Values by the names of the flow's inputs. */
  readonly inputs: Readonly<Record<string, Value>>;
  /** Values by the names of the flow's options. */
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
