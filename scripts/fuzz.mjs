// `npm run fuzz`: tries what nobody means well with, broken exports and broken flows.
import { readArguments } from './arguments.mjs';
import { fuzzExports } from './fuzz/exports.mjs';
import { fuzzFlows } from './fuzz/flows.mjs';

const HELP = `npm run fuzz -- [exports|flows] [COUNT] [SEED]

Breaks sound files in many ways and holds the readers and the engine to their promise: whatever is wrong is reported.

  exports   files of Okta Workflows (default)
  flows     flow files, which are run as well
  COUNT     how many; default 100000
  SEED      the same files for the same seed; default fuzz

Exits with 1 when one broke the promise; with 2 when it was called wrongly.
`;

const MODES = { exports: fuzzExports, flows: fuzzFlows };

const { words, refuse, wholeNumber } = readArguments(HELP);
const isNamed = words.length > 0 && Number.isNaN(Number(words[0]));
const [mode, count = '100000', seed = 'fuzz', ...more] = isNamed ? words : ['exports', ...words];
if (!Object.hasOwn(MODES, mode)) refuse(`There is no "${mode}".`);
if (more.length > 0) refuse(`Too much: "${more.join(' ')}".`);
process.exit(await MODES[mode](wholeNumber('COUNT', count), seed));
