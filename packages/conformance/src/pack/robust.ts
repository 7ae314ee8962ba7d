/** Checks that a card bears what flows do to it: null anywhere, inputs that must not change, secrets. */
import type { TypeRef, ValueObject } from '@flowdeck/engine';
import { fieldName, isPlainObject, toData, typeOf } from '@flowdeck/engine/kit';
import { type Check, refuse, type Subject } from './check.js';
import { judgeManners } from './manners.js';
import { probe, typicalInputs } from './probe.js';
import { formIn } from './secret-forms.js';
import { judgeSteady } from './steady.js';

const CANARY = 'canary in a coal mine';

export function robustChecks(subject: Subject): readonly Check[] {
  const { card, watched } = subject;
  const given = typicalInputs(card);
  // Without an example nobody knows what the card takes; that is another check's complaint.
  if (given === undefined || subject.isAction) return [];
  const secrets = card.inputs.filter((field) => field.secret === true && field.type !== 'flow').map(fieldName);
  return [
    {
      name: 'leaves its inputs alone, and gives outputs of the declared types',
      run: () => judge(subject, given, 'with its first example'),
    },
    ...card.inputs.map(fieldName).map((name) => ({
      name: `bears null as "${name}"`,
      run: () => judge(subject, { ...given, [name]: null }, `with null as "${name}"`),
    })),
    ...secrets.map((name) => ({
      name: `keeps its secret input "${name}" out of events`,
      run: async () => {
        const { events, observed, conduct } = await probe({
          card,
          watched,
          given: without(given, name),
          literals: { [name]: CANARY },
        });
        const printed = formIn(conduct.printed, CANARY);
        if (printed !== null) {
          refuse(
            `The card prints the value of "${name}"${printed}.`,
            'Log through ctx.logger, which hides secrets, or not at all.',
          );
        }
        const told = JSON.stringify(toData([events, observed.error]));
        const shown = formIn(told, CANARY);
        if (shown !== null) {
          refuse(
            `The value of "${name}" shows in events or in the error${shown}.`,
            'Do not put a secret into messages in another form.',
          );
        }
      },
    })),
  ];
}

function without(values: ValueObject, name: string): ValueObject {
  return Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
}

const INCOMPLETE = 'An example gives every required input that has no default.';

/** What a card throws that is not of its own making. */
const CRASH = 'card-failed';

async function judge(subject: Subject, given: ValueObject, how: string): Promise<void> {
  const { card, watched } = subject;
  const ask = () => probe({ card, watched, given });
  const probed = await ask();
  const { error, outputs } = probed.observed;
  if (probed.observed.status === 'refused')
    refuse(`The card cannot be run ${how}: ${String(error?.['message'])}`, INCOMPLETE);
  judgeManners(subject, probed, how);
  if (error?.['code'] === CRASH) {
    refuse(
      `The card crashes ${how}: ${String(error['message'])}`,
      'Raise a RunError with a documented code for bad input, never change an input, and expect null where a field is not required.',
    );
  }
  for (const field of card.outputs) {
    const value = outputOf(outputs, field.group, field.key);
    if (fits(value, field)) continue;
    refuse(
      `The output "${fieldName(field)}" is ${typeOf(value)} ${how}, and ${field.list ? 'a list of ' : ''}${field.type} is declared.`,
    );
  }
  if (card.kind === 'pure') await judgeSteady(subject, probed, ask, ` ${how}`);
}

function outputOf(outputs: unknown, group: string | undefined, key: string): unknown {
  const owner = isPlainObject(outputs) && group !== undefined ? outputs[group] : outputs;
  return isPlainObject(owner) ? owner[key] : null;
}

function fits(value: unknown, { type, list }: TypeRef): boolean {
  if (value === null || value === undefined) return true;
  if (!list) return type === 'any' || typeOf(value) === type;
  return Array.isArray(value) && value.every((item) => item === null || type === 'any' || typeOf(item) === type);
}
