// The service of the crash script: it grants tokens that rotate, registers webhooks, lists orders, and counts what flows do.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

/** Short, so that a token is renewed all the time. */
const ACCESS_MS = 2_000;
/** A former refresh token is good for so long: the answer with the new one may be lost. */
const GRACE_MS = 60_000;

/** A webhook that is not renewed ends: a host renews it halfway. */
const HOOK_MS = 8_000;

/** What a request is a step of. */
const STEPS = {
  'POST token': 'refresh',
  'POST hooks': 'register',
  'GET hooks': 'exists',
  'PUT hooks': 'renew',
  'DELETE hooks': 'deregister',
  'GET orders': 'poll',
  'POST effects': 'effect',
};

export class World {
  /** Webhooks by id, and when they end. */
  #hooks = new Map();
  /** Everything that was ever registered. */
  everRegistered = [];
  orders = [];
  /** What flows did: `{what, subject, epoch}`. */
  effects = [];
  /** Counts processes of the host. */
  epoch = 0;
  renewals = 0;
  deregistered = 0;
  /** Called as `(step, 'asked' | 'done')`. */
  onStep = () => {};
  #sockets = new Set();
  #refresh = 'refresh-0';
  #former = { token: null, until: 0 };
  #access = new Map();
  #server = createServer((request, response) => this.#take(request, response));

  async open() {
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    this.host = `127.0.0.1:${this.#server.address().port}`;
    this.url = `http://${this.host}`;
  }

  close() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  /** Webhooks that have not ended. */
  live() {
    return this.everRegistered.filter(({ id }) => (this.#hooks.get(id) ?? 0) > Date.now());
  }

  /** Lets a webhook last, and tells of it. */
  #lasting({ id }) {
    const until = Date.now() + HOOK_MS;
    this.#hooks.set(id, until);
    return { id, expiresAt: new Date(until).toISOString() };
  }

  /** Resolves when nothing is on its way from a process that was killed. */
  async drained() {
    while (this.#sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  async #take(request, response) {
    const { pathname, searchParams } = new URL(request.url, this.url);
    const [, first, id] = pathname.split('/');
    const step = STEPS[`${request.method} ${first}`];
    this.onStep(step, 'asked');
    const chunks = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return; // The process was killed before it had said all: nothing was asked.
    }
    const body = Buffer.concat(chunks).toString();
    const [status, answer] = this.#answer(step, request.headers.authorization, { id, body, searchParams });
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(answer === undefined ? '' : JSON.stringify(answer), () => this.onStep(step, 'done'));
  }

  #answer(step, authorization, { id, body, searchParams }) {
    if (step === 'refresh') return this.#grant(new URLSearchParams(body).get('refresh_token'));
    const until = this.#access.get(authorization?.replace('Bearer ', '')) ?? 0;
    if (until < Date.now()) return [401, { message: 'This token has ended.' }];
    switch (step) {
      case 'register': {
        const hook = { id: randomUUID(), ...JSON.parse(body) };
        this.everRegistered.push(hook);
        return [201, this.#lasting(hook)];
      }
      case 'renew': {
        const hook = this.live().find((each) => each.id === id);
        return hook === undefined ? [404, { message: 'There is no such hook.' }] : [200, this.#lasting(hook)];
      }
      case 'exists':
        return [200, { ids: this.live().map((hook) => hook.id) }];
      case 'deregister':
        if (!this.#hooks.delete(id)) return [404, { message: 'There is no such hook.' }];
        this.deregistered += 1;
        return [204];
      case 'poll':
        return [200, { orders: this.orders.slice(Number(searchParams.get('after'))), last: this.orders.length }];
      default:
        this.effects.push({ ...JSON.parse(body), epoch: this.epoch });
        return [201, {}];
    }
  }

  /** Rotates: of a token that is used again after its time the whole family ends. */
  #grant(given) {
    const isFormer = given === this.#former.token && Date.now() < this.#former.until;
    if (given !== this.#refresh && !isFormer) {
      this.#access.clear();
      this.#refresh = null;
      return [400, { error: 'invalid_grant' }];
    }
    if (!isFormer) this.#former = { token: given, until: Date.now() + GRACE_MS };
    this.renewals += 1;
    this.#refresh = `refresh-${this.renewals}-${randomUUID()}`;
    const access = `access-${this.renewals}-${randomUUID()}`;
    this.#access.set(access, Date.now() + ACCESS_MS);
    const tokens = { access_token: access, refresh_token: this.#refresh, expires_in: ACCESS_MS / 1000 };
    return [200, { ...tokens, token_type: 'bearer' }];
  }
}
