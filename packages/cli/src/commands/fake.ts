/** `flowdeck fake twilio`: serves a simulated Twilio until it is interrupted. */
import type { TwilioLogEntry, TwilioService } from '@flowdeck/conformance/twilio';
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { paletteFor } from '../output/colour.js';
import { prettyJson } from '../output/text.js';
import { readPort } from '../run/port.js';
import { didYouMean } from '../suggest.js';
import type { Io } from '../system/io.js';
import { openLines } from '../system/lines.js';

const DEFAULT_STEP = '0.5';
const MOST_STEP_SECONDS = 3600;

export const fake: Command = async (args, io) => {
  if (args.operand !== 'twilio') {
    throw new UsageError('unknown-fake', `There is no simulated service ${JSON.stringify(args.operand)}.`, {
      hint: didYouMean(args.operand, ['twilio']) ?? 'Usage: flowdeck fake twilio',
    });
  }
  // Only who asks for the service waits for it to be read.
  const twilio = await import('@flowdeck/conformance/twilio');
  if (args.has('claims')) {
    const lines = twilio.TWILIO_CLAIMS.map(({ host, method, path }) => `${method.padEnd(6)} https://${host}${path}\n`);
    io.stdout.write(args.has('json') ? `${prettyJson({ ok: true, claims: twilio.TWILIO_CLAIMS })}\n` : lines.join(''));
    return EXIT.ok;
  }
  const port = readPort(args.value('port') ?? '0', 'fake-option');
  const stepMs = readStep(args.value('step') ?? DEFAULT_STEP);
  const webhooks = readWebhooks(args.value('webhooks'));
  const seed = args.value('seed');
  const path = args.value('log');
  const log = path === undefined ? null : openLines(path, io);
  try {
    const account = twilio.defaultTwilioAccount();
    const service = await twilio.startTwilioService({
      port,
      accounts: [webhooks === undefined ? account : { ...account, webhooks }],
      keepRequests: 1000,
      ...(seed === undefined ? {} : { seed }),
      ...(log === null ? {} : { log: (entry) => log.write(lineOf(entry)) }),
    });
    try {
      announce(service, account.numbers ?? [], args, io);
      await moveOn(service, stepMs, io.signal);
    } finally {
      await service.close();
    }
  } finally {
    log?.close();
  }
  return EXIT.ok;
};

/** Time passes in the service until the command is interrupted. */
async function moveOn(service: TwilioService, stepMs: number, signal: AbortSignal): Promise<void> {
  const { setTimeout: pause } = process.getBuiltinModule('node:timers/promises');
  while (!signal.aborted) {
    await pause(stepMs, undefined, { signal }).catch(() => undefined); // an interrupt ends the loop, and is no failure
    if (!signal.aborted) await service.advance();
  }
}

function announce(service: TwilioService, numbers: readonly string[], args: Arguments, io: Io): void {
  const { accountSid, authToken, keySecret, keySid, url } = service;
  const connection = {
    connector: 'twilio',
    auth: { username: keySid, password: keySecret },
    parameters: { account_sid: accountSid, base_url: url },
  };
  if (args.has('json')) {
    const facts = { url, accountSid, authToken, keySid, keySecret, numbers, connection };
    io.stdout.write(`${prettyJson({ ok: true, ...facts })}\n`);
    return;
  }
  io.stdout.write(`${prettyJson(connection)}\n`);
  const { bold, dim } = paletteFor(io.stderr, io.env);
  io.stderr.write(
    [
      `A simulated Twilio listens at ${bold(url)}. It sends nothing anywhere.`,
      `  Account SID  ${accountSid}`,
      `  Auth Token   ${authToken}`,
      `  API key      ${keySid}, secret ${keySecret}`,
      `  Numbers      ${numbers.join(', ')}`,
      dim(
        `Its connection file stands on standard output; use it with --allow-host ${new URL(url).host}. Ctrl-C stops.`,
      ),
      '',
    ].join('\n'),
  );
}

/** One line of the log, without what proves a caller. */
function lineOf(entry: TwilioLogEntry): string {
  if (entry.kind === 'webhook') return JSON.stringify({ webhook: entry.delivery });
  const { form, headers, query, ...request } = entry.request;
  const { authorization: _, ...rest } = headers;
  return JSON.stringify({ request: { ...request, query: [...query], form: [...form], headers: rest } });
}

function readStep(text: string): number {
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (seconds > 0 && seconds <= MOST_STEP_SECONDS) return Math.ceil(seconds * 1000);
  throw new UsageError('fake-option', `--step ${JSON.stringify(text)} is not a number of seconds up to an hour.`, {
    hint: 'Write seconds above 0: --step 2, --step 0.1',
  });
}

/** The service calls this machine only, so another address would never hear a thing. */
function readWebhooks(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)) return text;
  throw new UsageError('fake-option', `--webhooks ${JSON.stringify(text)} is not an http URL on this machine.`, {
    hint: 'Write it with its port: --webhooks http://127.0.0.1:3000/sms',
  });
}
