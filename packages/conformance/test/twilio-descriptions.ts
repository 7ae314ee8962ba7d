/** The vendor's own OpenAPI descriptions as a judge of requests and answers, for the tests of the service. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import type { RecordedRequest } from '../src/twilio/options.js';

/** They stand beside the project where it is worked on, and are no part of it. */
const FOLDER = new URL('../../../../shared/twilio/openapi/', import.meta.url);

type Json = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly required: boolean;
  readonly list: boolean;
  readonly check: ValidateFunction;
  readonly type: unknown;
}

interface Described {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: ReadonlyMap<string, Parameter>;
  readonly form: ReadonlyMap<string, Parameter>;
  /** Of a body of JSON. */
  readonly body: ValidateFunction | null;
  /** By status; null: there is no body. */
  readonly answers: ReadonlyMap<number, ValidateFunction | null>;
}

export interface Descriptions {
  readonly operations: readonly Described[];
  /** What is wrong with a request and its answer. Empty: nothing. */
  problems(request: RecordedRequest, answer: unknown): string[];
}

/** Reads the descriptions. Null where they are not at hand. */
export function readDescriptions(): Descriptions | null {
  if (!existsSync(FOLDER)) return null;
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  const operations = files.flatMap((name) =>
    describeFile(name, JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))),
  );
  return {
    operations,
    problems(request, answer) {
      const found = operations.find((each) => isOf(each, request));
      if (!found) return [`${request.method} ${request.host}${request.path} is not described`];
      return [...requestProblems(found, request), ...answerProblems(found, request, answer)];
    },
  };
}

function isOf(operation: Described, request: RecordedRequest): boolean {
  const pattern = operation.path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+');
  return (
    operation.method === request.method &&
    operation.host === request.host &&
    new RegExp(`^${pattern}$`).test(request.path)
  );
}

function requestProblems(operation: Described, request: RecordedRequest): string[] {
  const type = request.headers['content-type'] ?? '';
  const problems = [
    ...parameterProblems(operation.query, request.query),
    ...parameterProblems(operation.form, request.form),
  ];
  if (request.body === '' && type !== '' && request.method !== 'POST') problems.push(`a Content-Type without a body`);
  if (operation.body && !operation.body(JSON.parse(request.body))) problems.push(faults('the body', operation.body));
  return problems;
}

function parameterProblems(table: ReadonlyMap<string, Parameter>, given: URLSearchParams): string[] {
  const problems = [...new Set(given.keys())].filter((name) => !table.has(name)).map((name) => `${name} is unknown`);
  for (const [name, parameter] of table) {
    const texts = given.getAll(name);
    if (texts.length === 0) {
      if (parameter.required) problems.push(`${name} is missing`);
      continue;
    }
    if (texts.length > 1 && !parameter.list) problems.push(`${name} is given twice`);
    const values = texts.map((text) => (text === '' ? text : coerced(text, parameter.type)));
    const value = parameter.list ? values : values[0];
    // Empty text clears a URL, which the descriptions do not say.
    if (value !== '' && !parameter.check(value)) problems.push(faults(name, parameter.check));
  }
  return problems;
}

/** A form knows texts only. */
function coerced(text: string, type: unknown): unknown {
  if (type === 'integer' || type === 'number') return Number(text);
  if (type === 'boolean' && ['true', 'false'].includes(text)) return text === 'true';
  return text;
}

function answerProblems(operation: Described, request: RecordedRequest, answer: unknown): string[] {
  const status = request.status ?? 0;
  const check = operation.answers.get(status);
  if (check === undefined) return [`status ${status} is not described`];
  if (check === null) return answer === '' || answer === undefined ? [] : ['there is a body'];
  return check(answer) ? [] : [faults('the answer', check)];
}

function faults(what: string, check: ValidateFunction): string {
  const all = (check.errors ?? []).map(({ instancePath, message, params }) =>
    [instancePath, message, 'additionalProperty' in params ? params['additionalProperty'] : ''].join(' ').trim(),
  );
  return `${what}: ${all.join('; ')}`;
}

function describeFile(file: string, document: Json): Described[] {
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema({ $id: file, ...asObject(relaxed(document)) });
  const compile = (schema: unknown) => ajv.compile(asObject(relaxed(absolute(schema, file))));
  const host = String(asObject(asList(document['servers'])[0])['url']).replace('https://', '');
  return Object.entries(asObject(document['paths'])).flatMap(([path, item]) =>
    Object.entries(asObject(item)).flatMap(([method, value]) => {
      if (!['get', 'post', 'delete'].includes(method)) return [];
      const operation = asObject(value);
      const content = asObject(asObject(operation['requestBody'])['content']);
      const form = asObject(asObject(content['application/x-www-form-urlencoded'])['schema']);
      const json = asObject(content['application/json'])['schema'];
      const required = asList(form['required']);
      const parameter = (schema: unknown, needed: boolean): Parameter => {
        const { type } = asObject(schema);
        return { required: needed, list: type === 'array', type, check: compile(schema) };
      };
      const query = asList(operation['parameters'])
        .map(asObject)
        .filter((each) => each['in'] === 'query');
      return [
        {
          method: method.toUpperCase(),
          host,
          path,
          query: new Map(
            query.map((each) => [String(each['name']), parameter(each['schema'], each['required'] === true)]),
          ),
          form: new Map(
            Object.entries(asObject(form['properties'])).map(([name, schema]) => [
              name,
              parameter(schema, required.includes(name)),
            ]),
          ),
          body: json === undefined ? null : compile(json),
          answers: new Map(
            Object.entries(asObject(operation['responses'])).map(([status, answer]) => {
              const schema = asObject(asObject(asObject(answer)['content'])['application/json'])['schema'];
              return [Number(status), schema === undefined ? null : compile(schema)];
            }),
          ),
        },
      ];
    }),
  );
}

/** References lead into the document from wherever the schema is compiled. */
function absolute(schema: unknown, file: string): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${file}#/`));
}

/**
 * A schema of OpenAPI 3.0 as JSON Schema. Where the descriptions are stricter than the service they describe, they are
 * relaxed: what is unset is null also where a reference stands, and an empty text where a SID may stand; the fields of
 * an object are all that it may have.
 */
function relaxed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relaxed);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, pattern, ...rest } = asObject(value);
  const schema = Object.fromEntries(Object.entries(rest).map(([name, member]) => [name, relaxed(member)]));
  if ('$ref' in schema) return { anyOf: [{ $ref: schema['$ref'] }, { type: 'null' }] };
  if (typeof pattern === 'string') Object.assign(schema, { pattern: `^$|${pattern}`, minLength: 0 });
  if (nullable === true && 'type' in schema) schema['type'] = [schema['type'], 'null'];
  // The packages of a lookup, which leave null what they do not know.
  const packaged = Object.keys(asObject(rest['properties'])).includes('error_code');
  if (packaged)
    schema['properties'] = Object.fromEntries(
      Object.entries(asObject(schema['properties'])).map(([name, member]) => [
        name,
        { anyOf: [member, { type: 'null' }] },
      ]),
    );
  if (schema['type'] === 'object' && 'properties' in schema && !('additionalProperties' in schema)) {
    schema['additionalProperties'] = false;
  }
  return schema;
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
