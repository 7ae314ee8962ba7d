/** `flowdeck connection test`: asks a service whether it accepts the credentials of a connection. */
import type { Deck, Engine } from '@flowdeck/engine';
import type { Command } from '../command.js';
import { openEngine } from '../engine/engine.js';
import { UsageError } from '../errors.js';
import { exitOfRun } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { traceText } from '../output/error.js';
import { resultData, resultText } from '../output/result.js';
import { duration, plain, prettyJson } from '../output/text.js';
import { readConnection } from '../run/connections.js';
import { readSeconds } from '../run/seconds.js';
import { didYouMean } from '../suggest.js';

/** The name that the connection has while it is tested. */
const NAME = 'tested';

export const connection: Command = async (args, io) => {
  const [action = '', path = ''] = args.operands;
  if (action !== 'test') {
    throw new UsageError('operands', `"flowdeck connection" has no action ${JSON.stringify(action)}.`, {
      hint: didYouMean(action, ['test']) ?? 'Usage: flowdeck connection test FILE',
    });
  }
  const timeoutMs = readSeconds(args.value('timeout'));
  const tested = await readConnection(path, io);
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
    const result = await engine.run(deck, {
      flow,
      connection: NAME,
      signal: io.signal,
      ...(timeoutMs === undefined ? {} : { limits: { wallTimeMs: timeoutMs } }),
    });
    // The flows of a connector have no place in a file of the user's.
    const loaded = { locate: () => null };
    const ok = result.error === null;
    if (args.has('json')) {
      const { error, durationMs } = resultData(result, loaded);
      io.stdout.write(`${prettyJson({ ok, connector: tested.connector, error, durationMs })}\n`);
    } else if (ok) {
      const { green } = paletteFor(io.stdout, io.env);
      io.stdout.write(
        `${green('✓')} ${plain(tested.connector)} accepts the connection ${plain(path)} (${duration(result.durationMs)})\n`,
      );
    } else io.stderr.write(resultText(result, loaded, paletteFor(io.stderr, io.env)));
    if (args.has('trace') && result.error) io.stderr.write(traceText(result.error.cause));
    return exitOfRun(result.status, result.error?.code ?? null);
  } finally {
    await close();
  }
};

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
      {
        hint: 'Run a flow that uses the connection.',
      },
    );
  }
  return { deck, flow };
}
