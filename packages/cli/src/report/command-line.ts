/** A command as a person would type it again. */
import type { Arguments } from '../arguments.js';

/** `left`: options that are no part of it. */
export function commandLine(command: string, args: Arguments, left: readonly string[]): string {
  const options = args.names
    .filter((name) => !left.includes(name))
    .flatMap((name) => args.values(name).map((value) => (value === '' ? `--${name}` : `--${name} ${quoted(value)}`)));
  return ['flowdeck', command, ...args.operands.map(quoted), ...options].join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
