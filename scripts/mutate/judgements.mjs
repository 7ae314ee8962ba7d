// Reads what docs/mutation.md says about survivors.

/** Rows such as "| run/loop.ts | `count > 0` | `count >= 0` | equivalent | why |". */
const ROW = /^\| (\S+\.ts) \| (`+)\s?(.+?)\s?\2 \| (`+)\s?(.*?)\s?\4 \| (equivalent|gap) \| (.+) \|$/gm;

/**
 * @returns `{ file, original, replacement, verdict, reason }`. Places are told by the text of the source, since lines move.
 */
export function judgementsIn(page) {
  return [...page.matchAll(ROW)].map(([, file, , original, , replacement, verdict, reason]) => ({
    ...{ file, verdict, reason },
    original: original.replaceAll('\\|', '|'),
    replacement: replacement.replaceAll('\\|', '|'),
  }));
}

/** A row of the page, for a survivor that is to be judged. */
export function rowOf({ file, original, replacement }) {
  return `| ${file} | ${quoted(original)} | ${quoted(replacement)} |`;
}

function quoted(text) {
  const inner = text.replaceAll('|', '\\|');
  return inner.includes('`') ? `\`\` ${inner} \`\`` : `\`${inner}\``;
}
