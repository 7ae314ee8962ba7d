/** Reads the inputs of a run from `--input` and `--inputs`, by the types that the flow declares. */
import type { Diagnostic, Field, FieldType, FileStore, FlowInfo, Value } from '@flowdeck/engine';
import { fieldName, isPlainObject, JsonText } from '@flowdeck/engine/kit';
import { UsageError } from '../errors.js';
import { readDataFile } from '../project/data-file.js';
import { didYouMean } from '../suggest.js';
import { MAX_BYTES, nameOf, readBytes, readText, STDIN } from '../system/files.js';
import type { Io } from '../system/io.js';
import { basename, extname } from '../system/node.js';

/** Values by field name, as the engine takes them. */
export interface Given {
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface InputSources {
  /** `NAME=VALUE` of each `--input`. */
  readonly pairs: readonly string[];
  /** The file of `--inputs`. */
  readonly file: string | undefined;
}

/**
 * @throws UsageError `input-option` (not NAME=VALUE, or given twice), `inputs-file` (not a JSON object), `unknown-input`,
 * `invalid-input` (not the JSON that the type asks for), and what reading a file throws.
 */
export async function readInputs(flow: FlowInfo, sources: InputSources, files: FileStore, io: Io): Promise<Given> {
  const inputs = new Map<string, unknown>();
  const options = new Map<string, unknown>();
  const fields = new Map<string, { readonly field: Field; readonly home: Map<string, unknown> }>();
  for (const field of flow.options) fields.set(fieldName(field), { field, home: options });
  for (const field of flow.inputs) fields.set(fieldName(field), { field, home: inputs });
  const find = (name: string) => {
    const known = fields.get(name);
    if (known) return known;
    throw new UsageError('unknown-input', `Flow "${flow.id}" has no input ${JSON.stringify(name)}.`, {
      at: { flow: flow.id, field: name },
      hint:
        didYouMean(name, fields.keys()) ??
        (fields.size === 0 ? 'It has none.' : `It has: ${[...fields.keys()].join(', ')}.`),
    });
  };

  for (const [name, value] of await readInputsFile(sources.file, io)) find(name).home.set(name, value);
  const seen = new Map<string, unknown[]>();
  for (const pair of sources.pairs) {
    const [name, text] = split(pair);
    const { field, home } = find(name);
    const values = seen.get(name) ?? [];
    seen.set(name, values);
    if (values.length > 0 && !field.list) {
      throw new UsageError('input-option', `The input "${name}" is given twice.`, {
        hint: 'Only a list takes several values.',
      });
    }
    const value = await readValue(field, text, files, io);
    values.push(...(field.list && Array.isArray(value) ? value : [value]));
    home.set(name, field.list ? values : value);
  }
  return { inputs: Object.fromEntries(inputs), options: Object.fromEntries(options) };
}

function split(pair: string): readonly [name: string, value: string] {
  const at = pair.indexOf('=');
  if (at > 0) return [pair.slice(0, at), pair.slice(at + 1)];
  // The text may be a secret that was meant as a value.
  throw new UsageError('input-option', 'An --input is not NAME=VALUE.', { hint: 'Write --input name=Ada.' });
}

async function readInputsFile(path: string | undefined, io: Io): Promise<readonly (readonly [string, unknown])[]> {
  if (path === undefined) return [];
  const read = await readDataFile(path, io);
  const name = nameOf(path);
  if (read.fault === null && isPlainObject(read.data)) return Object.entries(read.data);
  throw new UsageError(
    'inputs-file',
    read.fault === null ? `${name} is no object of inputs.` : placed(name, read.fault),
    {
      at: { file: path },
      hint: read.fault?.hint ?? 'Write {"name": "Ada", "tags": ["a", "b"]}.',
    },
  );
}

function placed(name: string, { message, line, column }: Diagnostic): string {
  return line === undefined ? `${name}: ${message}` : `${name}, line ${line}, column ${column}: ${message}`;
}

async function readValue(field: Field, written: string, files: FileStore, io: Io): Promise<unknown> {
  if (written.startsWith('@') && !written.startsWith('@@')) {
    const path = written.slice(1);
    if (field.type === 'file') return keepFile(path, field, files, io);
    return fromText(field, await readText(path, io));
  }
  if (field.type === 'file')
    throw invalidInput(field, 'a file is given as @PATH', `--input ${fieldName(field)}=@picture.png`);
  return fromText(field, written.startsWith('@@') ? written.slice(1) : written);
}

/** JSON for objects and lists, text otherwise: the engine converts text to what the field asks for. */
function fromText(field: Field, text: string): unknown {
  if (field.list && text.trimStart().startsWith('[')) return structured(field, text, 'a JSON list');
  if (field.type === 'object') return structured(field, text, field.list ? 'a JSON list or object' : 'a JSON object');
  return text;
}

function structured(field: Field, text: string, what: string): unknown {
  const json = new JsonText(text);
  const [twice] = json.duplicates;
  const { data } = json;
  if (twice === undefined && typeof data === 'object' && data !== null) return data;
  const name = fieldName(field);
  if (twice !== undefined) {
    throw invalidInput(field, 'a name stands twice in one object of its JSON', 'Keep one of the two, or rename one.');
  }
  throw invalidInput(
    field,
    `it is not ${what}`,
    `In a shell, quote it: --input '${name}=${field.list ? '[1, 2]' : '{"a": 1}'}'`,
  );
}

async function keepFile(path: string, field: Field, files: FileStore, io: Io): Promise<Value> {
  const content = await readBytes(path, io);
  if (content.length > MAX_BYTES)
    throw invalidInput(field, `the file has more than ${MAX_BYTES} bytes`, 'Give a smaller file.');
  const mediaType = MEDIA_TYPES[extname(path).toLowerCase()];
  const name = path === STDIN ? 'stdin' : basename(path);
  return files.put({ name, ...(mediaType === undefined ? {} : { mediaType }) }, content);
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.gif': 'image/gif',
  '.html': 'text/html',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.txt': 'text/plain',
  '.xml': 'application/xml',
};

function invalidInput(field: Field, what: string, hint: string): UsageError {
  const type: `${FieldType}` = field.type;
  const name = fieldName(field);
  return new UsageError(
    'invalid-input',
    `The input "${name}" (${field.list ? 'list of ' : ''}${type}) does not fit: ${what}.`,
    {
      at: { field: name },
      hint,
    },
  );
}
