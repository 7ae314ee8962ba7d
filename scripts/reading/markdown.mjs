// Reads what the tests need of a page in Markdown: links, headings, blocks of code.

const FENCE = /^```(\w*)[^\n]*\n([\s\S]*?)^```$/gm;

/** The contents of the blocks of one language. */
export function blocksOf(page, language) {
  return [...page.matchAll(FENCE)].filter(([, name]) => name === language).map(([, , content]) => content);
}

/** All blocks, as `{ language, line, content }`; the line is that of the fence, from 1. */
export function fencesOf(page) {
  return [...page.matchAll(FENCE)].map(({ 1: language, 2: content, index }) => ({
    language,
    line: page.slice(0, index).split('\n').length,
    content,
  }));
}

/** The targets of the links outside of code. */
export function linksOf(page) {
  const prose = page.replace(FENCE, '').replace(/(?<!\[)`[^`\n]*`(?!\])/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
}

/** The anchors that the headings get where the page is shown, and those that rows of tables have. */
export function anchorsOf(page) {
  const anchors = new Set([...page.matchAll(/^\| <a id="([^"]+)"><\/a>/gm)].map(([, id]) => id));
  for (const [, title] of page.replace(FENCE, '').matchAll(/^#{1,6} (.+)$/gm)) {
    const name = title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-');
    let anchor = name;
    for (let again = 1; anchors.has(anchor); again++) anchor = `${name}-${again}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** The words of each command in a line for a shell: quotes are removed, comments left out, `&&`, `|` and `;` part commands. */
export function wordsOf(line) {
  const commands = [[]];
  for (const [word] of line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)) {
    if (word.startsWith('#')) break;
    if (['&&', '||', '|', ';'].includes(word)) commands.push([]);
    else commands.at(-1).push(word.replace(/'([^']*)'|"([^"]*)"/g, '$1$2'));
  }
  return commands;
}
