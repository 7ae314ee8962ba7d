/** Bytes to text, in the character set that they are in. */

/** Code points of windows-1252 from 0x80 to 0x9f (WHATWG Encoding, index windows-1252); elsewhere it is Latin-1. */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** `charset` of a media type, or undefined. */
export function charsetOf(mediaType: string | null | undefined): string | undefined {
  return /;\s*charset\s*=\s*["']?([^"';\s]+)/i.exec(mediaType ?? '')?.[1];
}

/**
 * Decodes text: a byte order mark wins, then `charset`, then what an XML declaration (RFC 7303, section 3)
 * or a meta element of HTML names, else UTF-8. A character set that the platform does not know is read as UTF-8.
 */
export function decodeText(bytes: Uint8Array, charset?: string): string {
  const decoder = decoderFor(markOf(bytes) ?? charset ?? declaredIn(bytes));
  return decoder.encoding === 'windows-1252' ? windows1252(bytes) : decoder.decode(bytes);
}

/** Decodes text that comes in parts. */
export interface TextReader {
  /** What can be told after this part. Throws a `TypeError` when the bytes are none of the character set. */
  read(part: Uint8Array): string;
  end(): string;
}

/**
 * A reader of text whose first bytes are given: a byte order mark wins, then `charset`, else UTF-8. Null when the
 * platform does not know `charset`.
 */
export function textReader(first: Uint8Array, charset?: string): TextReader | null {
  try {
    // The mark is taken off here: the decoder of several versions of Node also takes one off inside the text.
    const decoder = new TextDecoder(markOf(first) ?? charset, { fatal: true, ignoreBOM: true });
    // Each byte is a character, so that parts need no memory.
    if (decoder.encoding === 'windows-1252') return { read: windows1252, end: () => '' };
    let begun = false;
    return {
      read: (part) => {
        const text = decoder.decode(part, { stream: true });
        const marked = !begun && text.startsWith('\ufeff');
        begun ||= text !== '';
        return marked ? text.slice(1) : text;
      },
      end: () => decoder.decode(),
    };
  } catch {
    return null;
  }
}

/** False when the bytes are no UTF-8, so that letters would be lost. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function markOf(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
}

/**
 * What the text itself says, in its first bytes and in ASCII: an XML declaration, or a meta element of HTML (WHATWG HTML,
 * section 13.2.3.2). Text whose declaration can be read in ASCII is no UTF-16, whatever it says; one of UTF-16 without a
 * mark shows by its zeros.
 */
function declaredIn(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  if (head.startsWith('<\0?\0')) return 'utf-16le';
  if (head.startsWith('\0<\0?')) return 'utf-16be';
  const name = XML_ENCODING.exec(head)?.[1] ?? (HTML.test(head) ? META_CHARSET.exec(head)?.[1] : undefined);
  return name !== undefined && /^(?:utf-?16|ucs-?2|utf-?32|ucs-?4|unicode)/i.test(name) ? 'utf-8' : name;
}

const XML_ENCODING = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/i;
const HTML = /^\s*(?:<!--[^>]*-->\s*)*<(?:!doctype\s+html|html|head|meta)\b/i;
const META_CHARSET = /<meta\s[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)/i;

function decoderFor(charset: string | undefined): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    return new TextDecoder();
  }
}

/** By hand: the decoder of several versions of Node gives control characters instead of quotes, dashes and the euro sign. */
function windows1252(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 8192) {
    parts.push(
      String.fromCharCode(...bytes.subarray(start, start + 8192)).replace(
        /[\x80-\x9f]/g,
        (char) => WINDOWS_1252[char.charCodeAt(0) - 0x80] ?? char,
      ),
    );
  }
  return parts.join('');
}
