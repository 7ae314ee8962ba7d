// Bundles page/ to src/page.generated.js: the script and the style of every page that this package writes, with the hashes
// by which a page allows them. `--check` writes nothing and fails when the file is stale.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const target = fileURLToPath(new URL('../src/page.generated.js', import.meta.url));
const page = (name) => fileURLToPath(new URL(`../page/${name}`, import.meta.url));

/** Gives the text of page.generated.js. */
export async function generate() {
  const script = await bundled('main.tsx');
  const style = await bundled('page.css');
  const parts = { script, scriptHash: hashOf(script), style, styleHash: hashOf(style) };
  const lines = Object.entries(parts).map(([name, text]) => `export const ${name} = [\n${literals(text)}\n].join('');`);
  return `// Generated from page/ by scripts/prebuild.mjs. Do not edit.\n${lines.join('\n')}\n`;
}

/** Node prints the whole line that an error comes from, and no tool breaks a literal: a line of a page is many. */
function literals(text) {
  const pieces = text.match(/.{1,140}/gsu) ?? [];
  return pieces.map((piece) => `  ${JSON.stringify(piece)},`).join('\n');
}

async function bundled(entry) {
  const { outputFiles } = await build({
    entryPoints: [page(entry)],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: ['chrome105', 'firefox113', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    charset: 'utf8',
    legalComments: 'none',
    minify: true,
    write: false,
  });
  // Nothing in it may end its element.
  return outputFiles[0].text.trim().replace(/<\/(script|style)/gi, '<\\/$1');
}

function hashOf(text) {
  return createHash('sha256').update(text).digest('base64');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const text = await generate();
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== text) {
      console.error('page.generated.js is stale: run scripts/prebuild.mjs.');
      process.exitCode = 1;
    }
  } else {
    writeFileSync(target, text);
  }
}
