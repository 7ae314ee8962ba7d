/** The abort controllers of a run: what cards under way hear when it ends. */

export class Controllers {
  readonly #live = new Set<AbortController>();

  make(): AbortController {
    const controller = new AbortController();
    this.#live.add(controller);
    return controller;
  }

  forget(controller: AbortController): void {
    this.#live.delete(controller);
  }

  abort(reason: unknown): void {
    const live = [...this.#live];
    this.#live.clear();
    for (const controller of live) controller.abort(reason);
  }
}

/** For a card that asks after the end. */
export function abortedController(reason: unknown): AbortController {
  const controller = new AbortController();
  controller.abort(reason);
  return controller;
}
