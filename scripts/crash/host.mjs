// Kills a host (`flowdeck serve`, kill -9) at every step of what it does, and counts at the service what became of everything.
import { setTimeout as pause } from 'node:timers/promises';
import { isKept, judge } from './judge.mjs';
import { Sender } from './sender.mjs';
import { ServedHost } from './served.mjs';
import { World } from './world.mjs';

/** Where a kill is aimed: at a step that the service sees, or at one that is seen here. */
export const AIMS = ['on', 'off', 'register', 'poll', 'deliver', 'refresh', 'renew', 'deregister', 'effect', 'start'];
/** What the flow is before. */
const BEFORE = { on: 'off', register: 'off', off: 'on', deregister: 'on', deliver: 'on', renew: 'on' };
/** A step that does not come is not waited for any longer. */
const PATIENCE_MS = 20_000;
/** Enough that some go to the URL of now. */
const DELIVERIES_AT_LAST = 16;
const SETTLE_MS = 120_000;

/**
 * Kills a host so often, at each of `aims` in turn, and judges. `draw(most)` gives a whole number below `most`; `tell`
 * hears of each kill. `strays` are webhooks at the service whose names the host never heard, or that have ended: what comes
 * from them is refused.
 */
export async function crashHost({ kills, draw, aims = AIMS, tell = () => {} }) {
  const stage = new Stage(draw);
  await stage.open();
  try {
    const order = [...aims];
    const killedAt = {};
    for (let done = 0; done < kills; done++) {
      if (done % order.length === 0) shuffle(order, draw);
      const aim = await stage.killAt(order[done % order.length]);
      killedAt[aim] = (killedAt[aim] ?? 0) + 1;
      tell(done + 1);
    }
    const verdict = await stage.settle();
    return { killedAt, verdict, counts: stage.counts(), isKept: isKept(verdict) };
  } finally {
    await stage.close();
  }
}

class Stage {
  #draw;
  #world = new World();
  #host = new ServedHost(this.#world);
  #sender;
  /** What the owner was answered that the flow is. Null while nobody knows: the call was cut off. */
  #wish = null;
  /** Wishes that were answered and not kept. */
  #broken = [];

  constructor(draw) {
    this.#draw = draw;
    this.#sender = new Sender(this.#world, draw);
  }

  async open() {
    await this.#world.open();
    await this.#host.open();
  }

  /** Kills the host at such a step, and gives what it was killed at in the end. */
  async killAt(aim) {
    if (aim === 'start') {
      const late = pause(150 + this.#draw(900)).then(() => this.#host.kill());
      await this.#host.start();
      await late;
      return this.#killed(aim);
    }
    await this.#host.start();
    await this.#lookAtWish();
    await this.#prepare(aim);
    const at = this.#draw(2) === 0 ? 'asked' : 'done';
    const late = this.#draw(2) * this.#draw(12);
    const load = this.#sender.load();
    const what = await this.#reached(aim, at);
    if (late > 0) await pause(late);
    load.stop();
    return this.#killed(what);
  }

  /** Brings the step about; gives the step when it is reached, or `idle` when it does not come. */
  async #reached(aim, at) {
    const isSeen = new Promise((resolve) => {
      this.#world.onStep = (step, moment) => {
        if (step === aim && moment === at) resolve(aim);
      };
    });
    const doing = this.#do(aim);
    const isHere = doing === null ? [] : [at === 'asked' ? aim : doing.then(() => aim)];
    const patience = new AbortController();
    const idle = pause(PATIENCE_MS, 'idle', { signal: patience.signal }).catch(() => 'idle');
    const what = await Promise.race([isSeen, idle, ...isHere]);
    patience.abort();
    return what;
  }

  /** Null where the service sees the step. */
  #do(aim) {
    if (aim === 'deliver') return Promise.all([1, 2, 3, 4].map(() => this.#sender.deliver()));
    const turned = BEFORE[aim] === 'off' ? this.#turn(true) : null;
    const ended = aim === 'off' || aim === 'deregister' ? this.#turn(false) : null;
    return aim === 'on' ? turned : aim === 'off' ? ended : null;
  }

  /** What is to be turned on is off before, and what is to be turned off, on. */
  async #prepare(aim) {
    const wanted = BEFORE[aim];
    if (wanted === undefined) return this.#wish === null ? this.#turn(true) : undefined;
    await this.#turn(wanted === 'on');
    await within(PATIENCE_MS, async () => (await this.#webhook()).phase === wanted);
  }

  async #killed(aim) {
    this.#host.kill();
    this.#world.onStep = () => {};
    await this.#host.exited;
    return aim;
  }

  async #webhook() {
    return (await this.#host.ask('flows/hears', 'GET')).webhook;
  }

  async #turn(on) {
    this.#wish = null;
    if ((await this.#host.ask(`flows/hears/${on ? 'on' : 'off'}`)) !== null) this.#wish = on;
  }

  async #lookAtWish() {
    const { on } = await this.#host.ask('flows/hears', 'GET');
    if (this.#wish !== null && on !== this.#wish) this.#broken.push(`start ${this.#world.epoch}: on is ${on}`);
  }

  /** Lets one more host bring everything to its end, turns all off, and judges. */
  async settle() {
    await this.#host.start();
    await this.#lookAtWish();
    await this.#turn(true);
    // One that ended while no host ran is made anew first.
    const isOn = await within(SETTLE_MS, async () => {
      const { phase, url } = await this.#webhook();
      return phase === 'on' && this.#world.live().some((hook) => hook.url === url);
    });
    if (!isOn)
      this.#broken.push(`it is never on, or the service never knows: ${JSON.stringify(await this.#webhook())}`);
    // What comes now is heard, whatever the host was killed at. Some go to the URL before, as always.
    for (let i = 0; i < DELIVERIES_AT_LAST; i++) this.#sender.deliver();
    await within(SETTLE_MS, () => this.#sender.isIdle);
    const orders = this.#world.orders.map(({ subject }) => subject);
    const { accepted, refused, known } = this.#sender;
    await within(SETTLE_MS, () => {
      const seconds = this.#world.effects.filter(({ what }) => what === 'second');
      const done = new Set(seconds.map(({ subject }) => subject));
      return [...accepted, ...orders].every((subject) => done.has(subject));
    });
    await this.#turn(false);
    await within(SETTLE_MS, async () => (await this.#webhook()).phase === 'off');
    const code = await this.#host.end();
    if (code !== 0) this.#broken.push(`the last host ended with ${code}`);
    return judge({
      accepted,
      refused,
      orders,
      effects: this.#world.effects,
      left: this.#world.live().map(({ id }) => id),
      known,
      wishes: this.#broken,
      connection: await this.#host.connection(),
    });
  }

  counts() {
    const { effects, orders, everRegistered, deregistered, renewals, epoch } = this.#world;
    return {
      accepted: this.#sender.accepted.length,
      refused: this.#sender.refused.length,
      orders: orders.length,
      repeated: effects.length - new Set(effects.map(({ what, subject }) => `${what} ${subject}`)).size,
      registrations: everRegistered.length,
      strays: everRegistered.length - deregistered,
      renewals,
      starts: epoch,
    };
  }

  async close() {
    await this.#host.close();
    await this.#world.close();
  }
}

/** True when it became so in that time. */
async function within(ms, isSo) {
  const end = Date.now() + ms;
  while (!(await isSo())) {
    if (Date.now() > end) return false;
    await pause(20);
  }
  return true;
}

function shuffle(list, draw) {
  for (let at = list.length - 1; at > 0; at--) {
    const other = draw(at + 1);
    [list[at], list[other]] = [list[other], list[at]];
  }
}
