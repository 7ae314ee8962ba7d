/** `flowdeck serve`: a host for the flows of a file or directory, until it is told to stop. */
import { systemClock } from '@flowdeck/engine';
import { flowsOf } from '@flowdeck/engine/kit';
import type { Host, HostedFlow, HttpServer, ServedConnector } from '@flowdeck/host';
import type { Command } from '../command.js';
import { withStore } from '../connections/live.js';
import { hasKey } from '../connections/store.js';
import { deployedConnectors, deployedPlaces, deployedText } from '../connectors/deployed.js';
import { openEngine } from '../engine/engine.js';
import { UsageError } from '../errors.js';
import { EXIT } from '../exit.js';
import { sayFindings } from '../hosts/findings.js';
import { hostLog } from '../hosts/log.js';
import { openMemory } from '../hosts/memory.js';
import { readPace } from '../hosts/pace.js';
import { takeUpChanges } from '../hosts/reload.js';
import { readToken } from '../hosts/token.js';
import { leftOutText } from '../output/diagnostics.js';
import { errorText } from '../output/error.js';
import { plain, prettyJson } from '../output/text.js';
import { loadProject, loadRunnable } from '../project/load.js';
import { neededNamespaces } from '../project/needs.js';
import { readProject } from '../project/read.js';
import { readConnections } from '../run/connections.js';
import { readPort } from '../run/port.js';
import { didYouMean } from '../suggest.js';
import { type Io, interrupted } from '../system/io.js';

const DEFAULT_PORT = '3000';
const DEFAULT_HOST = '127.0.0.1';

export const serve: Command = async (args, io) => {
  // Asked for at once: an interrupt before the host listens ends it in order, too.
  const { signal } = io;
  const port = readPort(args.value('port') ?? DEFAULT_PORT, 'serve-option');
  const hostname = args.value('host') ?? DEFAULT_HOST;
  const clock = systemClock();
  const log = hostLog(args, io, () => clock.now());
  const publicUrl = readPublicUrl(args.value('public-url'));
  const adminToken = readToken(args, io);
  // Only the owner may ask for them.
  const histories = adminToken === null ? 0 : readHistories(args.value('histories'));
  const project = await readProject(args.operand, io, args.values('pack'));
  const { Host, createHandler, isTriggered, listen } = await import('@flowdeck/host');
  const triggered = flowsOf(project.document).filter(({ type }) => isTriggered(type));
  if (adminToken === null && triggered.length === 0) throw nothingToServe();
  const chosen = flowsToTurnOn(
    args.values('on'),
    triggered.map(({ id }) => id),
  );
  const connections = await readConnections(args.values('connection'), io);
  const memory = await openMemory(args, io, ({ code, message }) => {
    log.notice({ at: clock.now(), level: 'warn', what: 'warning', code, reason: message });
  });
  try {
    const namespaces = neededNamespaces(project, connections.values());
    let deployed = await deployedConnectors(namespaces, log, args, io);
    const request = {
      packs: args.values('pack'),
      namespaces,
      deployed: deployed.packs,
      connections: hasKey(args, io) ? await withStore(connections, args, io, { clock }) : connections,
      allowHosts: args.values('allow-host'),
      clock,
      ...(memory === null ? {} : { tables: memory.tables, runtime: memory.lasting.journal }),
    };
    const opened = await openEngine(request, io);
    const { engine, http, connections: source, close } = opened;
    try {
      const { loaded, leftOut } = await loadRunnable(project, undefined, (part) => loadProject(part, engine));
      const left = leftOutText(leftOut, log.palette);
      if (left !== '') log.say('warn', left);
      await sayFindings(loaded, log);
      let local = `http://${DEFAULT_HOST}:${port}/`;
      const host = new Host({
        engine,
        deck: loaded.deck,
        connections: source,
        publicUrl: () => publicUrl ?? local,
        clock,
        onNotice: (notice) => log.notice(notice),
        keptHistories: histories,
        pace: readPace(args),
        ...(memory === null ? {} : { store: memory.flows, events: memory.events, lasting: memory.lasting }),
      });
      const handle = createHandler(host, {
        ...(adminToken === null ? {} : { adminToken }),
        http,
        ...(memory === null ? {} : { secret: memory.secret }),
        connectors: () => deployed.served,
        onError: (error) => log.say('error', errorText(error, log.palette)),
      });
      const server = await listen(handle, { port, hostname }).catch((error: unknown) => {
        throw cannotListen(error, hostname, port);
      });
      local = server.url;
      for (const id of chosen) await host.turn(id, true);
      await host.start();
      const endReloading = takeUpChanges(
        {
          ...{ host, opened, log, path: args.operand, served: project, packs: request.packs },
          needs: (changed) => neededNamespaces(changed, connections.values()),
          deployed: {
            find: (wanted) => deployedConnectors(wanted, log, args, io),
            places: (wanted) => deployedPlaces(wanted, args),
            serve: (next) => {
              deployed = next;
            },
          },
          turnOn: (known) => turnOnNew(host, args.values('on'), known),
        },
        args.has('watch'),
        io,
      );
      sayWhatIsServed(
        host.flows().filter(({ info }) => isTriggered(info.type)),
        deployed.served,
        server,
        args.has('json'),
        io,
      );
      await interrupted({ signal });
      await endReloading();
      log.say('info', 'stopping: runs under way have ten seconds\n');
      await Promise.all([server.close(), host.stop()]);
      return EXIT.ok;
    } finally {
      await close();
    }
  } finally {
    await memory?.close();
  }
};

function flowsToTurnOn(wanted: readonly string[], known: readonly string[]): readonly string[] {
  if (wanted.includes('*')) return known;
  for (const id of wanted) {
    if (known.includes(id)) continue;
    throw new UsageError('serve-option', `There is no flow ${JSON.stringify(id)} that could be turned on.`, {
      hint: didYouMean(id, known) ?? `Flows of type api, schedule, event and delegated: ${known.join(', ') || 'none'}.`,
    });
  }
  return wanted;
}

/** `--on "*"` is meant for flows that come later, too. */
async function turnOnNew(host: Host, wanted: readonly string[], known: ReadonlySet<string>): Promise<void> {
  if (!wanted.includes('*')) return;
  const { isTriggered } = await import('@flowdeck/host');
  for (const { info } of host.flows())
    if (!known.has(info.id) && isTriggered(info.type)) await host.turn(info.id, true);
}

/** With a slash at its end, so that a path of its own stays. */
function readPublicUrl(given: string | undefined): string | null {
  if (given === undefined) return null;
  if (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol))
    return given.endsWith('/') ? given : `${given}/`;
  throw new UsageError('serve-option', `${JSON.stringify(given)} is no address at which services reach this host.`, {
    hint: 'Give it as --public-url https://flows.example.com/.',
  });
}

/** Runs whose history is kept when nothing is said. */
const HISTORIES = 100;

function readHistories(given: string | undefined): number {
  if (given === undefined) return HISTORIES;
  if (/^\d{1,5}$/.test(given)) return Number(given);
  throw new UsageError('serve-option', `--histories ${JSON.stringify(given)} is no number of runs.`, {
    hint: 'Write a whole number from 0 to 99999.',
  });
}

function nothingToServe(): UsageError {
  return new UsageError(
    'nothing-to-serve',
    'No flow is of type api, schedule, event or delegated, and /admin is closed.',
    {
      hint: 'Run other flows with "flowdeck run", or set FLOWDECK_ADMIN_TOKEN to start them over HTTP.',
    },
  );
}

function cannotListen(error: unknown, hostname: string, port: number): UsageError {
  // What Node rejects with is an error with a code, and whatever else it is has neither.
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  const reason = code === 'EADDRINUSE' ? 'another process listens there' : (message ?? 'it cannot be used');
  return new UsageError('serve-option', `Cannot listen on ${hostname} port ${port}: ${reason}.`, {
    hint: 'Choose another port with --port, or an address of this machine with --host.',
    cause: error,
  });
}

function sayWhatIsServed(
  flows: readonly HostedFlow[],
  connectors: readonly ServedConnector[],
  { url }: HttpServer,
  isJson: boolean,
  io: Io,
): void {
  if (isJson) {
    io.stdout.write(`${prettyJson({ url, flows: flows.map((flow) => servedData(flow, url)), connectors })}\n`);
    return;
  }
  io.stdout.write(`Listening on ${url}\n`);
  for (const each of connectors) io.stdout.write(`  ${deployedText(each)}\n`);
  for (const flow of flows) io.stdout.write(`  ${flowText(flow, url)}\n`);
}

function servedData({ info, on, access, token, next, webhook, poll }: HostedFlow, url: string) {
  const { id, type } = info;
  if (webhook !== null) return { id, type, on, webhook };
  return {
    id,
    type,
    on,
    ...(access !== null
      ? { url: addressOf(id, url), access: access.by, token }
      : { next: next === null ? null : new Date(next).toISOString() }),
    ...(poll === null ? {} : { poll: { phase: poll.phase, reason: poll.reason } }),
  };
}

function flowText(flow: HostedFlow, url: string): string {
  const { info, on, access, token, next, webhook } = flow;
  const state = on ? 'on ' : 'off';
  if (webhook !== null) return `${state} ${plain(info.id)}: ${webhookText(webhook)}`;
  if (access !== null) {
    const proof = token === null ? BY[access.by] : ` (token ${token})`;
    return `${state} ${plain(info.id)}: ${addressOf(info.id, url)}${proof}`;
  }
  if (flow.poll !== null && next !== null) return `${state} ${plain(info.id)}: asks at ${new Date(next).toISOString()}`;
  if (info.type === 'delegated') return `${state} ${plain(info.id)}: for people who are given it`;
  if (info.type === 'event' && next === null) return `${state} ${plain(info.id)}: for events of your own`;
  return `${state} ${plain(info.id)}: ${next === null ? 'no moment' : `next at ${new Date(next).toISOString()}`}`;
}

function webhookText({ url, phase, reason }: NonNullable<HostedFlow['webhook']>): string {
  const place = url === null ? 'hears nothing' : `hears ${url}`;
  if (phase === 'on') return place;
  return reason === null ? `${place} (${phase})` : `${place} (${phase}: ${plain(reason)})`;
}

/** What is said of an API flow that no token is shown of. */
const BY = { token: '', open: ' (open to everybody)', oauth: ' (with an access token)' } as const;

function addressOf(id: string, url: string): string {
  return `${url}run/${encodeURIComponent(id)}`;
}
