/** What first tests hold: over the exports of a folder, how many changed literals, and how many flows, fail a test that `--init` wrote. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { standard } from '@flowdeck/cards';
import type { CardType, DeckDocument } from '@flowdeck/engine';
import { type CardNode, isPlainObject } from '@flowdeck/engine/kit';
import { type Case, doubles, firstTests, readSuite, runCase, type Suite } from '@flowdeck/testing';
import type { Io } from '../packages/cli/src/index.js';
import { readProject } from '../packages/cli/src/project/read.js';

const nobody = { write: () => {}, isTTY: false, columns: 80, rows: 24 };
const io: Io = {
  stdout: nobody,
  stderr: nobody,
  stdin: async () => new Uint8Array(),
  env: process.env,
  cwd: process.cwd(),
  signal: new AbortController().signal,
};
const types = new Map((standard.cards ?? []).map((card) => [card.id, card]));

interface Literal {
  readonly flow: string;
  /** The deck in which it is another one. */
  change(): DeckDocument;
}

/** Every literal that a card is given, in the order of the deck. */
function literalsOf(deck: DeckDocument): readonly Literal[] {
  const found: Literal[] = [];
  const visit = (flow: string, cards: readonly CardNode[], way: readonly (string | number)[]): void => {
    for (const [index, { card, in: inputs = {}, blocks = {} }] of cards.entries()) {
      const type = types.get(card);
      if (type?.traits?.remarks !== undefined) continue;
      for (const [field, binding] of Object.entries(inputs)) {
        const other = changed(binding, field, type);
        const at = [...way, index, 'in', field];
        if (other !== undefined) found.push({ flow, change: () => withValue(deck, at, other) });
      }
      for (const [name, block] of Object.entries(blocks))
        visit(flow, block.cards, [...way, index, 'blocks', name, 'cards']);
    }
  };
  for (const [index, { id, cards }] of deck.flows.entries()) visit(id, cards, ['flows', index, 'cards']);
  return found;
}

/** Another value of the kind. Undefined: it is no literal, or there is no other value. */
function changed(binding: unknown, field: string, type: CardType | undefined): unknown {
  if (isPlainObject(binding)) {
    const inner = 'value' in binding ? changed(binding['value'], field, type) : undefined;
    return inner === undefined ? undefined : { value: inner };
  }
  const choices = type?.inputs?.find(({ key }) => key === field)?.choices;
  if (choices !== undefined) return choices.find((choice) => choice !== binding);
  if (typeof binding === 'string') return `${binding}~`;
  if (typeof binding === 'number') return binding + 1;
  return typeof binding === 'boolean' ? !binding : undefined;
}

function withValue<T>(value: T, [key, ...rest]: readonly (string | number)[], other: unknown): T {
  if (key === undefined) return other as T; // what stands there is replaced
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string | number, unknown>; // the way leads through it
  copy[key] = withValue(copy[key], rest, other);
  return copy as T; // the same shape
}

/** The cases that go through each flow. */
async function casesByFlow(suite: Suite, deck: DeckDocument): Promise<ReadonlyMap<string, readonly Case[]>> {
  const found = new Map<string, Case[]>();
  for (const entry of suite.cases) {
    const { run } = await ran(suite, entry, deck);
    const flows = new Set(
      (run?.events ?? []).filter(({ type }) => type === 'execution').map(({ flow }) => String(flow)),
    );
    for (const flow of flows) found.set(flow, [...(found.get(flow) ?? []), entry]);
  }
  return found;
}

function ran(suite: Suite, entry: Case, deck: DeckDocument) {
  const adapter = doubles({ packs: [standard] });
  return runCase(suite, entry, adapter, { listening: 'heard', subjects: { document: () => deck } });
}

/** Whether the literals, one after the other, fail a test when they are changed. */
async function held(path: string, every: number): Promise<readonly (readonly [flow: string, isHeld: boolean])[]> {
  const { deck } = await readProject(path, io, []);
  const { file } = await firstTests(deck, { packs: [standard], subject: 'deck' });
  const literals = literalsOf(deck).filter((_, index) => index % every === 0);
  if (file.cases.length === 0) return literals.map(({ flow }) => [flow, false]);
  const suite = readSuite(file, 'first.test.json');
  const cases = await casesByFlow(suite, deck);
  const found: [string, boolean][] = [];
  for (const { flow, change } of literals) {
    const document = change();
    let isHeld = false;
    for (const entry of cases.get(flow) ?? []) {
      isHeld ||= (await ran(suite, entry, document)).status === 'failed';
      if (isHeld) break;
    }
    found.push([flow, isHeld]);
  }
  return found;
}

const [folder = '.', every = '3'] = process.argv.slice(2);
const total = { literals: 0, held: 0, flows: 0, heldFlows: 0 };
for (const name of readdirSync(folder).sort()) {
  if (!/\.(flopack|flow|folder)$/.test(name)) continue;
  const found = await held(join(folder, name), Number(every));
  const flows = new Map<string, boolean>();
  for (const [flow, isHeld] of found) flows.set(flow, isHeld || flows.get(flow) === true);
  total.literals += found.length;
  total.held += found.filter(([, isHeld]) => isHeld).length;
  total.flows += flows.size;
  total.heldFlows += [...flows.values()].filter(Boolean).length;
}
if (total.literals === 0) {
  console.error(
    `There is no export with a literal in ${folder}. npm run pins -- FOLDER [EVERY]: .flopack, .flow and .folder files; of their literals each third, or as said.`,
  );
  process.exit(2);
}
const share = (part: number, whole: number) => `${part} of ${whole} (${Math.floor((part / whole) * 100)} %)`;
console.log(`literals held: ${share(total.held, total.literals)}; flows: ${share(total.heldFlows, total.flows)}`);
