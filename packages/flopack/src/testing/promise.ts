/** What holds for every file, however broken. */

import { type CardType, DocumentError, FlowdeckError, type Pack } from '@flowdeck/engine';
import { simulate } from '@flowdeck/testing';
import { checkFlopack, exportFlopack, importFlopack } from '../index.js';

/** Throws when the package does anything but report. Gives what came of the file, to be counted. */
export async function hold(file: unknown, pack: Pack, shouldRun: boolean): Promise<'refused' | 'imported' | 'ran'> {
  const cards: readonly CardType[] = pack.cards ?? [];
  const strict = importFlopack(file, { cards });
  const hasErrors = strict.diagnostics.some(({ severity }) => severity === 'error');
  if ((strict.document === null) !== hasErrors) throw new Error('A file is refused exactly when it has errors.');
  for (const { pointer, message, code } of strict.diagnostics) {
    if (!/^(\/|$)/.test(pointer) || message === '' || !/^[a-z-]+$/.test(code))
      throw new Error(`Malformed diagnostic ${code}.`);
  }
  checkFlopack(file);
  const { document } = importFlopack(file, { cards, lenient: true });
  if (document === null) return 'refused';
  exportFlopack(document, { cards });
  exportFlopack(
    { ...document, name: 'Edited', flows: document.flows.map((flow) => ({ ...flow, description: 'Edited' })) },
    { cards },
  );
  try {
    const simulation = simulate(document, { packs: [pack], limits: { steps: 2000 } });
    if (!shouldRun) return 'imported';
    for (const flow of document.flows.slice(0, 3)) {
      const { error } = await simulation.run({ flow: flow.id });
      if (error?.code === 'card-failed')
        throw new TypeError(`A card failed without a documented error: ${error.message}`);
    }
    return 'ran';
  } catch (error) {
    // What was imported leniently need not compile: then the plan says why.
    if (error instanceof DocumentError || (error instanceof FlowdeckError && shouldRun)) return 'imported';
    throw error;
  }
}
