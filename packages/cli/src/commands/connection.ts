/** `flowdeck connection test`: asks a service whether it accepts the credentials of a connection. */
import type { Connection, Deck, Engine, ErrorData, RunResult } from '@flowdeck/engine';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { openEngine } from '../engine/engine.js';
import { UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { type Palette, paletteFor } from '../output/colour.js';
import { traceText } from '../output/error.js';
import { serviceText } from '../output/run-error.js';
import { brief, duration, plain, prettyJson } from '../output/text.js';
import { type ConnectionAnswer, type ConnectionReason, judgeConnection } from '../run/connection-answer.js';
import { readConnection } from '../run/connections.js';
import { readSeconds } from '../run/seconds.js';
import { didYouMean } from '../suggest.js';
import type { Io } from '../system/io.js';

/** The name that the connection has while it is tested. */
const NAME = 'tested';

const EXIT_OF: Readonly<Record<ConnectionAnswer, number>> = {
  accepted: EXIT.ok,
  refused: EXIT.failed,
  unclear: EXIT.unclear,
};

export const connection: Command = async (args, io) => {
  const [action = '', path = ''] = args.operands;
  if (action !== 'test') {
    throw new UsageError('operands', `"flowdeck connection" has no action ${JSON.stringify(action)}.`, {
      hint: didYouMean(action, ['test']) ?? 'Usage: flowdeck connection test FILE',
    });
  }
  const tested = await readConnection(path, io);
  const { result, raised } = await ping(tested, args, io);
  const { answer, reason } = judgeConnection(result, raised);
  const { connector } = tested;
  if (args.has('json')) {
    const { durationMs } = result;
    io.stdout.write(`${prettyJson({ ok: answer === 'accepted', answer, connector, reason, durationMs })}\n`);
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
};

/** What the authping flow gave, and the error of the card in it that failed last. */
async function ping(
  tested: Connection,
  args: Arguments,
  io: Io,
): Promise<{ readonly result: RunResult; readonly raised: ErrorData | null }> {
  const timeoutMs = readSeconds(args.value('timeout'));
  const { engine, close } = await openEngine(
    {
      packs: args.values('pack'),
      namespaces: new Set([tested.connector]),
      connections: new Map([[NAME, tested]]),
      allowHosts: args.values('allow-host'),
    },
    io,
  );
  try {
    const { deck, flow } = authping(engine, tested.connector);
    let raised: ErrorData | null = null;
    engine.on('card', (event) => {
      if (event.phase === 'ended' && event.error !== null) raised = event.error;
    });
    const result = await engine.run(deck, {
      flow,
      connection: NAME,
      signal: io.signal,
      ...(timeoutMs === undefined ? {} : { limits: { wallTimeMs: timeoutMs } }),
    });
    return { result, raised };
  } finally {
    await close();
  }
}

function authping(engine: Engine, key: string): { readonly deck: Deck; readonly flow: string } {
  const keys = engine.connectors.map((connector) => connector.key);
  if (!keys.includes(key)) {
    throw new UsageError('unknown-connector', `There is no connector ${JSON.stringify(key)}.`, {
      hint: didYouMean(key, keys) ?? 'Load the pack that brings it: --pack PKG',
    });
  }
  const deck = engine.connector(key);
  const flow = 'flows' in deck.document ? deck.document.connector?.flows.authping : undefined;
  if (flow === undefined) {
    throw new UsageError(
      'no-authping',
      `The connector "${key}" has no authping flow, so its connections cannot be tested.`,
      { hint: 'Run a flow that uses the connection.' },
    );
  }
  return { deck, flow };
}

function refusalText(reason: ConnectionReason, palette: Palette): string {
  const { code, message, statusCode, service, response, hint } = reason;
  const status = statusCode === null ? '' : ` (HTTP ${statusCode})`;
  // After the status, which the message of an HTTP error does not end with.
  const said = service === null ? '' : ` ${serviceText(service)}`;
  const lines = [`${palette.red('error')}: ${plain(message)}${status}${said} ${palette.dim(`[${code}]`)}`];
  if (service === null && response !== null && response !== '') {
    lines.push(`    ${palette.dim('the service says:')} ${brief(response)}`);
  }
  if (hint !== null) lines.push(`    ${palette.dim('hint:')} ${plain(hint)}`);
  return `${lines.join('\n')}\n`;
}
