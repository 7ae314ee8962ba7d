// Cuts JavaScript into tokens, just well enough to find calls, their arguments and the members of object literals.

const PATTERNS = [
  ['space', /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y],
  ['string', /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/y],
  ['name', /#?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy],
  ['number', /(?:\d|\.\d)[\w.]*/y],
  ['sign', /=>|\?\?=?|\?\.(?!\d)|\.\.\.|===?|!==?|&&|\|\||[\s\S]/y],
];
const REGEX = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
/** After these a slash begins a regular expression, and does not divide. */
const BEFORE_REGEX = /^(?:[([{,;:=!&|?+\-*%<>~^]|=>|\?\?=?|===?|!==?|&&|\|\||return|typeof|case|in|of|throw|await)$/;

/**
 * The tokens of a source, as `{ kind, text }`: `string` (its value), `template` (as written, without the quotes), `name`,
 * `number`, `regex` and `sign`. What stands in the `${}` of a template is part of it.
 */
export function tokensOf(source) {
  const tokens = [];
  for (let at = 0; at < source.length; ) {
    const before = tokens.at(-1)?.text ?? ';';
    if (source[at] === '`') {
      const end = endOfTemplate(source, at);
      tokens.push({ kind: 'template', text: source.slice(at + 1, end - 1) });
      at = end;
      continue;
    }
    REGEX.lastIndex = at;
    const regex = source[at] === '/' && BEFORE_REGEX.test(before) ? REGEX.exec(source) : null;
    if (regex && source[at + 1] !== '/' && source[at + 1] !== '*') {
      tokens.push({ kind: 'regex', text: regex[0] });
      at += regex[0].length;
      continue;
    }
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = at;
      const found = pattern.exec(source);
      if (!found) continue;
      at += found[0].length;
      if (kind !== 'space') tokens.push({ kind, text: kind === 'string' ? found[0].slice(1, -1) : found[0] });
      break;
    }
  }
  return tokens;
}

/** The offset after the closing quote of the template that begins at `start`. */
function endOfTemplate(source, start) {
  for (let at = start + 1; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '`') return at + 1;
    else if (source.startsWith('${', at)) {
      let open = 1;
      for (at += 2; at < source.length && open > 0; at++) {
        if (source[at] === '{') open++;
        else if (source[at] === '}') open--;
        else if (source[at] === '`') at = endOfTemplate(source, at) - 1;
      }
      at--;
    }
  }
  return source.length;
}

const OPENING = new Set(['(', '[', '{']);
const CLOSING = new Set([')', ']', '}']);

/** The index of the bracket that closes the one at `open`. */
export function closingOf(tokens, open) {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    const { kind, text } = tokens[at];
    if (kind !== 'sign') continue;
    if (OPENING.has(text)) depth++;
    else if (CLOSING.has(text) && --depth === 0) return at;
  }
  return tokens.length;
}

/** The parts between the commas inside the bracket at `open`, each a list of tokens. */
export function partsOf(tokens, open) {
  const close = closingOf(tokens, open);
  const parts = [[]];
  for (let at = open + 1; at < close; at++) {
    const token = tokens[at];
    const end = token.kind === 'sign' && OPENING.has(token.text) ? closingOf(tokens, at) : at;
    if (token.kind === 'sign' && token.text === ',') parts.push([]);
    else parts.at(-1).push(...tokens.slice(at, end + 1));
    at = end;
  }
  return parts.filter((part) => part.length > 0);
}
