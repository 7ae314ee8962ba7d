/** Plays a case with a host: one step after the other, and what must have come of them in the end. */
import { parsePointer, readPointer, toData } from '@flowdeck/engine/kit';
import type { Case, HttpSettings } from '../cases/types.js';
import { START } from '../clock/start.js';
import { differences } from '../match/match.js';
import type { Failure } from '../run/failure.js';
import type { Outcome } from '../run/outcome.js';
import { type CaseService, fillIn, fillNames, type Services, startService } from '../run/service.js';
import type { HostData, HostRequest, ServedHost } from './served.js';
import type { LifeStage } from './stage.js';
import { servedDocument, stepOf } from './steps.js';
import type { HostStep } from './types.js';

/** What is played, and with what. */
export interface Play extends Pick<LifeStage, 'signal' | 'patienceMs'> {
  readonly serve: (request: HostRequest) => Promise<ServedHost>;
  readonly services: Services;
}

/** Nothing is run twice here: hosts listen always. */
export async function play(written: Case, { serve, ...rest }: Play): Promise<Outcome> {
  const service = written.service === undefined ? null : await startService(written.service, rest.services);
  let host: ServedHost | null = null;
  try {
    const entry = service === null ? written : fillIn(written, service.facts);
    host = await serve({
      document: servedDocument(entry.flows ?? []),
      connectors: entry.connectors ?? [],
      connections: entry.connections ?? {},
      clock: entry.clock === undefined || entry.clock === 'real' ? null : { start: startOf(entry.clock) },
      http: entry.http === false ? null : { ...entry.http, allowHosts: allowedIn(entry.http, service) },
    });
    const stopped = await playSteps(entry.steps ?? [], { host, service, ...rest });
    if (stopped.length > 0) return { failures: stopped, run: null };
    await host.stop();
    return { failures: await judgeEnd(entry, host, service), run: null };
  } finally {
    await host?.close();
    await service?.close();
  }
}

function allowedIn(http: HttpSettings | undefined, service: CaseService | null): readonly string[] {
  return [...(http?.allowHosts ?? []), ...(service === null ? [] : [service.host])];
}

function startOf(clock: Exclude<Case['clock'], 'real' | undefined>): number {
  return clock === 'instant' ? START : Date.parse(clock.start);
}

/** Ends with the first step that does not come to what it must: those after it build on it. */
async function playSteps(steps: readonly HostStep[], stage: LifeStage): Promise<readonly Failure[]> {
  const kept: Record<string, string> = {};
  for (const [index, written] of steps.entries()) {
    const facts = { ...(await stage.host.facts()), ...kept };
    // What nobody knows is left as it is, and so shown by what fails for it.
    const step = fillNames(written, facts);
    const where = `steps/${index}`;
    const came = await stepOf(step)(stage);
    const failures = differencesFrom(step, came).map((failure) => ({ ...failure, where: `${where}${failure.where}` }));
    if (failures.length > 0) return failures;
    for (const [name, pointer] of Object.entries(step.keep ?? {})) {
      const found = readPointer(toData(came), parsePointer(pointer));
      if (found === null)
        return [{ where: `${where}/keep/${name}`, message: `There is nothing at ${pointer}.`, actual: came }];
      kept[name] = String(found);
    }
  }
  return [];
}

function differencesFrom(step: HostStep, came: HostData): readonly Failure[] {
  const compare = (expected: unknown) =>
    differences(expected, toData(came), 'subset').map(({ pointer, ...rest }) => ({ where: pointer, ...rest }));
  if (step.expect !== undefined) return compare(step.expect);
  const { error = null, status = null } = came;
  if (error === null && !(step.send !== undefined && Number(status) >= 400)) return [];
  return [{ where: '', message: 'did not do what it is for', actual: came }];
}

async function judgeEnd({ expect }: Case, host: ServedHost, service: CaseService | null): Promise<readonly Failure[]> {
  const requests = service?.requests() ?? [];
  const all: readonly (readonly [string, unknown, unknown])[] = [
    ['runs', expect.runs, await host.ended()],
    ['parked', expect.parked, await host.parked()],
    ['requests', expect.requests, requests],
  ];
  return [
    ...all.flatMap(([where, expected, actual]) =>
      expected === undefined
        ? []
        : differences(expected, toData(actual), 'subset').map(({ pointer, ...rest }) => ({
            where: where + pointer,
            ...rest,
          })),
    ),
    ...(service?.problems() ?? []).map((message) => ({ where: 'service', message })),
  ];
}
