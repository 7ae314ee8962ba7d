// Tries what nobody means well with: broken exports, broken flows, and flows that try to outlive their limits.
// Usage: node --import tsx scripts/fuzz.mjs [exports | flows | hostile] [COUNT] [SEED]
import { fuzzExports } from './fuzz/exports.mjs';
import { fuzzFlows } from './fuzz/flows.mjs';
import { fuzzHostile } from './fuzz/hostile.mjs';

const MODES = { exports: [fuzzExports, 100_000], flows: [fuzzFlows, 100_000], hostile: [fuzzHostile, 1_000] };

const [first, ...rest] = process.argv.slice(2);
const isNamed = first !== undefined && Number.isNaN(Number(first));
if (isNamed && !Object.hasOwn(MODES, first)) {
  console.error(`There is no "${first}". Known: ${Object.keys(MODES).join(', ')}.`);
  process.exit(2);
}
const [fuzz, usual] = MODES[isNamed ? first : 'exports'];
const [count = usual, seed = 'fuzz'] = isNamed ? rest : [first, ...rest];
process.exit(await fuzz(Number(count), seed));
