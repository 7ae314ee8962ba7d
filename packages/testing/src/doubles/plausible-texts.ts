/** What a text of a given name holds, as a table: the first pattern that fits decides. */
import type { Made } from './made.js';

const DAY_MS = 86_400_000;
const WORDS = ['amber', 'birch', 'cedar', 'delta', 'ember', 'fjord', 'grove', 'hazel'];
const FIRST = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald'];
const LAST = ['Lovelace', 'Hopper', 'Turing', 'Dijkstra', 'Liskov', 'Knuth'];

/** What holds JSON, by its name. */
export const EMPTY_JSON = '{}';

type TextMaker = (made: Made) => string;

const mail: TextMaker = ({ random }) => `${pick(FIRST, random).toLowerCase()}@example.com`;
const moment: TextMaker = (made) => pastDate(made).toISOString();
const always =
  (text: string): TextMaker =>
  () =>
    text;

const TEXTS: readonly (readonly [RegExp, TextMaker])[] = [
  [/time.?zone|^tz$/i, always('Europe/Vienna')],
  // "Last Login" is a date, "Login" an address, "Updated By" a person.
  [/last.?(log|sign|seen|sync|access|activ|use|update|modif|change|run|check)/i, moment],
  [/(date|time|stamp|\bat|\bon)$/i, moment],
  [/\bby$|owner|manager|author\b|e-?mail|login|user.?name|recipient|\bto\b|\bfrom\b|\bcc\b/i, mail],
  [/first.?name|given/i, ({ random }) => pick(FIRST, random)],
  [/last.?name|surname|family/i, ({ random }) => pick(LAST, random)],
  [/display.?name|full.?name/i, ({ random }) => `${pick(FIRST, random)} ${pick(LAST, random)}`],
  [/phone|mobile|sms/i, ({ random }) => `+1500555${String(Math.floor(random() * 10_000)).padStart(4, '0')}`],
  [/ur[il]|link|href|endpoint/i, ({ random }) => `https://example.com/${pick(WORDS, random)}`],
  [/domain|host/i, always('example.com')],
  [/^(http.?|request.?)?(method|verb)$/i, always('GET')],
  [/content.?type|media.?type|mime/i, always('application/json')],
  [/file.?name/i, ({ random }) => `${pick(WORDS, random)}.txt`],
  [/date|time|created|updated|published|expir|until|since|deadline/i, moment],
  [/status.?code/i, always('200')],
  [/status|state/i, always('ACTIVE')],
  [/json|body|payload|raw|scopes?$/i, always(EMPTY_JSON)],
  [/ip.?addr|\bip\b/i, ({ random }) => `192.0.2.${1 + Math.floor(random() * 250)}`],
  [/country/i, always('AT')],
  [/language|locale/i, always('en')],
  [/currency/i, always('EUR')],
  [/^version$|version.?(number|no)/i, always('1.0.0')],
  [
    /(count|number|amount|total|limit|offset|days?|hours?|minutes?)$/i,
    ({ random }) => String(1 + Math.floor(random() * 9)),
  ],
  [/id$|uuid|guid|key$|sid$/i, ({ random }) => `id-${Math.floor(random() * 1e9).toString(36)}`],
];

/** @param names How the field is called, then how its readers are: the first that says something decides. */
export function plausibleText(names: readonly string[], otherwise: string, made: Made): string {
  return textByName(names, made) ?? `${pick(WORDS, made.random)} ${otherwise.toLowerCase()}`.slice(0, 60);
}

/** Null: none of the names says anything. */
export function textByName(names: readonly string[], made: Made): string | null {
  for (const name of names) {
    const found = TEXTS.find(([pattern]) => pattern.test(name));
    if (found) return found[1](made);
  }
  return null;
}

/** A day of the year before. */
export function pastDate({ random, now }: Made): Date {
  return new Date(now - Math.floor(random() * 365) * DAY_MS);
}

export function pick<T>(list: readonly T[], random: () => number): T {
  // `random` is below 1, and no list here is empty.
  return list[Math.floor(random() * list.length)] as T;
}
