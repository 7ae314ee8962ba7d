/** Tells what became of asking a service about a connection. */
import type { AskedConnection, ConnectionAnswer, ConnectionReason } from '@flowdeck/host';
import type { Arguments } from '../arguments.js';
import { EXIT } from '../exit.js';
import { type Palette, paletteFor } from '../output/colour.js';
import { traceText } from '../output/error.js';
import { answerLines, serviceText } from '../output/run-error.js';
import { duration, plain, prettyJson } from '../output/text.js';
import type { Io } from '../system/io.js';

const EXIT_OF: Readonly<Record<ConnectionAnswer, number>> = {
  accepted: EXIT.ok,
  refused: EXIT.failed,
  unclear: EXIT.unclear,
};

/** Prints the answer, as text or JSON, and gives the exit code. `more` goes into the JSON. */
export function tellPing(
  { verdict: { answer, reason }, result }: AskedConnection,
  about: { readonly connector: string; readonly path: string; readonly more?: Readonly<Record<string, unknown>> },
  args: Arguments,
  io: Io,
): number {
  const { connector, path, more = {} } = about;
  if (args.has('json')) {
    const { durationMs } = result;
    io.stdout.write(`${prettyJson({ ok: answer === 'accepted', answer, connector, reason, durationMs, ...more })}\n`);
  } else if (reason === null) {
    const { green } = paletteFor(io.stdout, io.env);
    const time = duration(result.durationMs);
    io.stdout.write(`${green('✓')} ${plain(connector)} accepts the connection ${plain(path)} (${time})\n`);
  } else {
    const what = answer === 'refused' ? 'refuses the connection' : 'may or may not accept the connection';
    const palette = paletteFor(io.stderr, io.env);
    io.stderr.write(`${palette.red('✗')} ${plain(connector)} ${what} ${plain(path)}\n${refusalText(reason, palette)}`);
  }
  if (args.has('trace') && result.error) io.stderr.write(traceText(result.error.cause));
  return result.status === 'cancelled' ? EXIT.cutOff : EXIT_OF[answer];
}

function refusalText(reason: ConnectionReason, palette: Palette): string {
  const { code, message, statusCode, service, response, hint } = reason;
  const status = statusCode === null ? '' : ` (HTTP ${statusCode})`;
  // After the status, which the message of an HTTP error does not end with.
  const said = service === null ? '' : ` ${serviceText(service)}`;
  const lines = [`${palette.red('error')}: ${plain(message)}${status}${said} ${palette.dim(`[${code}]`)}`];
  if (service === null) lines.push(...answerLines(response, palette));
  if (hint !== null) lines.push(`    ${palette.dim('hint:')} ${plain(hint)}`);
  return `${lines.join('\n')}\n`;
}
