// What may kill a mutant, each with an id: unit tests, and the cases of the suite.
import { standard } from '@flowdeck/cards';
import { httpPort } from '@flowdeck/cards/http';
import { flowdeckAdapter, loadSuites, services } from '@flowdeck/conformance';
import { twilio } from '@flowdeck/connector-twilio';
import { runCase } from '@flowdeck/testing';
import { durableAdapterOf } from '../../packages/conformance/src/engine/durable.ts';
import { collected } from './uvu.mjs';

/** Tests of size and speed: instrumented they take minutes, and what they hold, smaller ones hold as well. */
const LARGE =
  /^(?:engine\/src\/(?:document\/position.*10 MB|run\/lifetime|expression\/arbitrary)|cards\/src\/list\/laws.*a million|cards\/src\/tables\/csv.*beyond all measure)/;

/** Suites whose cases are asked on a runtime behind the port too: what calls, waits, fails, and crosses as JSON. */
const CROSSES = /^(?:control|errors|flow-types|limits|per-item|safety|values)\//;

const checks = [];

/** Takes the tests of a file. */
export async function unit(file, load) {
  await load();
  for (const { name, run } of collected.splice(0)) {
    const id = `${file}: ${name}`;
    if (!LARGE.test(id)) checks.push({ id, run });
  }
}

/** All checks, after the cases of the suite were added to them. */
export function cases(isDurable) {
  const adapters = { plain: flowdeckAdapter({ packs: [standard] }), twilio: flowdeckAdapter({ packs: [twilio] }) };
  const durable = ['here', 'elsewhere'].map((callsGo) => durableAdapterOf([standard], httpPort, callsGo));
  for (const suite of loadSuites('builtin')) {
    const adapter = (suite.packs ?? []).length > 0 ? adapters.twilio : adapters.plain;
    for (const entry of suite.cases)
      checks.push({ id: `${suite.suite}/${entry.id}`, run: () => holds(suite, entry, adapter) });
    if (!isDurable || adapter !== adapters.plain || !CROSSES.test(suite.suite)) continue;
    for (const behind of durable)
      for (const entry of suite.cases)
        checks.push({ id: `${suite.suite}/${entry.id} (${behind.name})`, run: () => holds(suite, entry, behind) });
  }
  return checks;
}

async function holds(suite, entry, adapter) {
  const { status, failures } = await runCase(suite, entry, adapter, { services });
  if (status !== 'passed') throw new Error(JSON.stringify(failures));
}
