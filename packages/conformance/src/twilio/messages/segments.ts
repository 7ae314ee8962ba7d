/** Counts how many SMS segments a text takes, in GSM-7 or UCS-2 (3GPP TS 23.038). */

const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Reached by an escape septet, so each of these costs two. */
const EXTENDED = '\f^{}\\[~]|€';

const SEPTETS: ReadonlyMap<string, number> = new Map([
  ...[...BASIC].map((character): [string, number] => [character, 1]),
  ...[...EXTENDED].map((character): [string, number] => [character, 2]),
]);

const LOOK_ALIKES: ReadonlyMap<string, string> = new Map([
  ...[...'‘’‚‛′`´'].map((character): [string, string] => [character, "'"]),
  ...[...'“”„‟″«»'].map((character): [string, string] => [character, '"']),
  ...[...'‐‑‒–—―−'].map((character): [string, string] => [character, '-']),
  ...[...'\u00a0\u2002\u2003\u2007\u2009\u202f'].map((character): [string, string] => [character, ' ']),
  ['…', '...'],
  ['\u200b', ''],
]);

/** How a text travels: `units` are septets (GSM-7) or UTF-16 units (UCS-2). */
export interface SegmentCount {
  /** The one that the text needs: GSM-7 (3GPP TS 23.038), else UCS-2. */
  encoding: 'GSM-7' | 'UCS-2';
  /** Length in the units of the encoding; a character of the GSM-7 extension table takes two. */
  units: number;
  /** How many messages it takes and costs. */
  segments: number;
}

/**
 * Counts the segments of a text. One character outside GSM-7 makes the whole text UCS-2.
 * A character of two units is never split, so a segment may stay one unit short. An empty text takes 0 segments.
 *
 * @example countSegments('a'.repeat(161)) // { encoding: 'GSM-7', units: 161, segments: 2 }
 */
export function countSegments(text: string): SegmentCount {
  const characters = [...text];
  const gsm = characters.every((character) => SEPTETS.has(character));
  const sizes = characters.map((character) => (gsm ? (SEPTETS.get(character) ?? 1) : character.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const [single, part] = gsm ? [160, 153] : [70, 67];
  const segments = units <= single ? Math.min(units, 1) : fillSegments(sizes, part);
  return { encoding: gsm ? 'GSM-7' : 'UCS-2', units, segments };
}

/** Replaces look-alike Unicode (curly quotes, dashes, special spaces) by GSM-7, as `SmartEncoded` asks for. */
export function smartEncode(text: string): string {
  return [...text].map((character) => LOOK_ALIKES.get(character) ?? character).join('');
}

function fillSegments(sizes: readonly number[], capacity: number): number {
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > capacity) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return segments;
}
