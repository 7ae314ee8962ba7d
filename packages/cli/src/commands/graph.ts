/** `flowdeck graph`: draws flows. */
import { flowsOf } from '@flowdeck/engine/kit';
import type { DrawOptions, GraphFlow } from '@flowdeck/view';
import type { Command } from '../command.js';
import { knownCards } from '../engine/engine.js';
import { UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { prettyJson } from '../output/text.js';
import { readProject } from '../project/read.js';
import { pickFlow } from '../run/pick-flow.js';
import { didYouMean } from '../suggest.js';

type Draw = (flows: readonly GraphFlow[], options: DrawOptions) => string;

/** What draws is loaded when something is drawn. */
const FORMATS: ReadonlyMap<string, () => Promise<Draw>> = new Map<string, () => Promise<Draw>>([
  ['mermaid', async () => (await import('@flowdeck/view')).mermaid],
  ['html', async () => (await import('@flowdeck/view')).deckPage],
  ['svg', async () => (await import('@flowdeck/view')).svg],
  ['json', async () => (flows) => `${prettyJson({ flows: flows.map(flowData) })}\n`],
]);

export const graph: Command = async (args, io) => {
  const format = args.value('format') ?? 'mermaid';
  const drawing = FORMATS.get(format);
  if (!drawing) {
    throw new UsageError('unknown-format', `There is no format ${JSON.stringify(format)}.`, {
      hint: didYouMean(format, FORMATS.keys()) ?? `Formats: ${[...FORMATS.keys()].join(', ')}.`,
    });
  }
  const packs = args.values('pack');
  const { document } = await readProject(args.operand, io, packs);
  const flows = flowsOf(document);
  const wanted = args.value('flow');
  const named = flows.map((flow) => ({ flow, id: flow.id, name: flow.name ?? flow.id, type: flow.type }));
  const drawn = wanted === undefined ? flows : [pickFlow(named, wanted).flow];
  const { beyondMermaid, graphOf } = await import('@flowdeck/view');
  const draw = await drawing();
  const cards = new Map((await knownCards(packs, io)).map((card) => [card.id, card]));
  const picture = draw(
    drawn.map((flow) => graphOf(flow, (id) => cards.get(id))),
    { wires: args.has('wires') },
  );
  const beyond = format === 'mermaid' ? beyondMermaid(picture) : null;
  if (beyond !== null) io.stderr.write(`note: ${beyond} Draw one flow with --flow, or all with --format svg.\n`);
  io.stdout.write(picture);
  return EXIT.ok;
};

/** A flat list of nodes, each with the block that it stands in, and the edges between them. */
function flowData({ id, name, type, cards, edges }: GraphFlow) {
  return { id, name, type, nodes: nodesIn(cards, null), edges };
}

function nodesIn(
  cards: GraphFlow['cards'],
  parent: { readonly node: string; readonly block: string } | null,
): unknown[] {
  return cards.flatMap(({ key, id, card, title, connection, calls, condition, pointer, blocks }) => [
    { key, id, card, title, connection, calls, condition, pointer, parent, blocks: blocks.map((block) => block.name) },
    ...blocks.flatMap((block) => nodesIn(block.cards, { node: key, block: block.name })),
  ]);
}
