// The TypeScript that pages show compiles under strict, against the sources of the packages.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { blocksOf } from './reading/markdown.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const PAGES = [
  'README.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
  ...readdirSync(join(root, 'packages')).map((name) => `packages/${name}/README.md`),
].filter((page) => page.endsWith('.md') && existsSync(join(root, page)));

/** What a reader has at hand when a page shows no more than a few lines. A block that declares a name itself shadows it. */
const AT_HAND = `
declare const engine: import('@flowdeck/engine').Engine;
declare const deck: import('@flowdeck/engine').Deck;
declare const document: import('@flowdeck/engine').FlowFile;
declare const answer: import('@flowdeck/engine').HttpResponse;
declare const card: (id: string) => import('@flowdeck/engine').CardType | undefined;
declare const cards: ReadonlyMap<string, import('@flowdeck/engine').CardType>;
declare const initials: import('@flowdeck/engine').CardType;
declare const weather: import('@flowdeck/engine').CardType;
declare const standard: import('@flowdeck/engine').Pack;
declare const twilio: import('@flowdeck/engine').Pack;
declare const adminToken: string;
declare const inputs: Readonly<Record<string, unknown>>;
declare const text: string;
declare const username: string;
declare const password: string;
declare const account_sid: string;
declare const createEngine: typeof import('@flowdeck/engine').createEngine;
declare const httpPort: typeof import('@flowdeck/cards/http').httpPort;
declare const lint: typeof import('@flowdeck/lint').lint;
`;

/** Files of the reader's own that blocks import. */
const OWN = {
  'acme.deck.json': '{ "flowdeck": 1, "flows": [], "connector": { "key": "acme", "name": "Acme" } }',
  'my-runtime.ts': `export declare function startWorker(parts: object): Promise<void>;
export declare function clientOf(dir: string): import('@flowdeck/engine').RuntimeClient;`,
  'my-engine.ts': "export declare const adapter: import('@flowdeck/testing').Adapter;",
  'tracing.ts': readFileSync(join(root, 'examples/tracing.ts'), 'utf8'),
  'index.ts': "export declare const acme: import('@flowdeck/engine').Pack;",
};

/** Writes the blocks of every page into a folder of its own, under the names that their first lines give them. */
function writeBlocks(folder) {
  let count = 0;
  for (const page of PAGES) {
    const blocks = blocksOf(readFileSync(join(root, page), 'utf8'), 'ts');
    if (blocks.length === 0) continue;
    const place = join(folder, page.replace(/\W/g, '-'));
    mkdirSync(place);
    for (const [name, content] of Object.entries(OWN)) writeFileSync(join(place, name), content);
    for (const [index, block] of blocks.entries()) {
      const [, name = `block-${index + 1}.ts`] = /^\/\/ (?:\w+\/)?([\w.-]+\.ts)\n/.exec(block) ?? [];
      writeFileSync(join(place, name), /^(?:import|export)\b/m.test(block) ? block : `export {};\n${block}`);
      count++;
    }
  }
  return count;
}

test('the TypeScript of the pages compiles under strict', () => {
  // Inside the checkout, so that packages are found as its sources find them.
  const folder = mkdtempSync(join(root, 'node_modules/.pages-'));
  try {
    const count = writeBlocks(folder);
    assert.ok(count > 20, `only ${count} blocks were found`);
    writeFileSync(join(folder, 'at-hand.d.ts'), AT_HAND);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    // A block with a fault, which has to be found.
    writeFileSync(join(folder, 'faulty.ts'), 'export const told: number = (await engine.run(deck)).error.message;\n');
    const files = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.ts'));
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: '../../tsconfig.json', include: ['../../packages/*/src/**/*.d.ts'], files }),
    );
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const run = spawnSync(process.execPath, [tsc, '-p', folder, '--pretty', 'false'], {
      cwd: folder,
      encoding: 'utf8',
    });
    const found = run.stdout.split('\n').filter((line) => /error TS/.test(line));
    const [expected, others] = [true, false].map((is) => found.filter((line) => line.startsWith('faulty.ts') === is));
    assert.equal(others, []);
    assert.ok(expected.length > 0, `the faulty block was let through\n${run.stdout}${run.stderr}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();
