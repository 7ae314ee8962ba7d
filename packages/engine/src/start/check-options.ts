/** Refuses options that there are not: one that is misspelt or stands in the wrong place would do nothing, in silence. */
import type { Interceptors } from '../cards/index.js';
import { closest } from '../document/did-you-mean.js';
import { quoted } from '../document/members.js';
import { describeActual } from '../document/shape-words.js';
import { FlowdeckError } from '../errors.js';
import type { Ports } from '../ports/index.js';
import { DEFAULT_LIMITS } from '../run/limits.js';
import { isPlainObject } from '../values/index.js';
import type { EngineOptions, LoadOptions } from './engine-options.js';
import type { RunOptions } from './run-options.js';

/** What an option takes: a sentence's object ("a text"), the test, and what to write instead of something else. */
interface Kind {
  readonly what: string;
  readonly fits: (value: unknown) => boolean;
  readonly hint: string;
}
type Kinds<Options> = { readonly [Name in keyof Required<Options>]: Kind };

const isAnyObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string';
const isFullText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const limits: Kind = {
  what: 'an object of limits',
  fits: isAnyObject,
  hint: `Limits: ${Object.keys(DEFAULT_LIMITS).join(', ')}.`,
};
const anyByName = (example: string): Kind => ({
  what: 'an object of values by name',
  fits: isAnyObject,
  hint: `Write ${example}.`,
});

const aFunction = (example: string): Kind => ({
  what: 'a function',
  fits: (value) => typeof value === 'function',
  hint: `Write ${example}.`,
});

const ENGINE: Kinds<EngineOptions> = {
  packs: { what: 'a list of packs', fits: Array.isArray, hint: 'Write packs: [pack].' },
  ports: { what: 'an object of ports', fits: isAnyObject, hint: 'Write ports: { http: httpPort() }.' },
  interceptors: {
    what: 'an object of interceptors',
    fits: isAnyObject,
    hint: 'Write interceptors: { effect: [ ... ], http: [ ... ] }.',
  },
  limits,
};

const chain = (name: keyof Interceptors): Kind => ({
  what: 'a list of functions',
  fits: (value) => Array.isArray(value) && value.every((each) => typeof each === 'function'),
  hint: `Write interceptors: { ${name}: [ ... ] }.`,
});
const INTERCEPTORS: Kinds<Interceptors> = {
  pure: chain('pure'),
  effect: chain('effect'),
  control: chain('control'),
  http: chain('http'),
};

const LOAD: Kinds<LoadOptions> = {
  file: { what: 'a text', fits: isText, hint: 'The name of the file, for messages.' },
  maxBytes: {
    what: 'a number above 0',
    fits: (value) => typeof value === 'number' && value > 0,
    hint: 'Write bytes, such as 1_000_000.',
  },
};

const anAbortSignal: Kind = {
  what: 'an AbortSignal',
  fits: (value) => isAnyObject(value) && typeof value.aborted === 'boolean' && hasMethods(value, ['addEventListener']),
  hint: 'Give the signal of an AbortController.',
};

const aRunRuntime: Kind = {
  what: 'a runtime of one run, with "step", "sleep", "signal", or null',
  fits: (value) => value === null || (isAnyObject(value) && hasMethods(value, ['step', 'sleep', 'signal'])),
  hint: 'A runtime for all runs is a port: createEngine({ ports: { runtime } }).',
};

const RUN: Kinds<RunOptions> = {
  flow: { what: 'a text', fits: isText, hint: 'The id or the name of a flow.' },
  inputs: anyByName('inputs: { phone: "+15005550006" }'),
  options: anyByName('options: { retries: 2 }'),
  connection: { what: 'a text', fits: isText, hint: 'The name of a connection.' },
  signal: anAbortSignal,
  limits,
  onEvent: aFunction('onEvent: (event) => { ... }'),
  onAnswer: aFunction('onAnswer: (answer) => { ... }'),
  // Read with all that it holds when the run is made.
  metadata: { what: 'JSON data', fits: () => true, hint: '' },
  runId: { what: 'a text', fits: isFullText, hint: 'At least one letter, or leave it out.' },
  startedAt: {
    what: 'a moment in milliseconds',
    fits: Number.isFinite,
    hint: 'Milliseconds since 1970-01-01T00:00:00Z, as Date.now() gives them.',
  },
  runtime: aRunRuntime,
  abandon: anAbortSignal,
};

/** The methods that a port has to have, and where to get one. */
const PORTS: Kinds<Ports> = {
  http: port<'http'>(
    ['request'],
    'Take httpPort() of "@flowdeck/cards/http", or fetchPort() of "@flowdeck/cards/fetch"; fetch itself is none.',
  ),
  clock: port<'clock'>(['now', 'elapsed', 'after', 'yield'], 'Tests take ManualClock of "@flowdeck/testing".'),
  random: port<'random'>(['number', 'bytes'], 'Leave it out for the random numbers of the platform.'),
  ids: port<'ids'>(['run'], 'Leave it out for random ids.'),
  tables: port<'tables'>(
    ['schema', 'define', 'insert', 'get', 'update', 'remove', 'clear', 'search', 'scan'],
    'Leave it out for tables in memory, or take diskTables() of "@flowdeck/host".',
  ),
  files: port<'files'>(
    ['put', 'read', 'info', 'remove'],
    'Leave it out for files in memory, or take diskFiles() of "@flowdeck/host".',
  ),
  logger: port<'logger'>(['log'], 'Write { log(level, message, details) { ... } }.'),
  runtime: port<'runtime'>(['open', 'close', 'signal'], 'Leave it out for runs in memory.'),
  // A connection is looked at when a flow takes it: one that is broken is no fault of the others.
  connections: {
    what: 'an object of connections by name, or a port with "get"',
    fits: (value) =>
      isAnyObject(value) && !(value instanceof Map) && (hasMethods(value, ['get']) || isPlainObject(value)),
    hint: 'Write connections: { main: { connector: "twilio", auth: { ... } } }; of a Map, Object.fromEntries(map).',
  },
};

/** What `createEngine` takes; each other member is refused with the place where it belongs. */
export function checkEngineOptions(options: unknown): void {
  const given = checkNames(options, ENGINE, '', 'createEngine takes');
  if (given.ports !== undefined) checkNames(given.ports, PORTS, 'ports', 'There are the ports');
  const { interceptors } = given;
  if (interceptors !== undefined) checkNames(interceptors, INTERCEPTORS, 'interceptors', 'There are');
}

export function checkLoadOptions(options: unknown): void {
  if (options !== undefined) checkNames(options, LOAD, '', 'load takes');
}

export function checkRunOptions(options: unknown): void {
  if (options !== undefined) checkNames(options, RUN, '', 'run takes');
}

/** Undefined counts as absent. Values are never named in a message: they may be secrets. */
function checkNames(
  value: unknown,
  kinds: Readonly<Record<string, Kind>>,
  place: string,
  said: string,
): Readonly<Record<string, unknown>> {
  if (!isAnyObject(value)) {
    throw refuse(
      place,
      `${inWords(value)} is not an object of options.`,
      `Write { ... }: ${said} ${optionNames(kinds)}.`,
    );
  }
  for (const name in value) {
    const member = value[name];
    if (member === undefined) continue;
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (kind?.fits(member)) continue;
    const at = place === '' ? name : `${place}/${name}`;
    if (kind === undefined) throw refuseName(name, at, Object.keys(kinds), `${said} ${optionNames(kinds)}.`);
    throw refuse(at, `${inWords(member)} at "${at}" is not ${kind.what}.`, kind.hint);
  }
  return value;
}

function optionNames(kinds: object): string {
  return Object.keys(kinds).join(', ');
}

/** Where an option stands that was given elsewhere. */
const HOMES: readonly { readonly kinds: object; readonly say: (name: string) => string }[] = [
  {
    kinds: PORTS,
    say: (name) => `It is a port: createEngine({ ports: { ${name} } }).`,
  },
  { kinds: DEFAULT_LIMITS, say: (name) => `It is a limit: { limits: { ${name} } }.` },
  { kinds: ENGINE, say: (name) => `It is an option of the engine: createEngine({ ${name} }).` },
  { kinds: RUN, say: (name) => `It is an option of a run: engine.run(deck, { ${name} }).` },
  { kinds: LOAD, say: (name) => `It is an option of engine.load(source, { ${name} }).` },
];

function refuseName(name: string, at: string, known: readonly string[], otherwise: string): FlowdeckError {
  const home = HOMES.find(({ kinds }) => Object.hasOwn(kinds, name));
  const close = closest(name, known);
  const hint = home ? home.say(name) : close === null ? otherwise : `Did you mean "${close}"?`;
  return new FlowdeckError('option-unknown', `There is no option ${quoted(at)}.`, { at: { field: at }, hint });
}

function refuse(at: string, message: string, hint: string): FlowdeckError {
  return new FlowdeckError('option-invalid', message, at === '' ? { hint } : { at: { field: at }, hint });
}

/** What a value is, in a message that does not tell it. */
export function inWords(value: unknown): string {
  const words = value instanceof Map ? 'a Map' : typeof value === 'function' ? 'a function' : describeActual(value);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The kind of a port. Every method of its interface has to be listed. */
function port<Name extends keyof Ports>(methods: readonly MethodsOf<NonNullable<Ports[Name]>>[], hint: string): Kind {
  return {
    what: `a port with ${methods.map((method) => `"${method}"`).join(', ')}`,
    // A class with static methods may be a port, too.
    fits: (value) => (isAnyObject(value) || typeof value === 'function') && hasMethods(value, methods),
    hint,
  };
}
type MethodsOf<Port> = {
  [Name in keyof Port]: Port[Name] extends (...args: never[]) => unknown ? Name & string : never;
}[keyof Port];

function hasMethods(value: object, names: readonly string[]): boolean {
  // Any object may be asked for a member of any name.
  return names.every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === 'function');
}
