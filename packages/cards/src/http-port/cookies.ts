/** The cookies of one exchange: what a redirect sets, the next request brings along (RFC 6265, section 5). */
import type { CookieJar } from './jar.js';
import type { Hop } from './redirects.js';

/**
 * A jar for one exchange, kept by nobody. Its library, which knows public suffixes, is loaded when a redirect sets the
 * first cookie.
 */
export class Cookies {
  #jar: CookieJar | null = null;

  /** Takes what an answer sets. A cookie that the rules refuse, such as one for another domain, is left out. */
  async take(hop: Hop, setCookie: readonly string[]): Promise<void> {
    if (setCookie.length === 0) return;
    this.#jar ??= new (await import('./jar.js')).CookieJar();
    for (const text of setCookie) await this.#jar.setCookie(text, hop.url.href, { ignoreError: true });
  }

  /** The request with the cookies that belong to its address, after those that the flow set itself. */
  async give(hop: Hop): Promise<Hop> {
    const kept = (await this.#jar?.getCookieString(hop.url.href)) ?? '';
    if (kept === '') return hop;
    const own = hop.headers.get('cookie');
    const value = own === undefined ? kept : `${own.value}; ${kept}`;
    return { ...hop, headers: new Map([...hop.headers, ['cookie', { name: own?.name ?? 'Cookie', value }]]) };
  }
}
