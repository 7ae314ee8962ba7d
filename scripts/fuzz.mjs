// Tries what nobody means well with: broken exports and broken flows.
// Usage: node --import tsx scripts/fuzz.mjs [exports | flows] [COUNT] [SEED]
import { fuzzExports } from './fuzz/exports.mjs';
import { fuzzFlows } from './fuzz/flows.mjs';

const MODES = { exports: [fuzzExports, 100_000], flows: [fuzzFlows, 100_000] };

const [first, ...rest] = process.argv.slice(2);
const isNamed = first !== undefined && Number.isNaN(Number(first));
if (isNamed && !Object.hasOwn(MODES, first)) {
  console.error(`There is no "${first}". Known: ${Object.keys(MODES).join(', ')}.`);
  process.exit(2);
}
const [fuzz, usual] = MODES[isNamed ? first : 'exports'];
const [count = usual, seed = 'fuzz'] = isNamed ? rest : [first, ...rest];
process.exit(await fuzz(Number(count), seed));
