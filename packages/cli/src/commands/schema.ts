/** `flowdeck schema`: the JSON Schema of the flow file, with the cards that there are. */

import type { Command } from '../command.js';
import { openCatalogue } from '../engine/engine.js';
import { EXIT } from '../exit.js';
import { prettyJson } from '../output/text.js';
import { type BaseSchema, flowSchema } from '../schema/flow-schema.js';
import { writeText } from '../system/files.js';

export const schema: Command = async (args, io) => {
  const engine = await openCatalogue(args.values('pack'), io);
  const filled = flowSchema(
    baseSchema(),
    engine.cards.map((entry) => entry.card),
  );
  const text = `${prettyJson(filled)}\n`;
  const output = args.value('output');
  if (output === undefined) io.stdout.write(text);
  else writeText(output, text, io);
  return EXIT.ok;
};

/** The schema that the engine is shipped with. */
function baseSchema(): BaseSchema {
  const { createRequire } = process.getBuiltinModule('node:module');
  return createRequire(import.meta.url)('@flowdeck/engine/schema/flow-1.json') as BaseSchema; // the engine's tests hold it to that
}
