/** An authorization server for tests, as a port: rotates refresh tokens, and ends a grant when an old one comes again. */
import type { HttpPort, HttpRequest, HttpResponse } from '@flowdeck/engine';

/** What a test looks at, and what it may change. */
export class TokenServer implements HttpPort {
  /** Access tokens that the service takes. */
  readonly valid = new Set<string>();
  /** Every request for a token, as its form. */
  readonly asked: Record<string, string>[] = [];
  readonly headers: Readonly<Record<string, string>>[] = [];
  /** Requests to the service itself, by their Authorization. */
  readonly served: string[] = [];
  /** The refresh token of now; an older one ends the grant. */
  refresh: string;
  dead = false;
  expiresIn: number | undefined = 3600;
  /** Answers in place of the server, as long as it is set. */
  instead:
    | ((form: Record<string, string>) => { status: number; body: string; headers?: Record<string, string> })
    | null = null;
  #count = 0;

  constructor(refresh = 'refresh-0-of-this-server') {
    this.refresh = refresh;
  }

  async request(request: HttpRequest): Promise<HttpResponse> {
    // Others get their turn, as they do while a request is on its way.
    await new Promise((resolve) => setImmediate(resolve));
    const { status, body, headers = {} } = request.url.includes('/token') ? this.#token(request) : this.#serve(request);
    const type = { 'content-type': 'application/json', ...headers };
    return { status, statusText: '', headers: type, body: new TextEncoder().encode(body), url: request.url };
  }

  #token({ body, headers }: HttpRequest) {
    const form = Object.fromEntries(new URLSearchParams(String(body)));
    this.asked.push(form);
    this.headers.push(headers);
    if (this.instead) return this.instead(form);
    const isRefresh = form['grant_type'] === 'refresh_token';
    if (isRefresh && (this.dead || form['refresh_token'] !== this.refresh)) {
      this.dead = true;
      this.valid.clear();
      return { status: 400, body: JSON.stringify({ error: 'invalid_grant', error_description: 'reuse' }) };
    }
    this.#count++;
    const token = `access-${this.#count}-of-this-server`;
    this.valid.add(token);
    if (form['grant_type'] !== 'client_credentials') this.refresh = `refresh-${this.#count}-of-this-server`;
    const granted = {
      access_token: token,
      token_type: 'Bearer',
      expires_in: this.expiresIn,
      ...(form['grant_type'] === 'client_credentials' ? {} : { refresh_token: this.refresh }),
    };
    return { status: 200, body: JSON.stringify(granted) };
  }

  #serve({ headers }: HttpRequest): { status: number; body: string; headers?: Record<string, string> } {
    const given = headers['Authorization'] ?? headers['authorization'] ?? '';
    this.served.push(given);
    const token = given.replace(/^Bearer /, '');
    return this.valid.has(token) ? { status: 200, body: '{"ok":true}' } : { status: 401, body: '{"ok":false}' };
  }
}
