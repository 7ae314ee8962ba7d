/** What must not matter to a pure card, and how it is made another: the time, the zone and the language of the machine. */
import { LEAVE, replace, type Spot, type StandIn, standBefore } from './stand-in.js';

/** What can be another than it is. */
export type Circumstance = 'time' | 'zone' | 'language';

/** How each is told of, behind `The card gives something else`. */
export const CIRCUMSTANCES: Readonly<Record<Circumstance, { readonly told: string; readonly remedy: string }>> = {
  time: { told: 'at another time', remedy: 'It reads the clock.' },
  zone: {
    told: 'in another time zone',
    remedy: 'It takes the zone of the machine: have it named by an input, or use UTC.',
  },
  language: {
    told: 'on a machine with another language',
    remedy: 'Name a language, such as "en", where it sorts or writes.',
  },
};

/** Eleven years, a month and some: no part of a date stays what it is, the day of the week included. */
const LATER_MS = 4057 * 86_400_000 + 5 * 3_600_000 + 7 * 60_000 + 13_123;
const LATER_NS = BigInt(LATER_MS) * 1_000_000n;
/** Sorts letters, writes numbers and dates in its own way. */
const LANGUAGE = 'sv';
/** Has capitals of its own. */
const CAPITALS = 'tr';
/** No whole hours from anywhere, on either side of the day. */
const ZONES = ['Pacific/Chatham', 'America/St_Johns'] as const;

/** Stand-ins for whatever depends on the circumstances. They do nothing until something is changed. */
export function installElsewhere(isChanged: (what: Circumstance) => boolean): readonly (() => void)[] {
  return [...clocks(() => isChanged('time')), ...languages(() => isChanged('language'))];
}

/** Does some work in another zone. */
export async function inAnotherZone<T>(work: () => Promise<T>): Promise<T> {
  const own = process.env['TZ'];
  const here = new Intl.DateTimeFormat('en').resolvedOptions().timeZone;
  process.env['TZ'] = ZONES.find((zone) => zone !== here) ?? ZONES[0];
  try {
    return await work();
  } finally {
    if (own === undefined) delete process.env['TZ'];
    else process.env['TZ'] = own;
  }
}

function clocks(isLater: () => boolean): readonly (() => void)[] {
  const RealDate = Date;
  const now = RealDate.now.bind(RealDate);
  const moment = () => now() + (isLater() ? LATER_MS : 0);
  const plus = (ms: number): StandIn => ({
    called: (self, args, original) => (isLater() ? Reflect.apply(original, self, args) + ms : LEAVE),
  });
  const formats = Intl.DateTimeFormat.prototype;
  const format = Object.getOwnPropertyDescriptor(formats, 'format')?.get;
  return [
    standBefore({ owner: RealDate, name: 'now' }, plus(LATER_MS)),
    standBefore(
      { owner: globalThis, name: 'Date' },
      {
        called: () => (isLater() ? new RealDate(moment()).toString() : LEAVE),
        made: (args) => (isLater() && args.length === 0 ? new RealDate(moment()) : LEAVE),
      },
    ),
    standBefore({ owner: Object.getPrototypeOf(performance), name: 'now' }, plus(LATER_MS)),
    standBefore({ owner: process, name: 'uptime' }, plus(LATER_MS / 1000)),
    standBefore(
      { owner: process.hrtime, name: 'bigint' },
      { called: (self, args, original) => (isLater() ? Reflect.apply(original, self, args) + LATER_NS : LEAVE) },
    ),
    standBefore(
      { owner: process, name: 'hrtime' },
      {
        called: (self, args, original) => {
          if (!isLater() || args.length > 0) return LEAVE;
          const [seconds, rest] = Reflect.apply(original, self, args);
          return [seconds + Math.floor(LATER_MS / 1000), rest];
        },
      },
    ),
    standBefore(
      { owner: formats, name: 'formatToParts' },
      {
        called: (self, args, original) =>
          isLater() && args[0] === undefined ? Reflect.apply(original, self, [moment()]) : LEAVE,
      },
    ),
    replaceGetter({ owner: formats, name: 'format' }, (self) => {
      const own: (date?: unknown) => string = Reflect.apply(format as () => never, self, []); // every platform has it
      return isLater() ? (date: unknown) => own(date ?? moment()) : own;
    }),
  ];
}

function languages(isOther: () => boolean): readonly (() => void)[] {
  const first = (language: string, place: number): StandIn => {
    const given = (args: readonly unknown[]) => {
      const all = [...args];
      while (all.length <= place) all.push(undefined);
      all[place] = language;
      return all;
    };
    const isOurs = (args: readonly unknown[]) => isOther() && args[place] === undefined;
    return {
      called: (self, args, original) => (isOurs(args) ? Reflect.apply(original, self, given(args)) : LEAVE),
      made: (args, original) => (isOurs(args) ? Reflect.construct(original as new () => object, given(args)) : LEAVE), // all of Intl are classes
    };
  };
  const classes = Object.getOwnPropertyNames(Intl).filter((name) => /^[A-Z]/.test(name) && name !== 'Locale');
  const dates = ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'];
  const spots: readonly (readonly [owner: object, names: readonly string[], place: number, language: string])[] = [
    [Intl, classes, 0, LANGUAGE],
    [Number.prototype, ['toLocaleString'], 0, LANGUAGE],
    [BigInt.prototype, ['toLocaleString'], 0, LANGUAGE],
    [Date.prototype, dates, 0, LANGUAGE],
    [String.prototype, ['localeCompare'], 1, LANGUAGE],
    [String.prototype, ['toLocaleUpperCase', 'toLocaleLowerCase'], 0, CAPITALS],
  ];
  return spots.flatMap(([owner, names, place, language]) =>
    names.map((name) => standBefore({ owner, name }, first(language, place))),
  );
}

function replaceGetter(spot: Spot, get: (self: unknown) => unknown): () => void {
  const restore = replace(spot, null);
  Object.defineProperty(spot.owner, spot.name, {
    get(this: unknown) {
      return get(this);
    },
    configurable: true,
  });
  return restore;
}
