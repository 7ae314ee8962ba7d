// Holds the flopack package to a directory of real exports: reads, compiles, runs and writes every one of them.
// Usage: npm run corpus -- DIR
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { standard } from '@flowdeck/cards';
import { checkFlopack, exportFlopack, importFlopack, inspectDocument } from '@flowdeck/flopack';
import { simulate } from '@flowdeck/testing';

const [dir] = process.argv.slice(2);
if (dir === undefined) {
  console.error('Name a directory of exports: npm run corpus -- DIR');
  process.exit(2);
}
const names = readdirSync(dir).filter((name) => /\.(flopack|flow|folder)$/.test(name));
if (names.length === 0) {
  console.error(`There are no exports in ${dir}.`);
  process.exit(2);
}

const { cards } = standard;
const known = new Set(cards.map((card) => card.id));
const total = { flows: 0, read: 0, compiled: 0, ran: 0, trips: 0, pins: 0, arrived: 0, rules: 0 };
const ends = {};
const builtIns = new Set();
const slowest = { load: 0, run: 0 };
const row = (...cells) =>
  console.log(
    cells.map((cell, i) => (i === 0 ? String(cell).slice(0, 50).padEnd(50) : String(cell).padStart(9))).join(' '),
  );
row('file', 'kB', 'flows', 'load ms', 'compiled', 'ran', 'wires', 'trip');

for (const name of names) {
  const text = readFileSync(join(dir, name), 'utf8');
  const original = JSON.parse(text);
  const flows = Object.keys(original.data.flos).length;
  total.flows += flows;
  const began = performance.now();
  const { document, diagnostics, pins } = importFlopack(text, { file: name, cards });
  if (document === null) {
    row(name, Math.round(text.length / 1024), flows, '-', 0, 0, '-', 'no');
    console.log(`  ${diagnostics[0]?.code}: ${diagnostics[0]?.message} ${diagnostics[0]?.pointer}`);
    continue;
  }
  total.read++;
  total.pins += pins.total;
  total.arrived += pins.arrived;
  for (const ids of Object.values(inspectDocument(document, known).missing)) {
    for (const id of ids) if (isBuiltIn(original, id)) builtIns.add(id);
  }
  const { compiled, ran, load } = await runAll(name, document, began);
  // Flows that the file only names become empty ones in the document.
  const all = Math.min(compiled, flows);
  total.compiled += all;
  total.ran += Math.min(ran, flows);
  slowest.load = Math.max(slowest.load, load);
  const broken = checkFlopack(original).find((diagnostic) => diagnostic.severity === 'error');
  if (broken) console.log(`  ${broken.code}: ${broken.message} ${broken.pointer}`);
  else total.rules++;
  const trip = isDeepStrictEqual(exportFlopack(JSON.parse(JSON.stringify(document)), { cards }).flopack, original);
  if (trip) total.trips++;
  row(
    name,
    Math.round(text.length / 1024),
    flows,
    load.toFixed(1),
    all,
    Math.min(ran, flows),
    `${pins.arrived}/${pins.total}`,
    trip ? 'yes' : 'NO',
  );
}

async function runAll(name, document, began) {
  let simulation;
  try {
    simulation = simulate(document, { packs: [standard] });
  } catch (error) {
    console.log(`  ${error.code}: ${error.message}`);
    return { compiled: 0, ran: 0, load: performance.now() - began };
  }
  const load = performance.now() - began;
  let ran = 0;
  for (const flow of document.flows) {
    const started = performance.now();
    try {
      const result = await simulation.run({ flow: flow.id });
      const end = result.error === null ? result.status : `error ${result.error.code}`;
      ends[end] = (ends[end] ?? 0) + 1;
      if (result.error?.code === 'card-failed') console.log(`  ${name} ${flow.id}: ${result.error.message}`);
      else ran++;
    } catch (error) {
      console.log(`  ${name} ${flow.id}: ${error.code ?? error.stack}`);
    }
    slowest.run = Math.max(slowest.run, performance.now() - started);
  }
  return { compiled: document.flows.length, ran, load };
}

/** True for cards that belong to the platform itself: no pack of a connector will ever bring them. */
function isBuiltIn(original, id) {
  const dot = id.indexOf('.');
  return JSON.stringify(original).includes(`"root:kernel:${id.slice(0, dot)}:0.0.1:${id.slice(dot + 1)}"`);
}

console.log(
  `\nends: ${Object.entries(ends)
    .sort((a, b) => b[1] - a[1])
    .map(([end, count]) => `${end} ${count}`)
    .join(', ')}`,
);
console.log(
  `slowest: read and compile ${slowest.load.toFixed(0)} ms, run ${slowest.run.toFixed(0)} ms; memory ${Math.round(process.memoryUsage.rss() / 1048576)} MB`,
);
if (builtIns.size > 0) console.log(`built-in cards that Flowdeck lacks, simulated: ${[...builtIns].join(', ')}`);
console.log(
  `${names.length} files, ${total.flows} flows: ${total.read} read, ${total.compiled} compiled, ${total.ran} ran, ${total.trips} round trips; ` +
    `${total.arrived} of ${total.pins} wires arrive, ${total.rules} files obey every rule`,
);
const isWhole =
  total.read === names.length &&
  total.compiled === total.flows &&
  total.ran === total.flows &&
  total.trips === names.length &&
  total.arrived === total.pins &&
  total.rules === names.length;
process.exit(isWhole ? 0 : 1);
