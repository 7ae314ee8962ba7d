/** The commands that look at whole decks and turn exports into flow files and back. */
import type { CommandSpec } from '../spec.js';
import { HELP, JSON_OUTPUT, OUTPUT, PACK, TRACE } from './common.js';

export const INSPECT_SPEC: CommandSpec = {
  name: 'inspect',
  summary: 'Tell what a file or an export consists of, and what it needs.',
  usage: 'flowdeck inspect FILE|DIR|- [options]',
  operands: { least: 1, most: 1, name: 'a flow file or an export' },
  text: [
    'Lists the flows with their kinds, sizes and calls, the connections and tables, how often each card is used, and what is missing: cards that no loaded pack brings, and flows that are called and not there.',
    'With --json: {name, flows, cards, missing, connections, tables, missingFlows}.',
  ],
  options: [PACK, JSON_OUTPUT, TRACE, HELP],
  examples: [
    ['flowdeck inspect export.flopack', 'before it is imported'],
    ["flowdeck inspect flows/ --json | jq '.flows[].calls'", 'the call graph'],
  ],
  failure: {},
};

export const DIFF_SPEC: CommandSpec = {
  name: 'diff',
  summary: 'Tell what changed between two decks.',
  usage: 'flowdeck diff A B [options], flowdeck diff --git REV PATH [options]',
  operands: { least: 1, most: 2, name: 'two flow files, directories or exports' },
  text: [
    'Compares by the ids of flows and cards: cards added, removed, moved and rewired, literals changed, signatures changed. What breaks those who call a flow, or read a table, is marked. Names, notes of tools and the order of keys do not count.',
    'With --json: {equal, breaking, changes: [{kind, flow, card, field, breaking, message, before, after}]}.',
    'With --git there is one path: what it was in a revision is compared to what it is now. A path that the revision does not have was empty.',
    'Exit codes: 0, whatever changed; 1 with --fail-on, when such a change was found; 2 wrong usage; 3 a document is faulty.',
  ],
  options: [
    { name: 'git', value: 'REV', text: 'Compare a path with what it was in this revision of git.' },
    {
      name: 'report',
      value: 'FILE.html',
      text: 'Write the changes as a page: what breaks first, and both pictures of each flow with the changes marked.',
    },
    { name: 'format', value: 'FORMAT', text: 'text (default), or markdown, for the comment of a pull request.' },
    { name: 'fail-on', value: 'WHAT', text: 'Exit with 1 on "breaking" changes, or on "any".' },
    JSON_OUTPUT,
    TRACE,
    HELP,
  ],
  examples: [
    ['flowdeck diff old.flopack new.flopack', 'two exports'],
    ['flowdeck diff --git main flows/ --format markdown', 'what a branch changes, as a comment'],
    ['flowdeck diff flows/ export.flopack --fail-on breaking', 'in CI'],
  ],
  failure: {},
};

export const IMPORT_SPEC: CommandSpec = {
  name: 'import',
  summary: 'Write an export as a directory of flow files.',
  usage: 'flowdeck import FILE -o DIR [options]',
  operands: { least: 1, most: 1, name: 'an export (.flopack, .flow, .folder)' },
  text: [
    'Writes a file for every flow, deck.flow.json for tables and what else belongs to all of them, and originals.json, which holds what flow files do not say. Keep it: "flowdeck export" puts back from it everything that was not edited.',
    'The directory can be run, checked, drawn and compared like any other. With --json: {ok, directory, files, flows, cards, tables, missing, diagnostics}.',
    'Exit codes: 0 imported; 2 wrong usage; 3 the export is faulty.',
  ],
  options: [
    { ...OUTPUT, value: 'DIR', text: 'The directory to write to. It is made if need be.' },
    { name: 'lenient', text: 'Import what is sound, and list the rest.' },
    { name: 'force', text: 'Replace the flow files that are in the directory.' },
    PACK,
    JSON_OUTPUT,
    TRACE,
    HELP,
  ],
  examples: [['flowdeck import onboarding.flopack -o onboarding/', 'an export, as files to edit and review']],
  failure: { ok: false, files: [], flows: 0, cards: 0, tables: 0, missing: {}, diagnostics: [] },
};

export const EXPORT_SPEC: CommandSpec = {
  name: 'export',
  summary: 'Write flow files as an export.',
  usage: 'flowdeck export DIR|FILE [-o FILE] [options]',
  operands: { least: 1, most: 1, name: 'a flow file or a directory' },
  text: [
    'Writes a .flopack that the vendor can import. Flows that were not edited since "flowdeck import" are written as they were, small edits are made in their originals, and other flows are written anew.',
    'Without -o the export goes to standard output. With -o and --json: {ok, file, flows, rewritten, diagnostics}.',
    'Exit codes: 0 exported; 2 wrong usage; 3 the document is faulty, or holds what an export cannot say.',
  ],
  options: [OUTPUT, PACK, JSON_OUTPUT, TRACE, HELP],
  examples: [['flowdeck export onboarding/ -o onboarding.flopack', 'a directory that was imported']],
  failure: { ok: false, flows: 0, rewritten: [], diagnostics: [] },
};
