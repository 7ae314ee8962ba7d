/** Puts something else in the place of what the platform has, and puts it back. */

// biome-ignore lint/complexity/noBannedTypes: whatever can be called or constructed
type Callable = Function;

/** A property of the platform with a function in it. */
export interface Spot {
  readonly owner: object;
  readonly name: string;
}

/** Puts a value in the place of another, and gives what puts the other back. */
export function replace({ owner, name }: Spot, value: unknown): () => void {
  const own = Object.getOwnPropertyDescriptor(owner, name);
  Object.defineProperty(owner, name, {
    value,
    configurable: true,
    writable: true,
    enumerable: own?.enumerable ?? false,
  });
  return () => {
    if (own === undefined) Reflect.deleteProperty(owner, name);
    else Object.defineProperty(owner, name, own);
  };
}

/** What stands in for a function: it is asked first, and may leave the call to the function. */
export interface StandIn {
  /** @returns what the call gives, or `LEAVE` for what the function gives. */
  called(self: unknown, args: readonly unknown[], original: Callable): unknown;
  /** The same for `new`. */
  made?(args: readonly unknown[], original: Callable): unknown;
}

export const LEAVE = Symbol('leave');

/** Puts a stand-in before a function, whose properties it keeps, and gives what takes it away again. */
export function standBefore(spot: Spot, { called, made }: StandIn): () => void {
  const original: unknown = Reflect.get(spot.owner, spot.name);
  // A few are fixed for good.
  const isFixed = Object.getOwnPropertyDescriptor(spot.owner, spot.name)?.configurable === false;
  if (typeof original !== 'function' || isFixed) return () => {};
  const stand: object = new Proxy(original, {
    apply: (target, self, args) => {
      const came = called(self, args, original);
      return came === LEAVE ? Reflect.apply(target as () => unknown, self, args) : came; // just seen to be a function
    },
    construct: (target, args, newTarget): object => {
      const came = made === undefined ? LEAVE : made(args, original);
      if (came !== LEAVE) return came as object; // what `new` gives
      return Reflect.construct(target as new () => object, args, newTarget === stand ? target : newTarget); // likewise
    },
  });
  const restored = [replace(spot, stand)];
  const { prototype } = original;
  // Whoever asks what made a value compares with what stands there now.
  if (made !== undefined && prototype?.constructor === original) {
    restored.push(replace({ owner: prototype, name: 'constructor' }, stand));
  }
  return () => {
    for (const restore of restored) restore();
  };
}
