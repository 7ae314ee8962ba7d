/** Bounds for the pictures of JSONata's date and number functions, which it turns into padding and regular expressions. */

/** Characters of a picture. */
const MAX_PICTURE = 256;
/** Characters of a text that is read with a picture. */
const MAX_TEXT = 200;
/** Digits that a width in a picture may ask for. */
const MAX_WIDTH = 99;
/** Places where the text could be split in more than one way. Each multiplies the work of reading by its length. */
const MAX_AMBIGUITIES = 2;

/** What a marker of a picture matches in a text. */
interface Marker {
  /** Characters as in a regular expression's class. */
  readonly chars: RegExp;
  /** Component that JSONata reads as an integer, and gives a fixed width when another one follows directly. */
  readonly digits: boolean;
}

const DIGITS = /[0-9]/;
const LETTERS = /[a-z]/i;
const MARKER_WORDS = /[a-z, -]/i;
const PICTURE_ZONE = /[-+0-9GMT:]/i;

/** True when a picture is short and its widths are small. */
export function isPicture(picture: unknown): boolean {
  if (typeof picture !== 'string') return true;
  if (picture.length > MAX_PICTURE) return false;
  const widths = picture.replace(/\s/g, '').match(/,[^\]]*/g) ?? [];
  return widths.every((width) => (width.match(/\d+/g) ?? []).every((digits) => Number(digits) <= MAX_WIDTH));
}

/** True when reading `text` with `picture` takes time linear in the text, or nearly so. */
export function isReadable(text: unknown, picture: unknown): boolean {
  if (typeof picture !== 'string') return true;
  if (!isPicture(picture) || (typeof text === 'string' && text.length > MAX_TEXT)) return false;
  let ambiguities = 0;
  let previous: Marker | null = null;
  let literal = '';
  for (const part of picture.match(/\[\[|\[[^\]]*\]?|[^[]+/g) ?? []) {
    if (part === '[[' || !part.startsWith('[')) {
      literal += part;
      continue;
    }
    const marker = markerOf(part.slice(1).replace(/\s|\]/g, ''));
    if (marker.chars === MARKER_WORDS) ambiguities++;
    if (previous !== null && blend(previous, literal, marker)) ambiguities++;
    previous = marker;
    literal = '';
  }
  return ambiguities <= MAX_AMBIGUITIES;
}

/** True when it is open where the first marker's text ends and the second one's begins. */
function blend(first: Marker, literal: string, second: Marker): boolean {
  if (literal === '') {
    if (first.digits && second.digits) return false;
    return (
      !(first.chars === DIGITS && second.chars === LETTERS) && !(first.chars === LETTERS && second.chars === DIGITS)
    );
  }
  // A character that neither of them takes marks the place.
  return [...literal].every((char) => first.chars.test(char) || second.chars.test(char));
}

function markerOf(marker: string): Marker {
  const component = marker.charAt(0);
  const presentation = marker.slice(1).replace(/,.*$/, '');
  if (component === 'Z' || component === 'z') return { chars: PICTURE_ZONE, digits: false };
  if (/^w/i.test(presentation)) return { chars: MARKER_WORDS, digits: false };
  const named = presentation === '' ? 'FPCE'.includes(component) : !/[0-9#]/.test(presentation);
  return named ? { chars: LETTERS, digits: false } : { chars: DIGITS, digits: true };
}
