// Writes docs/cards/ from the card definitions: one page a module. `--check` writes nothing, and fails when a page is stale.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { cards } from '@flowdeck/cards';

const folder = fileURLToPath(new URL('../../docs/cards/', import.meta.url));

/** Pages by file name. */
export function pages() {
  const modules = Object.entries(cards)
    .map(([name, list]) => [name, [...list].sort((a, b) => (a.id < b.id ? -1 : 1))])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const result = new Map(modules.map(([name, list]) => [`${name}.md`, modulePage(name, list)]));
  result.set('README.md', indexPage(modules));
  return result;
}

/** Names of pages that differ from what is written. */
export function stalePages() {
  const wanted = pages();
  const names = new Set([...wanted.keys(), ...existing()]);
  return [...names].filter((name) => read(name) !== wanted.get(name));
}

function existing() {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(name) {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    return undefined;
  }
}

function indexPage(modules) {
  const count = modules.reduce((sum, [, list]) => sum + list.length, 0);
  const rows = modules.flatMap(([name, list]) =>
    list.map(
      (card) =>
        `| [\`${card.id}\`](${name}.md#${anchor(card)}) | ${card.title} | ${cell(firstSentence(card.description))} |`,
    ),
  );
  return `# Cards

The standard library: ${count} cards in ${modules.length} modules. These pages are made from the definitions by \`npm run docs:cards\`; \`flowdeck cards NAME\` shows the same
in the terminal.

| card | title | |
| --- | --- | --- |
${rows.join('\n')}
`;
}

function modulePage(name, list) {
  return `# ${name}

Made from the definitions; do not edit. [All cards](README.md).

${list.map(cardSection).join('\n')}`;
}

const KINDS = {
  pure: 'Pure: the same inputs give the same outputs.',
  effect: 'Effect: reaches the world; done once per run.',
  control: 'Control: decides what runs.',
};

function cardSection(card) {
  const parts = [`## ${card.id}`, '', `**${card.title}.** ${card.description}`, '', KINDS[card.kind], ''];
  parts.push(...traitLine(card.traits), ...connectionLine(card.connection));
  parts.push(...fieldTable('Inputs', card.inputs));
  if (card.extraInputs) parts.push(extraInputs(card.extraInputs), '');
  if (card.mirror) parts.push('Outputs: its inputs, under the same names.', '');
  else parts.push(...fieldTable('Outputs', card.outputs));
  if (card.extraOutputs) parts.push('Further outputs: those that the card declares in "outputs".', '');
  if (card.outputsFromBlocks)
    parts.push('Outputs: those that the card declares in "outputs"; a Return in a block gives them.', '');
  const blocks = Object.entries(card.blocks ?? {});
  if (blocks.length > 0) {
    parts.push('| block | scope | |', '| --- | --- | --- |');
    for (const [name, block] of blocks) {
      const title = name === '*' ? 'any name' : `\`${name}\``;
      parts.push(
        `| ${title}${block.required ? ' (required)' : ''} | ${block.scope} | ${cell(block.description ?? '')} |`,
      );
    }
    parts.push('');
  }
  const errors = Object.entries(card.errors ?? {});
  if (errors.length > 0) {
    parts.push(
      '| error | when |',
      '| --- | --- |',
      ...errors.map(([code, when]) => `| \`${code}\` | ${cell(when)} |`),
      '',
    );
  }
  for (const example of card.examples ?? []) parts.push(...exampleLines(example));
  return `${parts.join('\n').trimEnd()}\n`;
}

/** See "Traits" in the guide for pack authors. */
function traitLine(traits = {}) {
  const words = Object.entries(traits).map(([trait, value]) =>
    value === true
      ? `\`${trait}\``
      : `\`${trait}: ${typeof value === 'string' ? value : Object.values(value).join(', ')}\``,
  );
  return words.length === 0 ? [] : [`[Traits](../pack-authoring.md#traits): ${words.join(', ')}.`, ''];
}

function connectionLine(use) {
  if (use === undefined) return [];
  const which = use.connector === undefined ? 'any connector' : `the connector \`${use.connector}\``;
  return [`Connection: ${use.optional ? 'may be given, ' : ''}of ${which}.`, ''];
}

function fieldTable(title, fields) {
  if (fields.length === 0) return [];
  const rows = fields.map((field) => {
    const name = field.group === undefined ? field.key : `${field.group}/${field.key}`;
    const notes = [
      field.description ?? '',
      field.choices ? `One of ${field.choices.map((choice) => `\`${JSON.stringify(choice)}\``).join(', ')}.` : '',
      field.secret ? 'A secret.' : '',
    ];
    const fallback = field.default === undefined ? '' : `\`${JSON.stringify(field.default)}\``;
    return `| \`${name}\`${field.required && field.default === undefined ? ' (required)' : ''} | ${typeOf(field)} | ${fallback} | ${cell(notes.filter(Boolean).join(' '))} |`;
  });
  return [`| ${title.toLowerCase()} | type | default | |`, '| --- | --- | --- | --- |', ...rows, ''];
}

function typeOf(field) {
  return field.list ? `list of ${field.type}` : field.type;
}

function extraInputs(extra) {
  const named = extra.group === undefined ? 'Further inputs' : `Further inputs, named \`${extra.group}/name\``;
  return `${named} (${typeOf(extra)}). ${extra.description ?? ''}`.trim();
}

function exampleLines(example) {
  const lines = [`${example.title ?? 'Example'}:`, '', '```json', JSON.stringify({ in: example.in }, null, 2)];
  if (example.out !== undefined) lines[3] = JSON.stringify({ in: example.in, out: example.out }, null, 2);
  if (example.error !== undefined) lines[3] = JSON.stringify({ in: example.in, error: example.error }, null, 2);
  return [...lines, '```', ''];
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function firstSentence(text) {
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
}

/** As GitHub makes anchors of headings. */
function anchor(card) {
  return card.id.toLowerCase().replaceAll('.', '');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--check')) {
    const stale = stalePages();
    for (const name of stale) console.error(`docs/cards/${name} is stale. Run "npm run docs:cards".`);
    process.exitCode = stale.length === 0 ? 0 : 1;
  } else {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const [name, text] of pages()) writeFileSync(join(folder, name), text);
  }
}
