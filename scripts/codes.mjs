// Finds the code of every error, diagnostic and warning in the sources of the packages.
//
// There is no list of codes to read: each stands where it is used. The scan therefore knows the few ways in which a code is
// given, on sources without types and comments (esbuild prints them), cut into tokens:
//
// - the argument for a parameter named `code`: of a function, a method, or the constructor of an error class, which a class
//   without a constructor of its own inherits (`new RunError('thrown', ...)`, `report.add('error', 'unknown-card', ...)`);
// - the value of a member named `code` of an object literal;
// - the names in the member `errors` of a card definition, and in the constants that are spread into it;
// - a template such as `${prefix}-locked`, once for every text that is passed for `prefix`.
//
// A new helper is found as long as its parameter is named `code`, so growth needs no change here.
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { transformSync } from 'esbuild';
import { closingOf, partsOf, tokensOf } from './tokens.mjs';

const CODE = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** Tests and their helpers; declarations, which give no values. */
const APART = /\.test\.ts$|\.d\.ts$|[/\\]testing[/\\]/;

const SEVERITY = /^(?:severity|error|warning|info)$/;

/** Every code in `packages/<name>/src`, each with the files that it stands in, sorted. */
export function codesOf(root) {
  const files = sourcesOf(root).map(readSource);
  const table = callables(files);
  const constants = new Map(files.flatMap((file) => constantsOf(file.tokens)));
  const found = new Map();
  for (const file of files) {
    const note = (code) => {
      if (!CODE.test(code)) return;
      if (!found.has(code)) found.set(code, new Set());
      found.get(code).add(
        file.path
          .slice(root.length + 1)
          .split(sep)
          .join('/'),
      );
    };
    for (const part of codeParts(file, table)) for (const code of valuesOf(part, files)) note(code);
    for (const code of declaredErrors(file.tokens, constants)) note(code);
  }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function sourcesOf(root) {
  return readdirSync(join(root, 'packages')).flatMap((name) => {
    const folder = join(root, 'packages', name, 'src');
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !APART.test(path));
  });
}

function readSource(path) {
  const { code } = transformSync(readFileSync(path, 'utf8'), { loader: 'ts', target: 'esnext', legalComments: 'none' });
  return { path, tokens: tokensOf(code) };
}

/** What is declared at `at`, if a parameter list begins after the name there: `name(...) {` or `name = (...) =>`. */
function parametersAt(tokens, at) {
  const arrow = tokens[at + 1]?.text === '=' && tokens[at + 2]?.text === '(';
  const open = arrow ? at + 2 : at + 1;
  if (tokens[at].kind !== 'name' || tokens[open]?.text !== '(' || tokens[at - 1]?.text === '.') return null;
  const follows = tokens[closingOf(tokens, open) + 1]?.text;
  if (follows !== (arrow ? '=>' : '{')) return null;
  return partsOf(tokens, open).map((part) => part[0].text);
}

/** Words that stand before a bracket and a block as the name of a function does. */
const KEYWORDS = new Set(['if', 'for', 'while', 'switch', 'catch', 'function', 'constructor']);

/**
 * Where the functions, methods and classes of the sources take a code: the position of the parameter, by name. A function
 * that is not exported is known in its own file only, and stands there before an exported one of the same name.
 */
function callables(files) {
  const methods = new Map();
  const exported = new Map();
  const local = new Map(files.map((file) => [file, new Map()]));
  const classes = new Map();
  for (const file of files) {
    const { tokens } = file;
    for (let at = 0; at < tokens.length; at++) {
      if (tokens[at].kind !== 'name') continue;
      if (tokens[at].text === 'class' && tokens[at + 1]?.kind === 'name') {
        const own = classAt(tokens, at);
        classes.set(own.name, own);
      }
      const parameters = KEYWORDS.has(tokens[at].text) ? null : parametersAt(tokens, at);
      if (parameters === null) continue;
      const position = parameters.indexOf('code');
      if (!/^(?:function|const|async)$/.test(tokens[at - 1]?.text)) {
        if (position >= 0) methods.set(tokens[at].text, { position, severity: parameters.indexOf('severity') });
        continue;
      }
      local.get(file).set(tokens[at].text, position);
      if (position >= 0 && isExported(tokens, at)) exported.set(tokens[at].text, position);
    }
  }
  const functionIn = (file, name) => local.get(file).get(name) ?? exported.get(name) ?? -1;
  return { functionIn, methods, classes };
}

/** True when `export` stands before the declaration of the name. esbuild gathers what is exported in no list. */
function isExported(tokens, at) {
  return tokens.slice(Math.max(0, at - 3), at).some(({ text }) => text === 'export');
}

function classAt(tokens, at) {
  const base = tokens[at + 2]?.text === 'extends' ? tokens[at + 3].text : null;
  let open = at;
  while (tokens[open].text !== '{') open++;
  const close = closingOf(tokens, open);
  const own = { name: tokens[at + 1].text, base, position: null };
  for (let inside = open; inside < close; inside++) {
    if (tokens[inside].text !== 'constructor') continue;
    own.position = parametersAt(tokens, inside)?.indexOf('code') ?? -1;
  }
  return own;
}

/** The position of the parameter `code` of a class, of its nearest ancestor with a constructor. -1: it has none. */
function positionIn(name, classes) {
  const own = classes.get(name);
  if (!own) return -1;
  return own.position ?? positionIn(own.base, classes);
}

/** The pieces of a source that stand for a code: arguments and members. */
function codeParts(file, { functionIn, methods, classes }) {
  const { tokens } = file;
  const parts = [];
  let base = null;
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text } = tokens[at];
    if (text === 'class' && tokens[at + 2]?.text === 'extends') base = tokens[at + 3].text;
    if (tokens[at + 1]?.text === '(' && kind === 'name' && parametersAt(tokens, at) === null) {
      const call = partsOf(tokens, at + 1);
      const before = tokens[at - 1]?.text;
      const position =
        before === 'new' || text === 'super'
          ? positionIn(text === 'super' ? base : text, classes)
          : before === '.'
            ? methodPosition(methods.get(text), call)
            : functionIn(file, text);
      if (call[position]) parts.push(call[position]);
    }
    if (text === 'code' && tokens[at + 1]?.text === ':' && /^[{,]$/.test(tokens[at - 1]?.text)) {
      parts.push(memberValue(tokens, at + 2));
    }
  }
  return parts;
}

/** Other classes may have a method of the same name, such as `add`: a severity beside the code tells them apart. */
function methodPosition(method, call) {
  if (method === undefined) return -1;
  const { position, severity } = method;
  return severity < 0 || call[severity]?.some(({ text }) => SEVERITY.test(text)) ? position : -1;
}

/** The tokens from `start` to the comma or bracket that ends a member. */
function memberValue(tokens, start) {
  let at = start;
  while (at < tokens.length && !/^[,})\]]$/.test(tokens[at].kind === 'sign' ? tokens[at].text : '')) {
    at = /^[([{]$/.test(tokens[at].text) && tokens[at].kind === 'sign' ? closingOf(tokens, at) + 1 : at + 1;
  }
  return tokens.slice(start, at);
}

/** The texts that an expression may give. One that is compared with, or stands in an object, list or call, is none of them. */
function valuesOf(part, files) {
  const values = [];
  for (let at = 0; at < part.length; at++) {
    const { kind, text } = part[at];
    if (kind === 'sign' && (/^[[{]$/.test(text) || (text === '(' && part[at - 1]?.kind === 'name'))) {
      at = closingOf(part, at);
      continue;
    }
    const compared = [part[at - 1]?.text, part[at + 1]?.text].some((sign) => /^[!=]==?$/.test(sign ?? ''));
    if (kind === 'string' && !compared) values.push(text);
    const [, name, rest] = (kind === 'template' && /^\$\{(\w+)\}([a-z-]*)$/.exec(text)) || [];
    if (name !== undefined) values.push(...passedFor(name, part, files).map((prefix) => prefix + rest));
  }
  return values;
}

/** The texts that callers pass for a parameter of the function around the tokens of `part`. */
function passedFor(parameter, part, files) {
  const { tokens } = files.find((file) => file.tokens.includes(part[0]));
  for (let at = tokens.indexOf(part[0]); at >= 0; at--) {
    const position = parametersAt(tokens, at)?.indexOf(parameter) ?? -1;
    if (position >= 0) return files.flatMap((file) => argumentsOf(file.tokens, tokens[at].text, position));
  }
  return [];
}

function argumentsOf(tokens, callee, position) {
  return tokens.flatMap(({ text }, at) => {
    if (text !== callee || tokens[at + 1]?.text !== '(' || parametersAt(tokens, at) !== null) return [];
    const argument = partsOf(tokens, at + 1)[position] ?? [];
    return argument.filter(({ kind }) => kind === 'string').map(({ text: value }) => value);
  });
}

/** Constants that are object literals, as [name, members]. */
function constantsOf(tokens) {
  return tokens.flatMap(({ text }, at) =>
    text === 'const' && tokens[at + 2]?.text === '=' && tokens[at + 3]?.text === '{'
      ? [[tokens[at + 1].text, partsOf(tokens, at + 3)]]
      : [],
  );
}

/** The codes that the cards of a source declare. */
function declaredErrors(tokens, constants) {
  return tokens.flatMap(({ text }, at) => {
    if (text !== 'errors' || tokens[at + 1]?.text !== ':') return [];
    const value = memberValue(tokens, at + 2);
    if (value[0]?.text === '{') return namesOf(partsOf(value, 0), constants);
    return value.length === 1 ? namesOf(constants.get(value[0].text) ?? [], constants) : [];
  });
}

function namesOf(members, constants) {
  return members.flatMap((member) => {
    if (member[0].text === '...') return namesOf(constants.get(member[1].text) ?? [], constants);
    // A code explains itself in words; a list of functions that make errors has the same name, and is no such list.
    const isText = member[2]?.kind !== 'name' || member[3]?.text === '[';
    return member[1]?.text === ':' && isText ? [member[0].text] : [];
  });
}
