// Writes schema/connector-1.json, for editors: the manifest as the schema of flow files has it. `--check` writes nothing
// and fails when the file is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const source = fileURLToPath(new URL('../../engine/schema/flow-1.json', import.meta.url));
const target = fileURLToPath(new URL('../schema/connector-1.json', import.meta.url));

/** Gives the text of connector-1.json. */
export function generate() {
  const { $schema, definitions } = JSON.parse(readFileSync(source, 'utf8'));
  const { connector } = definitions;
  const needed = new Map();
  collect(connector, definitions, needed);
  const schema = {
    $schema,
    ...connector,
    title: 'Manifest of a Flowdeck connector, version 1',
    description: 'connector.json of a connector that is a directory; its flows stand in flows/*.flow.json.',
    properties: { $schema: { type: 'string' }, ...connector.properties },
    definitions: Object.fromEntries([...needed].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** Every definition that a part of the schema leads to. */
function collect(part, definitions, into) {
  if (typeof part !== 'object' || part === null) return;
  const name = typeof part.$ref === 'string' ? part.$ref.replace('#/definitions/', '') : null;
  if (name !== null && !into.has(name)) {
    into.set(name, definitions[name]);
    collect(definitions[name], definitions, into);
  }
  for (const member of Object.values(part)) collect(member, definitions, into);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (!process.argv.includes('--check')) writeFileSync(target, generate());
  else if (readFileSync(target, 'utf8') !== generate()) {
    console.error('connector-1.json is stale: run scripts/prebuild.mjs.');
    process.exitCode = 1;
  }
}
