/** The secrets of a run tree: which texts they are, how many are kept, and the scanner that finds them. */
import { basicForms, formsOf } from './encodings.js';
import { createScanner, WINDOW } from './scanner.js';

/** What stands in the place of a secret. */
export const REDACTED = '[redacted]';

/** The first secrets of a run tree (its connections and inputs) are kept until it ends. */
const KEPT = 1024;
/** Of those that come later, in loops, this many and the newest half when there are more: memory stays bounded. */
const RECENT = 8192;

export interface Vault {
  /** Texts shorter than four characters, blank ones and parts of `[redacted]` cannot be kept secret. */
  add(secret: string): void;
  /** Hides what HTTP Basic authentication makes of the two. */
  addBasic(user: string, password: string): void;
  test(text: string): boolean;
  hide(text: string): string;
  /** True: some secret could turn up as a number. */
  readonly numeric: boolean;
  readonly empty: boolean;
}

export function createVault(): Vault {
  const kept = new Set<string>();
  const recent = new Set<string>();
  const pairs = new Map<string, readonly [string, string]>();
  let scanner: ReturnType<typeof createScanner> | null = null;
  let numeric = false;

  /** What the scanner does not know yet. Its forms cost more than a small run, and most runs show nothing to anybody. */
  let unread: (string | readonly [string, string])[] = [];

  const read = () => {
    for (const secret of unread) {
      scanner ??= createScanner();
      for (const form of typeof secret === 'string' ? formsOf(secret) : basicForms(...secret)) scanner.add(form);
      if (typeof secret === 'string') numeric ||= /^[-+.\de]+$/i.test(secret);
    }
    unread = [];
    return scanner;
  };
  const forgetOldest = () => {
    let surplus = RECENT / 2;
    for (const secret of recent) {
      if (surplus-- <= 0) break;
      recent.delete(secret);
    }
    scanner = null;
    unread = [...kept, ...recent, ...pairs.values()];
  };

  return {
    add(secret) {
      if (secret.length < WINDOW || REDACTED.includes(secret) || secret.trim() === '') return;
      if (kept.has(secret) || recent.has(secret)) return;
      const shelf = kept.size < KEPT ? kept : recent;
      shelf.add(secret);
      unread.push(secret);
      if (recent.size > RECENT) forgetOldest();
    },
    addBasic(user, password) {
      const key = JSON.stringify([user, password]);
      if (pairs.size >= KEPT || pairs.has(key)) return;
      pairs.set(key, [user, password]);
      unread.push([user, password]);
    },
    test: (text) => read()?.test(text) ?? false,
    hide: (text) => read()?.replace(text, REDACTED) ?? text,
    get numeric() {
      read();
      return numeric;
    },
    get empty() {
      return scanner === null && unread.length === 0;
    },
  };
}
