// Compiles schema/flow-1.json to src/document/validate.generated.js, so that nothing is compiled at run time.
// `--check` writes nothing and fails when the file is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';

const schemaFile = fileURLToPath(new URL('../schema/flow-1.json', import.meta.url));
const target = fileURLToPath(new URL('../src/document/validate.generated.js', import.meta.url));

/** Faults that one validation keeps. A hostile file with millions of them must not fill the memory. */
const MAX_ERRORS = 1000;

/** Gives the text of validate.generated.js. */
export async function generate() {
  const schema = JSON.parse(readFileSync(schemaFile, 'utf8'));
  const ajv = new Ajv({
    allErrors: true,
    messages: false,
    // A definition that many others name is checked in one place.
    inlineRefs: false,
    strictTypes: true,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
  });
  const validator = placeLazily(limitErrors(standalone.default(ajv, ajv.compile(withoutProse(schema)))));
  const bundle = await build({
    stdin: {
      contents: `${validator}\nexport const shapes = ${JSON.stringify(shapesOf(schema))};\n`,
      resolveDir: fileURLToPath(new URL('..', import.meta.url)),
    },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    // Its names mean nothing, and every process that runs a flow parses them.
    minify: true,
    write: false,
  });
  return `// Generated from schema/flow-1.json by scripts/prebuild.mjs. Do not edit.\n${bundle.outputFiles[0].text}`;
}

/** The schema without what only people read: the generated code repeats parts of it. */
function withoutProse(schema) {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema;
  const bare = {};
  for (const [key, part] of Object.entries(schema)) {
    if (['title', 'description', 'default', 'examples'].includes(key)) continue;
    const named = key === 'properties' || key === 'definitions';
    bare[key] = named
      ? Object.fromEntries(Object.entries(part).map(([name, member]) => [name, withoutProse(member)]))
      : withoutProse(part);
  }
  return bare;
}

/**
 * ajv copies its list of errors once per faulty array item, which is quadratic, and keeps all of them. Both places
 * get a bounded replacement; `errors`, which says whether something failed, is counted as before.
 */
function limitErrors(code) {
  let pushes = 0;
  let joins = 0;
  const limited = code
    // Nobody reads where in the schema it stands.
    .replaceAll(/\bschemaPath:\s*"[^"]*",/g, '')
    .replaceAll(/\bvErrors\.push\((err\d+)\)/g, (_, error) => {
      pushes++;
      return `keep(vErrors, ${error})`;
    })
    .replaceAll(/\bvErrors\.concat\(([\w.]+\.errors)\)/g, (_, errors) => {
      joins++;
      return `join(vErrors, ${errors})`;
    });
  if (pushes === 0 || joins === 0 || /vErrors\.(push|concat)/.test(limited)) {
    throw new Error('The code that ajv generates has changed its form: adapt limitErrors.');
  }
  return `${limited}
function keep(kept, error) { if (kept.length < ${MAX_ERRORS}) kept.push(error); }
function join(kept, errors) { for (const error of errors) keep(kept, error); return kept; }
export const MAX_ERRORS = ${MAX_ERRORS};`;
}

/**
 * ajv makes the JSON Pointer of every place that it looks at, and an object of options for each call. Both are for errors,
 * of which a good document has none: places become links to what is around them, and text when an error tells of one.
 */
function placeLazily(code) {
  const lazy = code
    .replaceAll('{instancePath="", parentData, parentDataProperty, rootData=data}={}', 'place = null')
    .replaceAll(
      /\{instancePath(?::instancePath\+("[^"]*")(?: \+ (\w+)(?:\.replace\([^)]*\))*)?)?,parentData\b[^}]*\}/g,
      (_, name, token) => (name === undefined ? 'place' : `under(place, ${name}, ${token ?? '""'})`),
    )
    .replaceAll(/\{instancePath(?::instancePath\b)?/g, '{instancePath:pointerOf(place)');
  if (/parentData|\binstancePath\b(?!:)|[^{]instancePath/.test(lazy) || !lazy.includes('under(place, ')) {
    throw new Error('The code that ajv generates has changed its form: adapt placeLazily.');
  }
  return `${lazy}
function under(around, name, token) { return { around, name, token }; }
function pointerOf(place) {
  let pointer = '';
  for (let at = place; at !== null; at = at.around) pointer = at.name + String(at.token).replace(/~/g, '~0').replace(/\\//g, '~1') + pointer;
  return pointer;
}`;
}

/**
 * What stands where, for messages and printing: for each kind of object its title, its properties in canonical order
 * with their kinds, or the kind of all members (`each`). A list has the kind of its items.
 */
function shapesOf(schema) {
  const shapes = {};
  function kindOf(part, name) {
    if (part.$ref) {
      const target = part.$ref.replace('#/definitions/', '');
      return kindOf(schema.definitions[target], target);
    }
    // One of a kind, or a list of such.
    if (part.else) return kindOf(part.else, name);
    if (part.items) return part.items.$ref ? kindOf(part.items, name) : name;
    if (shapes[name]) return name;
    if (part.properties) {
      const shape = { title: part.title, properties: {} };
      shapes[name] = shape;
      for (const [key, member] of Object.entries(part.properties)) {
        shape.properties[key] = kindOf(member, `${name}.${key}`);
      }
    } else if (typeof part.additionalProperties === 'object') {
      shapes[name] = { title: part.title, each: '' };
      shapes[name].each = kindOf(part.additionalProperties, `${name}.*`);
    }
    return name;
  }
  kindOf({ $ref: schema.then.$ref });
  kindOf({ $ref: schema.else.$ref });
  return shapes;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const text = await generate();
  if (process.argv.includes('--check')) {
    if (readFileSync(target, 'utf8') !== text) {
      console.error('validate.generated.js is stale: run scripts/prebuild.mjs.');
      process.exitCode = 1;
    }
  } else {
    writeFileSync(target, text);
  }
}
