// What sends deliveries and makes orders in the crash script, as services and their customers do.
import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

export class Sender {
  /** Subjects whose delivery was taken. */
  accepted = [];
  /** Subjects whose delivery was refused, and never cut off: no flow may hear them. */
  refused = [];
  /** Webhooks that the host was seen to know. */
  known = new Set();
  #world;
  #draw;
  #underWay = new Set();
  #made = 0;

  constructor(world, draw) {
    this.#world = world;
    this.#draw = draw;
  }

  /** Customers write and order all the time, until they are told to stop. */
  load() {
    const timer = setInterval(() => {
      this.deliver();
      if (this.#draw(3) === 0) this.order();
    }, 40);
    this.order();
    return { stop: () => clearInterval(timer) };
  }

  order() {
    this.#world.orders.push({ subject: `order-${++this.#made}` });
  }

  /** Resolves when somebody has answered: to the latest URL, or now and then to the one before. */
  deliver() {
    const hooks = this.#world.everRegistered;
    const hook = hooks.at(-1 - this.#draw(Math.min(2, hooks.length)));
    if (hook === undefined) return Promise.resolve();
    const sent = this.#send(hook, `message-${++this.#made}`).finally(() => this.#underWay.delete(sent));
    this.#underWay.add(sent);
    return sent;
  }

  get isIdle() {
    return this.#underWay.size === 0;
  }

  /** As services do: again until it is answered, each time under the same id. */
  async #send(hook, subject) {
    const body = JSON.stringify({ subject });
    const signature = createHmac('sha256', hook.secret).update(body).digest('hex');
    const headers = { 'x-delivery': subject, 'x-signature': signature };
    let wasCut = false;
    for (;;) {
      const status = await fetch(hook.url, { method: 'POST', body, headers }).then(
        (answer) => answer.status,
        () => null,
      );
      if (status === 200) {
        this.known.add(hook.id);
        this.accepted.push(subject);
        return;
      }
      // Off, or a former URL. What was cut off before may have been taken then.
      if (status === 410) {
        if (!wasCut) this.refused.push(subject);
        return;
      }
      if (status !== null && status !== 503) throw new Error(`A delivery was answered with ${status}.`);
      if (status === null) wasCut = true;
      await pause(50);
    }
  }
}
