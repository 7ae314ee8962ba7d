/** Finds the command that was asked for, runs it, and reports what it throws. */
import { commands } from './commands/index.js';
import { COMMANDS } from './commands/table.js';
import { EXIT } from './exit.js';
import { paletteFor } from './output/colour.js';
import type { CommandSpec } from './spec.js';
import type { Io } from './system/io.js';

/**
 * Runs the `flowdeck` command and gives its exit code. It never rejects.
 *
 * @param argv The arguments, without the names of the program and the script.
 * @example process.exitCode = await main(['run', 'greet.flow.json'], processIo());
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const [first, ...rest] = argv;
  const command = COMMANDS.find((each) => each.name === first);
  try {
    if (command) return await perform(command, rest, io);
    return await general(first, rest, io);
  } catch (error) {
    const { reportError } = await import('./output/error.js');
    return reportError(error, command ?? null, argv, io);
  }
}

async function perform(command: CommandSpec, rest: readonly string[], io: Io): Promise<number> {
  // Help and version need neither the parser nor the engine.
  if (rest.length === 1 && (rest[0] === '--help' || rest[0] === '-h')) return help(command, io);
  const { readArguments } = await import('./arguments.js');
  const args = readArguments(command, rest);
  if (args.has('help')) return help(command, io);
  return (await commands[command.name]())(args, io);
}

async function general(first: string | undefined, rest: readonly string[], io: Io): Promise<number> {
  if (first === '--version' || first === '-V') {
    const { VERSION } = await import('./version.js');
    io.stdout.write(`${VERSION}\n`);
    return EXIT.ok;
  }
  if (first === '--help' || first === '-h' || first === 'help' || first === undefined) {
    const command = COMMANDS.find((each) => each.name === rest[0]);
    if (command) return help(command, io);
    if (rest[0] !== undefined && !rest[0].startsWith('-')) throw await unknownCommand(rest[0]);
    const { generalHelp } = await import('./help.js');
    // Without arguments nothing was asked for, and a script that forgot them must not go on.
    const output = first === undefined ? io.stderr : io.stdout;
    output.write(generalHelp(COMMANDS, paletteFor(output, io.env)));
    return first === undefined ? EXIT.usage : EXIT.ok;
  }
  throw await unknownCommand(first);
}

async function help(command: CommandSpec, io: Io): Promise<number> {
  const { commandHelp } = await import('./help.js');
  io.stdout.write(commandHelp(command, paletteFor(io.stdout, io.env), io.stdout.columns));
  return EXIT.ok;
}

async function unknownCommand(name: string): Promise<Error> {
  const { UsageError } = await import('./errors.js');
  const { didYouMean } = await import('./suggest.js');
  const names = COMMANDS.map((command) => command.name);
  const hint = didYouMean(name, names) ?? `Commands: ${names.join(', ')}. See: flowdeck --help`;
  return new UsageError('unknown-command', `There is no command ${JSON.stringify(name)}.`, { hint });
}
