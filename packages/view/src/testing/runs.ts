/** Runs for tests of reports: a deck, what its desk answers, and what came of it. */
import { standard } from '@flowdeck/cards';
import { createEngine, createHistory, defineCard, definePack, type FlowFile, type RunResult } from '@flowdeck/engine';
import type { ReportedRun } from '../report/types.js';

/** A desk that takes tickets, and refuses those without a title. `asks` counts its calls. */
const desk = definePack({
  name: 'flowdeck-desk',
  namespace: 'desk',
  version: '1.0.0',
  cards: [
    defineCard({
      id: 'desk.open',
      title: 'Open a ticket',
      description: 'Opens a ticket with this title.',
      kind: 'effect',
      inputs: [
        { key: 'title', type: 'text' },
        { key: 'pin', type: 'text', secret: true },
      ],
      outputs: [{ key: 'id', type: 'number' }],
      run(title) {
        if (typeof title !== 'string' || title.includes('bad')) throw new Error(`The desk refuses ${String(title)}.`);
        return { id: title.length };
      },
    }),
  ],
});

const cards = new Map([...(standard.cards ?? []), ...(desk.cards ?? [])].map((card) => [card.id, card]));

/** One ticket for each title. The document holds a comment and a way that is not taken. */
export const TICKETS: FlowFile = {
  flowdeck: 1,
  flows: [
    {
      id: 'tickets',
      name: 'Open tickets',
      type: 'manual',
      inputs: [{ key: 'titles', type: 'text', list: true }],
      cards: [
        { id: 'note', card: 'control.comment', in: { text: 'One ticket for each title. </script><img src=x>' } },
        {
          id: 'any',
          card: 'control.ifElse',
          in: { left: { from: '/inputs/titles' }, operator: 'is empty' },
          blocks: { then: { cards: [{ card: 'flow.return', in: {} }] }, else: { cards: [] } },
        },
        {
          id: 'each',
          card: 'list.map',
          title: 'Each title',
          in: { list: { from: '/inputs/titles' }, flow: { flow: 'open' }, title: { item: '' } },
        },
      ],
    },
    {
      id: 'open',
      name: 'Open one ticket',
      type: 'helper',
      inputs: [{ key: 'title', type: 'text' }],
      outputs: [{ key: 'id', type: 'number' }],
      cards: [
        { id: 'text', card: 'text.compose', in: { template: 'Ticket: {{{t}}}', t: { from: '/inputs/title' } } },
        { id: 'post', card: 'desk.open', in: { title: { from: '/text/output' }, pin: 'pin-4711' } },
        { card: 'flow.return', in: { id: { from: '/post/id' } } },
      ],
    },
  ],
};

/** Runs a deck of standard cards and the desk, and gives what a report takes. */
export async function ran(
  document: FlowFile,
  inputs: Readonly<Record<string, unknown>> = {},
): Promise<ReportedRun & { readonly result: RunResult }> {
  const engine = createEngine({ packs: [standard, desk] });
  const history = createHistory({ maxExecutions: 100_000, maxCards: 100_000 });
  engine.on('*', history.record);
  const result = await engine.run(engine.load(document), { inputs });
  return { history: history.state(), document, card: (id) => cards.get(id), result };
}
