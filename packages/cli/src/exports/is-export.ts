/** Tells exports of the foreign format (`.flopack`, `.flow`, `.folder`) from flow files. */
import { extname } from '../node.js';

const EXTENSIONS: ReadonlySet<string> = new Set(['.flopack', '.flow', '.folder']);
/** How such files begin, for those that lost their name on the way. */
const BEGINNING = /^\uFEFF?\s*\{\s*"type"\s*:\s*"flopack"/;

export function isExport(path: string, text: string): boolean {
  return EXTENSIONS.has(extname(path).toLowerCase()) || BEGINNING.test(text.slice(0, 200));
}
