// Writes the tables of docs/errors.md from the packages' tables of codes. `--check` writes nothing, and fails when the page is
// stale. What stands above the mark is written by hand.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const file = join(root, 'docs/errors.md');
const MARK = '<!-- From the tables of codes, by "npm run docs:errors". -->\n';

/** Headings, in the order in which the page has them. A package that is not listed comes last, under its name. */
const TITLES = {
  engine: 'Engine',
  cards: 'Cards and HTTP',
  host: 'Stores and journal',
  connect: 'Connectors and connections',
  cli: 'Command line',
  flopack: 'Exports of flows',
  testing: 'Doubles and cases',
  view: 'Pictures and pages',
  conformance: 'Conformance',
};

/** The table of every package that has one, by the package's name: `{ code: { class, sentence, remedy } }`. */
export async function tablesOfCodes() {
  const order = Object.keys(TITLES);
  const rank = (name) => (order.includes(name) ? order.indexOf(name) : order.length);
  const found = new Map();
  const packages = readdirSync(join(root, 'packages')).sort((a, b) => rank(a) - rank(b));
  for (const name of packages) {
    const source = join(root, 'packages', name, 'src/codes.ts');
    if (!readdirSync(dirname(source)).includes('codes.ts')) continue;
    const module = await import(pathToFileURL(source).href);
    const tables = Object.entries(module).filter(([exported]) => exported.endsWith('_CODES'));
    found.set(name, Object.assign({}, ...tables.map(([, table]) => table)));
  }
  return found;
}

/** The page as it should be. */
export async function errorPage() {
  const page = readFileSync(file, 'utf8');
  const end = page.indexOf(MARK);
  if (end < 0) throw new Error(`docs/errors.md has no line ${MARK}`);
  const sections = [...(await tablesOfCodes())].map(([name, table]) => section(name, Object.entries(table)));
  return `${page.slice(0, end)}${MARK}\n${sections.join('\n')}`;
}

export async function isStale() {
  return readFileSync(file, 'utf8') !== (await errorPage());
}

function section(name, codes) {
  const rows = codes.map(
    ([code, { class: kind, sentence, remedy }]) =>
      `| <a id="${code}"></a>\`${code}\` | ${kind} | ${cell(sentence)} | ${cell(remedy)} |`,
  );
  return `## ${TITLES[name] ?? name}

From \`packages/${name}\`.

| code | class | what happened | what to do |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (!process.argv.includes('--check')) writeFileSync(file, await errorPage());
  else if (await isStale()) {
    console.error('docs/errors.md is stale. Run "npm run docs:errors".');
    process.exitCode = 1;
  }
}
