/** The process in which a pack is tested: loads it, and runs one test after the other as it is asked. */
import { FlowdeckError, type Pack } from '@flowdeck/engine';
import { runCase } from '@flowdeck/testing';
import { connectorAt, loadNeeded, loadPack } from '../cli/packs.js';
import { flowdeckAdapter } from '../engine/index.js';
import { services } from '../services.js';
import { registerChecks } from './conformance.js';
import { openConnector, type TestedConnector } from './connector.js';
import type { Loaded, LoadOrder, Order, PackAnswer, PackFault } from './messages.js';
import { openLine } from './speak.js';

/** This process has one job: what it was told to load. */
const packs: Pack[] = [];
const tests: (() => Promise<void>)[] = [];

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
      return { kind: 'ran', fault: null, result };
    }
    await tests[order.test]?.();
    return { kind: 'ran', fault: null, result: null };
  } catch (error) {
    if (order.kind === 'load') return { kind: 'refused', fault: faultIn(error) };
    return { kind: 'ran', fault: faultIn(error), result: null };
  }
}

async function loadOrdered({ packs: tested, needs, wanted, cases, shown, folder }: LoadOrder): Promise<Loaded> {
  const places = tested.map((name) => ({ name, directory: connectorAt(name, folder) }));
  const modules = await loadAll(
    places.flatMap(({ name, directory }) => (directory === null ? [name] : [])),
    folder,
  );
  const others = [...(await loadAll(needs, folder)), ...modules];
  const connectors: TestedConnector[] = [];
  for (const { directory } of places) if (directory !== null) connectors.push(await openConnector(directory, others));
  const own = [...modules, ...connectors.flatMap(({ pack }) => pack ?? [])];
  const named = [...others, ...connectors.flatMap(({ pack }) => pack ?? [])];
  const known = flowdeckAdapter({ packs: named }).namespaces;
  const needed = await loadNeeded(
    wanted.filter((namespace) => !known.includes(namespace)),
    folder,
  );
  packs.push(...needed, ...named);
  const names: string[] = [];
  const register = (name: string, run: () => void | Promise<void>) => {
    names.push(name);
    tests.push(async () => run());
  };
  for (const { checks } of connectors) for (const { name, run } of checks) register(name, run);
  registerChecks(
    {
      packs: own,
      needs: packs.filter((pack) => !own.includes(pack)),
      ...(cases === null ? {} : { cases }),
      test: register,
    },
    new Set([...shown, ...connectors.flatMap((connector) => connector.shown)]),
  );
  return { kind: 'loaded', tests: names, namespaces: flowdeckAdapter({ packs }).namespaces };
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
