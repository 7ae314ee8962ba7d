/** Makes the program of a case: fills in what its short forms leave out. */
import { FlowdeckError } from '@flowdeck/engine';
import { formatPointer, isPlainObject } from '@flowdeck/engine/kit';
import type { Case } from '../cases/types.js';
import type { TestingCode } from '../codes.js';
import type { Program } from './adapter.js';

/** Id of the flow that short forms make, and that a deck is run by unless the case names another. */
export const MAIN = 'main';
/** Id of the card in the flow of a single-card case. */
export const CARD = 'card';

export interface Prepared {
  readonly program: Program;
  readonly flow: string | undefined;
  /** Inputs of a single-card case are inputs of its flow. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** Where cases find what lies outside of them. Paths are as the case writes them. */
export interface Subjects {
  /** The document of a `subject`. Rejects with a FlowdeckError. */
  readonly document?: (path: string) => unknown;
}

/** @throws FlowdeckError `case-subject` when nobody was told how to find subjects, and what finding one throws. */
export async function prepare(entry: Case, subjects: Subjects): Promise<Prepared> {
  const inputs = entry.inputs ?? {};
  if (entry.subject !== undefined) {
    const document = await findSubject(entry.subject, subjects);
    return { program: { document }, flow: entry.run, inputs };
  }
  if (entry.connector !== undefined) return { program: { connector: entry.connector }, flow: entry.run, inputs };
  if (entry.document !== undefined) return { program: { document: entry.document }, flow: entry.run, inputs };
  if (entry.flow !== undefined) {
    return { program: { document: { flowdeck: 1, id: MAIN, type: 'manual', ...entry.flow } }, flow: entry.run, inputs };
  }
  if (entry.deck !== undefined) return { program: { document: deckOf(entry.deck) }, flow: entry.run ?? MAIN, inputs };
  const given = entry.in ?? {};
  const document = cardFlow(entry.card ?? '', given, entry);
  const taken = Object.entries(given).filter(([name]) => document.inputs.some(({ key }) => key === name));
  return { program: { document }, flow: undefined, inputs: { ...Object.fromEntries(taken), ...inputs } };
}

async function findSubject(path: string, { document }: Subjects): Promise<unknown> {
  if (document !== undefined) return document(path);
  throw new FlowdeckError<TestingCode>('case-subject', `Nobody was told how to find the subject "${path}".`, {
    hint: 'Hand the runner what finds it: { subjects: { document: (path) => ... } }.',
  });
}

function deckOf(deck: Readonly<Record<string, unknown>>): unknown {
  const { flows } = deck;
  const filled = Array.isArray(flows)
    ? flows.map((flow: unknown) => (isPlainObject(flow) ? { type: 'helper', ...flow } : flow))
    : flows;
  return { flowdeck: 1, ...deck, flows: filled };
}

/** The parts of a case that belong to its single card. */
interface CardParts {
  readonly connection?: string;
  readonly outputs?: readonly unknown[];
  readonly expect?: { readonly hides?: readonly string[] };
}

/**
 * A flow of one card. Values reach the card through inputs of the flow of type `any`: they are converted, and refused,
 * when the card runs, not when the document is read. A text that has to stay hidden stands in the document itself: the
 * flow's own inputs are shown, and only the card can say that it is a secret.
 */
export function cardFlow(card: string, given: Readonly<Record<string, unknown>>, parts: CardParts = {}) {
  const hidden = parts.expect?.hides ?? [];
  const isHidden = (name: string) => hidden.some((text) => text === given[name]);
  const names = Object.keys(given);
  const shown = names.filter((name) => !isHidden(name));
  const bindings = names.map((name) => [
    name,
    isHidden(name) ? { value: given[name] } : { from: formatPointer(['inputs', name]) },
  ]);
  return {
    flowdeck: 1,
    id: MAIN,
    type: 'manual',
    inputs: shown.map((key) => ({ key, type: 'any' })),
    cards: [
      {
        id: CARD,
        card,
        in: Object.fromEntries(bindings),
        ...(parts.connection === undefined ? {} : { connection: parts.connection }),
        ...(parts.outputs === undefined ? {} : { outputs: parts.outputs }),
      },
    ],
  };
}
