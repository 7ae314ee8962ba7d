/** Work that may or may not have to wait: it stays synchronous for as long as nothing does. */
export type Eventual<T> = T | Promise<T>;

export function isPromise<T>(value: Eventual<T>): value is Promise<T> {
  return value instanceof Promise;
}

/** Hands `value` to `next`: at once, or when it has come. */
export function after<T, R>(value: Eventual<T>, next: (value: T) => Eventual<R>): Eventual<R> {
  return isPromise(value) ? value.then(next) : next(value);
}

/** Takes turns until one gives false. A turn that waits makes the rest asynchronous, without a growing chain of promises. */
export function repeat(turn: () => Eventual<boolean>): Eventual<undefined> {
  for (;;) {
    const more = turn();
    if (isPromise(more)) return continueRepeat(more, turn);
    if (!more) return undefined;
  }
}

async function continueRepeat(pending: Promise<boolean>, turn: () => Eventual<boolean>): Promise<undefined> {
  let more = await pending;
  while (more) {
    const next = turn();
    more = isPromise(next) ? await next : next;
  }
  return undefined;
}
