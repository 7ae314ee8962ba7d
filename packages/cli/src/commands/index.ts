/** Everything that commands need, loaded as one: fewer files load faster than small ones. */
import type { Command } from '../command.js';
import type { CommandName } from '../spec.js';
import { cards } from './cards.js';
import { diff } from './diff.js';
import { exportDeck } from './export.js';
import { fake } from './fake.js';
import { graph } from './graph.js';
import { importExport } from './import.js';
import { inspect } from './inspect.js';
import { run } from './run.js';
import { schema } from './schema.js';
import { test } from './test.js';
import { validate } from './validate.js';

export const commands: Readonly<Record<CommandName, Command>> = {
  run,
  validate,
  test,
  inspect,
  graph,
  diff,
  import: importExport,
  export: exportDeck,
  cards,
  schema,
  // What only they need is a library of its own.
  connection: async (args, io) => (await import('./connection.js')).connection(args, io),
  connector: async (args, io) => (await import('./connector.js')).connector(args, io),
  serve: async (args, io) => (await import('./serve.js')).serve(args, io),
  flows: async (args, io) => (await import('./flows.js')).flows(args, io),
  work: async (args, io) => (await import('./work.js')).work(args, io),
  runs: async (args, io) => (await import('./runs.js')).runs(args, io),
  fake,
};

export { readArguments } from '../arguments.js';
export { UsageError } from '../errors.js';
export { reportError } from '../output/error.js';
export { didYouMean } from '../suggest.js';
