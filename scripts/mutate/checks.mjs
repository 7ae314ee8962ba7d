// What may kill a mutant, each with an id: the tests of the engine, and the cases of the suite.
import { standard } from '@flowdeck/cards';
import { flowdeckAdapter, loadSuites, services } from '@flowdeck/conformance';
import { twilio } from '@flowdeck/connector-twilio';
import { runCase } from '@flowdeck/testing';
import { collected } from './uvu.mjs';

/** Tests of size and speed: instrumented they take minutes, and what they hold, smaller ones hold as well. */
const LARGE = /^document\/position.*10 MB|^run\/lifetime|^expression\/arbitrary/;

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
export function cases() {
  const adapters = { plain: flowdeckAdapter({ packs: [standard] }), twilio: flowdeckAdapter({ packs: [twilio] }) };
  for (const suite of loadSuites('builtin')) {
    const adapter = (suite.packs ?? []).length > 0 ? adapters.twilio : adapters.plain;
    for (const entry of suite.cases)
      checks.push({ id: `${suite.suite}/${entry.id}`, run: () => holds(suite, entry, adapter) });
  }
  return checks;
}

async function holds(suite, entry, adapter) {
  const { status, failures } = await runCase(suite, entry, adapter, { services });
  if (status !== 'passed') throw new Error(JSON.stringify(failures));
}
