/** `flowdeck flows`: the flows of a host that runs; turns them on and off, and starts them. */
import type { Arguments } from '../arguments.js';
import type { Command } from '../command.js';
import { UsageError } from '../errors.js';
import { EXIT, exitOfRun } from '../exit.js';
import { type HostAnswer, hostClient, type JsonRecord } from '../hosts/client.js';
import { paletteFor } from '../output/colour.js';
import { plain, prettyJson } from '../output/text.js';
import { recordsIn } from '../runs/host-runs.js';
import { readText } from '../system/files.js';
import type { Io } from '../system/io.js';
import { actionOf, type CommandAction } from './actions.js';

const FLOW_ACTIONS: Readonly<Record<string, CommandAction>> = {
  list: { takes: [], act: (_, args, io) => listFlows(args, io) },
  on: { takes: ['ID'], act: ([id = ''], args, io) => turnFlow(id, 'on', args, io) },
  off: { takes: ['ID'], act: ([id = ''], args, io) => turnFlow(id, 'off', args, io) },
  start: { takes: ['ID'], act: ([id = ''], args, io) => startFlow(id, args, io) },
  emit: { takes: ['NAME'], act: ([name = ''], args, io) => emitEvent(name, args, io) },
};

/** A run that is waited for may take its time: a day. */
const LONGEST_MS = 86_400_000;

export const flows: Command = (args, io) => {
  const { action, operands } = actionOf('flows', FLOW_ACTIONS, args);
  return action.act(operands, args, io);
};

async function listFlows(args: Arguments, io: Io): Promise<number> {
  const { body } = await hostClient(args, io).ask('GET', ['flows']);
  const found = recordsIn(body['flows']);
  if (args.has('json')) io.stdout.write(`${prettyJson({ ok: true, flows: found })}\n`);
  else for (const flow of found) io.stdout.write(`${hostedLine(flow, io)}\n`);
  return EXIT.ok;
}

async function turnFlow(id: string, to: 'on' | 'off', args: Arguments, io: Io): Promise<number> {
  const { body } = answered(id, await hostClient(args, io).ask('POST', ['flows', id, to]));
  io.stdout.write(args.has('json') ? `${prettyJson({ ok: true, flow: body })}\n` : `${hostedLine(body, io)}\n`);
  return EXIT.ok;
}

async function startFlow(id: string, args: Arguments, io: Io): Promise<number> {
  const inputs = await givenInputs(args, io);
  const wait = args.has('wait');
  const caller = args.value('as');
  const { body } = answered(
    id,
    await hostClient(args, io).ask('POST', ['flows', id, caller === undefined ? 'run' : 'delegate'], {
      body: caller === undefined ? { inputs } : { inputs, caller: { id: caller } },
      ...(wait ? { query: { wait: 'true' }, timeoutMs: LONGEST_MS } : {}),
    }),
  );
  if (args.has('json')) io.stdout.write(`${prettyJson({ ok: true, run: body })}\n`);
  else io.stdout.write(wait ? `${prettyJson(body['outputs'] ?? null)}\n` : `${plain(String(body['runId']))}\n`);
  if (!wait) return EXIT.ok;
  const [error] = recordsIn([body['error']]);
  if (error !== undefined && !args.has('json')) io.stderr.write(`error: ${plain(String(error['message']))}\n`);
  return exitOfRun(String(body['status']), error === undefined ? null : String(error['code']));
}

async function emitEvent(name: string, args: Arguments, io: Io): Promise<number> {
  const [inputs, id] = [await givenInputs(args, io), args.value('id')];
  const { status, body } = await hostClient(args, io).ask('POST', ['emit', name], {
    body: id === undefined ? { inputs } : { inputs, id },
  });
  if (status === 404) {
    throw new UsageError('host-flow', String(body['message']), { hint: String(body['hint'] ?? NO_EVENTS) });
  }
  if (status === 409 && !Array.isArray(body['events'])) answered(name, { status, body });
  const events = recordsIn(body['events']);
  if (args.has('json')) io.stdout.write(`${prettyJson({ ok: status < 400, events })}\n`);
  else if (events.length === 0) io.stdout.write('no flow that hears it is on\n');
  else {
    for (const { flow, kind, runId } of events)
      io.stdout.write(`${plain(String(flow))}  ${kind}${typeof runId === 'string' ? `  ${plain(runId)}` : ''}\n`);
  }
  return status < 400 ? EXIT.ok : EXIT.usage;
}

const NO_EVENTS = 'Flows of the host: flowdeck flows list';

async function givenInputs(args: Arguments, io: Io): Promise<unknown> {
  const file = args.value('inputs');
  return file === undefined ? {} : inputsIn(await readText(file, io), file);
}

/** A flow that there is, and that may be told so. */
function answered(id: string, answer: HostAnswer): HostAnswer {
  if (answer.status < 400) return answer;
  const { message, hint } = answer.body;
  throw new UsageError(answer.status === 404 ? 'host-flow' : 'host-refused', `Flow ${JSON.stringify(id)}: ${message}`, {
    hint: typeof hint === 'string' ? hint : 'Flows of the host: flowdeck flows list',
  });
}

function inputsIn(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError('host-option', `${file} is no JSON.`, { at: { file }, hint: 'Write one JSON object.', cause });
  }
}

function hostedLine({ id, type, on, next, token, access, webhook, poll }: JsonRecord, io: Io): string {
  const { dim, green, red } = paletteFor(io.stdout, io.env);
  const parts = [on === true ? green('on ') : 'off', plain(String(id)), dim(String(type))];
  if (typeof next === 'string') parts.push(`next at ${next}`);
  if (typeof access === 'string')
    parts.push(typeof token === 'string' ? `token ${plain(token)}` : `by ${plain(access)}`);
  for (const { phase, last, url, reason } of recordsIn([webhook, poll])) {
    if (typeof url === 'string') parts.push(plain(url));
    if (typeof last === 'string') parts.push(`last at ${last}`);
    if (phase !== 'on' && phase !== 'off' && phase !== 'waiting') parts.push(plain(String(phase)));
    if (typeof reason === 'string') parts.push(red(plain(reason)));
  }
  return parts.join('  ');
}
