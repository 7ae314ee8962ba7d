/** `flowdeck cards`: lists the cards, or explains one. */
import type { RegisteredCard } from '@flowdeck/engine';
import type { Command } from '../command.js';
import { openCatalogue } from '../engine/engine.js';
import { UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { cardText } from '../output/card.js';
import { paletteFor } from '../output/colour.js';
import { clip, prettyJson } from '../output/text.js';
import { didYouMean } from '../suggest.js';

export const cards: Command = async (args, io) => {
  const engine = await openCatalogue(args.values('pack'), io);
  const query = args.operands[0] ?? '';
  const exact = engine.cards.find((entry) => entry.card.id === query);
  const found = exact ? [exact] : engine.cards.filter((entry) => matches(entry, query.toLowerCase()));
  if (found.length === 0) {
    throw new UsageError('no-card', `No card matches ${JSON.stringify(query)}.`, {
      hint:
        didYouMean(
          query,
          engine.cards.map((entry) => entry.card.id),
        ) ?? 'List all: flowdeck cards',
    });
  }
  if (args.has('json')) io.stdout.write(`${prettyJson({ cards: found.map(cardData) })}\n`);
  else if (exact) io.stdout.write(cardText(exact, paletteFor(io.stdout, io.env)));
  else {
    const { cyan } = paletteFor(io.stdout, io.env);
    const width = Math.max(...found.map((entry) => entry.card.id.length)) + 2;
    const lines = found.map(({ card }) => {
      const line = `${cyan(card.id)}${' '.repeat(width - card.id.length)}${firstSentence(card.description)}`;
      return io.stdout.isTTY ? clip(line, io.stdout.columns) : line;
    });
    io.stdout.write(`${lines.join('\n')}\n`);
  }
  return EXIT.ok;
};

function matches({ card }: RegisteredCard, query: string): boolean {
  return [card.id, card.title, card.description].some((text) => text.toLowerCase().includes(query));
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;
}

function cardData({ card, pack, version }: RegisteredCard) {
  const { id, title, description, kind, inputs, outputs, extraInputs, extraOutputs, blocks, traits, errors, examples } =
    card;
  return {
    id,
    title,
    description,
    kind,
    pack,
    version,
    inputs,
    outputs,
    ...(extraInputs === undefined ? {} : { extraInputs }),
    ...(extraOutputs === undefined ? {} : { extraOutputs }),
    ...(blocks === undefined ? {} : { blocks }),
    ...(traits === undefined ? {} : { traits }),
    ...(errors === undefined ? {} : { errors }),
    ...(examples === undefined ? {} : { examples }),
  };
}
