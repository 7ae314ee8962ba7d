/** Reports what made a command end without a result. */
import { FlowdeckError } from '@flowdeck/engine';
import { exitOfError, FaultyDeck } from '../errors.js';
import type { CommandSpec } from '../spec.js';
import type { Io } from '../system/io.js';
import { type Palette, paletteFor } from './colour.js';
import { diagnosticData, diagnosticText } from './diagnostics.js';
import { commandHint } from './hint.js';
import { plain, prettyJson } from './text.js';

/** Writes the error, as JSON where `--json` was given, and returns the exit code. */
export function reportError(error: unknown, command: CommandSpec | null, argv: readonly string[], io: Io): number {
  const options = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : argv.length);
  const trace = options.includes('--trace');
  if (command !== null && options.includes('--json'))
    io.stdout.write(`${prettyJson({ ...command.failure, ...errorData(error) })}\n`);
  else io.stderr.write(errorText(error, paletteFor(io.stderr, io.env)));
  if (trace) io.stderr.write(traceText(error));
  return exitOfError(error);
}

/** An error, as a person reads it. */
export function errorText(error: unknown, palette: Palette): string {
  if (error instanceof FaultyDeck) {
    return error.diagnostics.map((diagnostic) => diagnosticText(diagnostic, palette)).join('');
  }
  const { code, message, hint } = summary(error);
  const head = `${palette.red('error')}: ${plain(message)} ${palette.dim(`[${code}]`)}\n`;
  return hint === undefined ? head : `${head}    ${palette.dim('hint:')} ${plain(hint)}\n`;
}

function errorData(error: unknown): Readonly<Record<string, unknown>> {
  const { code, message, hint } = summary(error);
  const at = error instanceof FlowdeckError ? error.at : {};
  const found = error instanceof FaultyDeck ? { diagnostics: error.diagnostics.map(diagnosticData) } : {};
  return { error: { code, message, at, hint: hint ?? null }, ...found };
}

interface Summary {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

function summary(error: unknown): Summary {
  if (error instanceof FlowdeckError) {
    const { code, message } = error;
    const hint = commandHint(code, error.hint, undefined);
    return { code, message, ...(hint === undefined ? {} : { hint }) };
  }
  const what = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message: `flowdeck failed unexpectedly: ${what}`,
    hint: 'This is a bug of flowdeck, or of a pack. Run with --trace and report the stack.',
  };
}

/** More would be the same cause again. */
const MOST_CAUSES = 8;

/** The stack of an error and of its causes. */
export function traceText(error: unknown): string {
  const stacks: string[] = [];
  let current = error;
  while (current instanceof Error && stacks.length < MOST_CAUSES) {
    // Line by line: what a service put into a message must not reach the terminal.
    const stack = current.stack ?? `${current.name}: ${current.message}`;
    stacks.push(stack.split('\n').map(plain).join('\n'));
    current = current.cause;
  }
  return stacks.length === 0 ? '' : `${stacks.join('\ncaused by: ')}\n`;
}
