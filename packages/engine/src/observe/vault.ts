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

  const learn = (secret: string) => {
    scanner ??= createScanner();
    for (const form of formsOf(secret)) scanner.add(form);
    numeric ||= /^[-+.\de]+$/i.test(secret);
  };
  const learnBasic = (user: string, password: string) => {
    scanner ??= createScanner();
    for (const form of basicForms(user, password)) scanner.add(form);
  };
  const forgetOldest = () => {
    let surplus = RECENT / 2;
    for (const secret of recent) {
      if (surplus-- <= 0) break;
      recent.delete(secret);
    }
    scanner = null;
    for (const secret of [...kept, ...recent]) learn(secret);
    for (const [user, password] of pairs.values()) learnBasic(user, password);
  };

  return {
    add(secret) {
      if (secret.length < WINDOW || REDACTED.includes(secret) || secret.trim() === '') return;
      if (kept.has(secret) || recent.has(secret)) return;
      const shelf = kept.size < KEPT ? kept : recent;
      shelf.add(secret);
      learn(secret);
      if (recent.size > RECENT) forgetOldest();
    },
    addBasic(user, password) {
      const key = JSON.stringify([user, password]);
      if (pairs.size >= KEPT || pairs.has(key)) return;
      pairs.set(key, [user, password]);
      learnBasic(user, password);
    },
    test: (text) => scanner?.test(text) ?? false,
    hide: (text) => scanner?.replace(text, REDACTED) ?? text,
    get numeric() {
      return numeric;
    },
    get empty() {
      return scanner === null;
    },
  };
}
