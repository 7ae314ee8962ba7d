/** Everything that commands need, loaded as one: fewer files load faster than small ones. */
import type { Command, CommandName } from '../spec.js';
import { cards } from './cards.js';
import { connection } from './connection.js';
import { graph } from './graph.js';
import { run } from './run.js';
import { validate } from './validate.js';

export const commands: Readonly<Record<CommandName, Command>> = { run, validate, graph, cards, connection };

export { readArguments } from '../arguments.js';
export { UsageError } from '../errors.js';
export { reportError } from '../output/error.js';
export { didYouMean } from '../suggest.js';
