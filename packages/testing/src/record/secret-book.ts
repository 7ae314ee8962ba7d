/** Secrets of a recording, each with the placeholder that stands for it in the file. The same rule holds for what is replayed. */
import type { Value } from '@flowdeck/engine';
import { basicForms, type Form, formsOf, isPlainObject, parseJsonText } from '@flowdeck/engine/kit';

/** Names whose values are secret wherever they stand: headers, parameters, members of bodies. */
const SECRET_NAME = /authorization|cookie|token|secret|password|passwd|(api|access|private)[-_]?key/i;
/** Shorter texts occur by chance. */
const LEAST_HIDDEN = 6;
/** `Bearer` and the like, which are no secret. */
const SCHEME = /^[A-Za-z]+ +(?=\S)/;
const PLACEHOLDER = /\{\{secret\.[^{}\s]+\}\}/g;

interface KnownSecret {
  readonly placeholder: string;
  readonly forms: readonly Form[];
}

export class SecretBook {
  readonly #known = new Map<string, KnownSecret>();
  readonly #names = new Map<string, number>();

  /** How many secrets are known. */
  get size(): number {
    return this.#known.size;
  }

  /** Credentials become `{{secret.CONNECTION.NAME}}`. */
  addConnections(connections: Readonly<Record<string, { readonly auth?: Readonly<Record<string, unknown>> }>>): void {
    for (const [name, { auth = {} }] of Object.entries(connections)) {
      for (const [key, value] of Object.entries(auth)) if (typeof value === 'string') this.add(value, `${name}.${key}`);
      const { username, password } = auth;
      if (typeof username !== 'string' || typeof password !== 'string') continue;
      this.#set(`${username}:${password}`, `${name}.basic`, basicForms(username, password));
    }
  }

  /** Placeholders that a recording holds stand for themselves, in whatever form a flow writes them. */
  addPlaceholders(recorded: unknown): void {
    for (const [placeholder] of JSON.stringify(recorded ?? null).matchAll(PLACEHOLDER)) {
      if (!this.#known.has(placeholder)) this.#known.set(placeholder, { placeholder, forms: formsOf(placeholder) });
    }
  }

  /** @param name What the placeholder is called; a second secret of the name gets a number. */
  add(value: string, name: string): void {
    if (value.length >= LEAST_HIDDEN) this.#set(value, name, formsOf(value));
  }

  /** Learns what is secret by its name: of headers or of parameters. */
  learnNamed(values: Readonly<Record<string, unknown>>, from: string): void {
    for (const [name, value] of Object.entries(values)) {
      if (typeof value === 'string' && SECRET_NAME.test(name)) this.add(value.replace(SCHEME, ''), `${from}.${name}`);
    }
  }

  /** Learns what is secret by its name in a body: of JSON, or of a form. */
  learnBody(body: string, from: string): void {
    if (/^\s*[[{]/.test(body)) {
      try {
        this.learnMembers(parseJsonText(body), from);
      } catch {
        // It only looked like JSON: there are no members to know.
      }
    } else if (/^[^\s=&]+=/.test(body)) this.learnNamed(Object.fromEntries(new URLSearchParams(body)), from);
  }

  /** Learns what is secret by its name, however deep it stands. */
  learnMembers(value: unknown, from: string): void {
    if (Array.isArray(value)) for (const item of value) this.learnMembers(item, from);
    else if (isPlainObject(value)) {
      this.learnNamed(value, from);
      for (const member of Object.values(value)) this.learnMembers(member, from);
    }
  }

  /** The same value with placeholders in place of secrets, in keys too. */
  hide<T>(value: T): T {
    // A text for a text, and otherwise the same shape.
    return this.#hidden(value, this.#longestFirst()) as T;
  }

  /** The placeholder of a secret that a text shows in some form; null: it shows none. */
  shownIn(text: string): string | null {
    const found = [...this.#known].find(
      ([value, { placeholder, forms }]) => value !== placeholder && forms.some((form) => text.includes(form.text)),
    );
    return found?.[1].placeholder ?? null;
  }

  #set(value: string, name: string, forms: readonly Form[]): void {
    if (this.#known.has(value) || [...this.#known.values()].some(({ placeholder }) => placeholder === value)) return;
    if (value === `{{secret.${name}}}`) {
      this.#known.set(value, { placeholder: value, forms });
      return;
    }
    const count = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, count);
    const placeholder = `{{secret.${count === 1 ? name : `${name}.${count}`}}}`;
    this.#known.set(value, { placeholder, forms });
  }

  /** A secret that holds another is replaced whole. */
  #longestFirst(): readonly (readonly [form: Form, placeholder: string])[] {
    const all = [...this.#known.values()].flatMap(({ placeholder, forms }) =>
      forms.map((form) => [form, placeholder] as const),
    );
    return all.sort(([a], [b]) => b.text.length - a.text.length);
  }

  #hidden(value: unknown, forms: readonly (readonly [Form, string])[]): unknown {
    if (typeof value === 'string') return hiddenText(value, forms);
    if (Array.isArray(value)) return value.map((item: unknown) => this.#hidden(item, forms));
    if (!isPlainObject(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [hiddenText(key, forms), this.#hidden(member, forms)]),
    ) as Readonly<Record<string, Value>>; // members keep their kind
  }
}

function hiddenText(text: string, forms: readonly (readonly [Form, string])[]): string {
  let shown = text;
  for (const [{ text: form, kind }, placeholder] of forms) {
    if (!shown.includes(form)) continue;
    if (kind === 'literal') shown = shown.replaceAll(form, () => placeholder);
    else shown = shown.replace(new RegExp(`[\\w+/=-]*${asPattern(form)}[\\w+/=-]*`, 'g'), () => placeholder);
  }
  return shown;
}

function asPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
