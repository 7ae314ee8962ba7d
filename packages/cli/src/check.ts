/** Checks what a path leads to: a flow file, a directory of them, or an export. */
import type { CardType, DeckDocument, Engine, FlowFile, Pack } from '@flowdeck/engine';
import { isPlainObject } from '@flowdeck/engine/kit';
import { engineOf, openPacks } from './engine.js';
import { FaultyDeck, type Finding } from './errors.js';
import { checkExport } from './exports/check.js';
import { isExport } from './exports/is-export.js';
import { kindOf } from './files.js';
import { placeFindings } from './findings.js';
import type { Io } from './io.js';
import { type Checked, checkSource, deckOf, readFlowFile, readSource, type Source } from './source.js';

export interface CheckRequest {
  /** Names given with `--pack`. */
  readonly packs: readonly string[];
  /** True: also what runs, and is probably not what was meant. */
  readonly lint: boolean;
}

export interface CheckedPath extends Checked {
  /** Ids of cards that no pack brings, but of which the document says what they take and give. */
  readonly simulated: readonly string[];
}

/** @throws UsageError for paths and packs; FaultyDeck when a file is too large or not text. */
export async function checkPath(path: string, request: CheckRequest, io: Io): Promise<CheckedPath> {
  const source: Source = kindOf(path, io) === 'file' ? [await readFlowFile(path, io)] : await readSource(path, io);
  const packs = await openPacks({ packs: request.packs, texts: source.map((file) => file.text) }, io);
  const engine = engineOf(packs, {});
  const checked = isExport(source[0].path, source[0].text)
    ? await checkOneExport(source, request.packs, io)
    : await checkFlows(source, engine, (more) => engineOf([...packs, ...more], {}));
  if (!request.lint || checked.document === null) return checked;
  return { ...checked, findings: [...checked.findings, ...(await lintFindings(checked, checked.document, engine))] };
}

async function checkOneExport([file]: Source, packs: readonly string[], io: Io): Promise<CheckedPath> {
  return checkExport(file, packs, io);
}

/** What an import noted of a connector's cards is enough to check the flows that use them. */
async function checkFlows(
  source: Source,
  engine: Engine,
  extended: (packs: readonly Pack[]) => Engine,
): Promise<CheckedPath> {
  const deck = notingDeck(source);
  if (deck === null) return { ...(await checkSource(source, engine)), simulated: [] };
  const { standIns } = await import('@flowdeck/testing');
  const packs = standIns(deck, new Set(engine.cards.map(({ card }) => card.id)));
  const simulated = packs.flatMap((pack) => (pack.cards ?? []).map((card) => card.id));
  return { ...(await checkSource(source, extended(packs))), simulated };
}

/** Null when nothing was noted in it, or when it is faulty, which the check will say. */
function notingDeck(source: Source): DeckDocument | null {
  if (!source.some(({ text }) => /"meta"\s*:/.test(text))) return null;
  try {
    const { document } = deckOf(source);
    return isPlainObject(document.meta?.['cards']) ? document : null;
  } catch (error) {
    if (error instanceof FaultyDeck) return null;
    throw error;
  }
}

async function lintFindings(
  { source, places, simulated }: CheckedPath,
  document: FlowFile,
  engine: Engine,
): Promise<Finding[]> {
  const { lint } = await import('@flowdeck/lint');
  const types = new Map<string, CardType>(engine.cards.map(({ card }) => [card.id, card]));
  // Where nothing is noted of a card, that is an error which was found already.
  const rules = simulated.length > 0 ? {} : { 'lint-unknown-card': 'off' as const };
  return placeFindings(lint(document, { card: (id) => types.get(id), rules }), source, places);
}
