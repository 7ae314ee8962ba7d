/** Writes JSON text part by part. What stands in many places is written once, so a few values that share take no time. */
import { MAX_DEPTH } from './depth.js';

/** Lists and objects that are written before they are remembered: ordinary values stay below it and pay nothing. */
const PARTS_UNKEPT = 1_000;

/** How one kind of data is written. */
export interface JsonForms {
  /** A value without parts. Undefined: it has no text, so a member is left out and an item is null. */
  scalar(value: unknown): string | undefined;
  /** What is written of an instance or object: its members, or its text. */
  object(value: object): object | string;
  tooDeep(): Error;
  tooLong(): Error;
}

interface Written {
  readonly text: string;
  /** Levels of lists and objects in it. */
  readonly height: number;
}

/** The text, of at most so many characters. Members that are undefined are left out. Throws what the forms say. */
export function writeJson(value: unknown, forms: JsonForms, most: number): string | undefined {
  if (typeof value !== 'object' || value === null) return forms.scalar(value);
  return new JsonWriter(forms, most).write(value, 0).text;
}

class JsonWriter {
  readonly #forms: JsonForms;
  readonly #most: number;
  #parts = 0;
  #known: Map<object, Written> | null = null;

  constructor(forms: JsonForms, most: number) {
    this.#forms = forms;
    this.#most = most;
  }

  write(value: object, depth: number): Written {
    const known = this.#known?.get(value);
    if (known !== undefined) {
      if (depth + known.height > MAX_DEPTH) throw this.#forms.tooDeep();
      return known;
    }
    if (depth >= MAX_DEPTH) throw this.#forms.tooDeep();
    if (++this.#parts > PARTS_UNKEPT) this.#known ??= new Map();
    const written = Array.isArray(value) ? this.#list(value, depth) : this.#object(value, depth);
    if (written.text.length > this.#most) throw this.#forms.tooLong();
    this.#known?.set(value, written);
    return written;
  }

  /** Texts are put together with `+`, which copies nothing: a join would copy every level of a deep value again. */
  #list(list: readonly unknown[], depth: number): Written {
    let text = '[';
    let height = 0;
    for (let at = 0; at < list.length; at++) {
      const item = list[at];
      if (at > 0) text += ',';
      if (typeof item === 'object' && item !== null) {
        const part = this.write(item, depth + 1);
        text += part.text;
        height = Math.max(height, part.height);
      } else text += this.#forms.scalar(item) ?? 'null';
      if (text.length > this.#most) throw this.#forms.tooLong();
    }
    return { text: `${text}]`, height: height + 1 };
  }

  #object(value: object, depth: number): Written {
    const data = this.#forms.object(value);
    if (typeof data === 'string') return { text: data, height: 1 };
    let text = '';
    let height = 0;
    for (const [key, item] of Object.entries(data)) {
      let shown: string | undefined;
      if (typeof item === 'object' && item !== null) {
        const part = this.write(item, depth + 1);
        shown = part.text;
        height = Math.max(height, part.height);
      } else shown = this.#forms.scalar(item);
      if (shown === undefined) continue;
      text += `${text === '' ? '' : ','}${JSON.stringify(key)}:`;
      text += shown;
      if (text.length > this.#most) throw this.#forms.tooLong();
    }
    return { text: `{${text}}`, height: height + 1 };
  }
}
