/** The process in which a pack is tested: loads it, and runs one test after the other as it is asked. */
import { FlowdeckError, type Pack } from '@flowdeck/engine';
import { runCase } from '@flowdeck/testing';
import { connectorAt, loadNeeded, loadPack } from '../cli/packs.js';
import { flowdeckAdapter } from '../engine/index.js';
import { services } from '../services.js';
import { refuse } from './check.js';
import { registerChecks } from './conformance.js';
import { openConnector, type TestedConnector } from './connector.js';
import { judgeOrder } from './examples.js';
import type { Loaded, LoadOrder, Order, PackAnswer, PackFault } from './messages.js';
import { Platform, type Seen } from './platform/platform.js';
import { leftBehind, runningNow } from './platform/remains.js';
import { openLine } from './speak.js';

/** This process has one job: what it was told to load. */
const packs: Pack[] = [];
const tests: ((failed: readonly string[]) => Promise<void>)[] = [];

// Before any pack is loaded: what one keeps of the platform then is watched, too.
const platform = new Platform();

// Kept from the start: a pack may put something else in its place.
const die = process.kill.bind(process, process.pid, 'SIGKILL');
// Whoever started this is gone.
process.on('disconnect', die);

const line = openLine();
for (let order = line?.next() ?? null; line !== null && order !== null; order = line.next())
  line.say(await obey(order));
die();

async function obey(order: Order): Promise<PackAnswer> {
  try {
    if (order.kind === 'load') return await loadOrdered(order);
    if (order.kind === 'case') {
      const result = await runCase(order.suite, order.entry, flowdeckAdapter({ packs }), { services });
      return { kind: 'ran', fault: null, result, isSpoilt: false };
    }
    await tests[order.test]?.(order.failed);
    return { kind: 'ran', fault: null, result: null, isSpoilt: platform.isSpoilt };
  } catch (error) {
    if (order.kind === 'load') return { kind: 'refused', fault: faultIn(error) };
    return { kind: 'ran', fault: faultIn(error), result: null, isSpoilt: platform.isSpoilt };
  }
}

async function loadOrdered({ packs: tested, needs, wanted, cases, shown, folder }: LoadOrder): Promise<Loaded> {
  const places = tested.map((name) => ({ name, directory: connectorAt(name, folder) }));
  const needed = await loadAll(needs, folder);
  const running = runningNow();
  const modules = await loadAll(
    places.flatMap(({ name, directory }) => (directory === null ? [name] : [])),
    folder,
  );
  const remains = { changed: platform.realm.accept(), left: await leftBehind(running) };
  const others = [...needed, ...modules];
  const connectors: TestedConnector[] = [];
  for (const { directory } of places) if (directory !== null) connectors.push(await openConnector(directory, others));
  const own = [...modules, ...connectors.flatMap(({ pack }) => pack ?? [])];
  const named = [...others, ...connectors.flatMap(({ pack }) => pack ?? [])];
  const known = flowdeckAdapter({ packs: named }).namespaces;
  const installed = await loadNeeded(
    wanted.filter((namespace) => !known.includes(namespace)),
    folder,
  );
  packs.push(...installed, ...named);
  const names: string[] = [];
  const register = (name: string, run: (failed: readonly string[]) => void | Promise<void>) => {
    names.push(name);
    tests.push(async (failed) => run(failed));
  };
  for (const { name } of modules) register(`${name} leaves its process as it was`, () => judgeLoading(remains));
  for (const { checks } of connectors) for (const { name, run } of checks) register(name, run);
  const subjects = registerChecks(
    {
      packs: own,
      needs: packs.filter((pack) => !own.includes(pack)),
      ...(cases === null ? {} : { cases }),
      test: register,
    },
    new Set([...shown, ...connectors.flatMap((connector) => connector.shown)]),
    platform,
  );
  const anew = modules.map(({ name }) => `examples of ${name} hold in another order`);
  for (const [index, name] of anew.entries()) {
    const own = subjects.filter(({ card }) => modules[index]?.cards?.some(({ id }) => id === card.id));
    register(name, (failed) => judgeOrder(own.filter(({ card }) => !failed.includes(card.id))));
  }
  return { kind: 'loaded', tests: names, anew, namespaces: flowdeckAdapter({ packs }).namespaces };
}

/** What loading the modules of packs did to the process: with several, whose doing it was nobody can tell. */
function judgeLoading({ changed: [change], left: [left] }: Pick<Seen, 'changed' | 'left'>): void {
  if (change !== undefined) {
    refuse(`Loading the pack changes ${change}.`, 'All code of a host shares it: keep to objects of your own.');
  }
  if (left !== undefined) {
    refuse(
      `Loading the pack leaves ${left} behind.`,
      'A module only declares: cards do what is to be done, and end it.',
    );
  }
}

async function loadAll(modules: readonly string[], folder: string): Promise<readonly Pack[]> {
  const found: Pack[] = [];
  for (const name of modules) found.push(await loadPack(name, folder));
  return found;
}

function faultIn(error: unknown): PackFault {
  if (error instanceof FlowdeckError) {
    return { code: error.code, message: error.message, hint: error.hint ?? null };
  }
  return { code: null, message: error instanceof Error ? (error.stack ?? error.message) : String(error), hint: null };
}
