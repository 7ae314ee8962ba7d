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

/** What `load` gives: a promise while it is loaded, and at hand from then on, for the loader takes longer than most cards. */
export function lazily<T>(load: () => Promise<T>): () => Eventual<T> {
  let loaded: { readonly value: T } | null = null;
  return () =>
    loaded === null
      ? load().then((value) => {
          loaded = { value };
          return value;
        })
      : loaded.value;
}
