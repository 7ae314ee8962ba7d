/** All commands by name, each loaded when it is asked for: what only one of them needs, no other pays for. */
import type { Command } from '../command.js';
import type { CommandName } from '../spec.js';

export const commands: Readonly<Record<CommandName, () => Promise<Command>>> = {
  run: async () => (await import('./run.js')).run,
  validate: async () => (await import('./validate.js')).validate,
  test: async () => (await import('./test.js')).test,
  inspect: async () => (await import('./inspect.js')).inspect,
  graph: async () => (await import('./graph.js')).graph,
  diff: async () => (await import('./diff.js')).diff,
  import: async () => (await import('./import.js')).importExport,
  export: async () => (await import('./export.js')).exportDeck,
  cards: async () => (await import('./cards.js')).cards,
  schema: async () => (await import('./schema.js')).schema,
  connection: async () => (await import('./connection.js')).connection,
  connector: async () => (await import('./connector.js')).connector,
  serve: async () => (await import('./serve.js')).serve,
  flows: async () => (await import('./flows.js')).flows,
  work: async () => (await import('./work.js')).work,
  runs: async () => (await import('./runs.js')).runs,
  fake: async () => (await import('./fake.js')).fake,
};
