/** The cookies of one exchange: what a redirect sets, the next request brings along (RFC 6265, section 5). */
import type { CookieJar } from './jar.js';
import type { Hop } from './redirects.js';

/**
 * A jar for one exchange, kept by nobody. Its library, which knows public suffixes, is loaded when a redirect sets the
 * first cookie.
 */
export class Cookies {
  #jar: CookieJar | null = null;
  /** Names that answers gave a value or an end, with the path for which they did. */
  readonly #taken: { readonly name: string; readonly path: string }[] = [];

  /** Takes what an answer sets. A cookie that the rules refuse, such as one for another domain, is left out. */
  async take(hop: Hop, setCookie: readonly string[]): Promise<void> {
    if (setCookie.length === 0) return;
    this.#jar ??= new (await import('./jar.js')).CookieJar();
    for (const text of setCookie) {
      const cookie = await this.#jar.setCookie(text, hop.url.href, { ignoreError: true });
      if (cookie !== undefined) this.#taken.push({ name: cookie.key, path: cookie.path ?? '/' });
    }
  }

  /**
   * The request with the cookies that belong to its address, after those that the flow set itself. Of the flow's own, those
   * stay away that an answer has replaced or ended.
   */
  async give(hop: Hop): Promise<Hop> {
    if (this.#taken.length === 0) return hop;
    const own = hop.headers.get('cookie');
    const pairs = own === undefined ? [] : await this.#stillTrue(own.value, hop.url.pathname);
    const kept = (await this.#jar?.getCookieString(hop.url.href)) ?? '';
    const value = [...pairs, ...(kept === '' ? [] : [kept])].join('; ');
    const headers = new Map(hop.headers);
    if (value === '') headers.delete('cookie');
    else headers.set('cookie', { name: own?.name ?? 'Cookie', value });
    return { ...hop, headers };
  }

  async #stillTrue(cookies: string, path: string): Promise<string[]> {
    const { pathMatch } = await import('./jar.js');
    const replaced = new Set(this.#taken.filter((one) => pathMatch(path, one.path)).map(({ name }) => name));
    const pairs = cookies.split(';').map((pair) => pair.trim());
    return pairs.filter((pair) => pair !== '' && !replaced.has(pair.split('=', 1)[0] ?? ''));
  }
}
