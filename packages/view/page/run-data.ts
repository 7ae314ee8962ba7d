/** The run that the page holds, opened: columns at once, values when they are asked for. */
import { type PackedCard, type PackedExchange, type PackedFlow, type PackedRun, STATES } from '../src/report/packed.js';

export type StepState = (typeof STATES)[number];

/** Inflates what `deflated` packed. Throws where the platform cannot. */
export async function inflated(packed: string): Promise<string> {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).text();
}

export class RunData {
  readonly run: PackedRun;
  readonly stepCount: number;
  readonly failures: readonly number[];
  /** First step of each execution, and one more. */
  readonly #firsts: readonly number[];
  readonly #callees: ReadonlyMap<number, readonly number[]>;
  readonly #exchanges: ReadonlyMap<number, readonly PackedExchange[]>;
  readonly #packed: readonly string[];
  readonly #opened = new Map<number, readonly unknown[]>();
  readonly #opening = new Map<number, Promise<void>>();
  #byTime: { readonly order: readonly number[]; readonly rank: Uint32Array } | null = null;

  constructor(run: PackedRun, packed: readonly string[]) {
    this.run = run;
    this.#packed = packed;
    this.stepCount = run.steps.seq.length;
    const firsts = new Array<number>(run.executions.id.length + 1).fill(this.stepCount);
    for (let step = this.stepCount - 1; step >= 0; step--) firsts[run.steps.execution[step] ?? 0] = step;
    for (let at = firsts.length - 2; at >= 0; at--) firsts[at] = Math.min(firsts[at] ?? 0, firsts[at + 1] ?? 0);
    this.#firsts = firsts;
    this.#callees = groups(run.executions.caller, (_, index) => index);
    this.#exchanges = groups(
      run.exchanges.map(({ step }) => step),
      (_, index) => run.exchanges[index],
    );
    const failed = STATES.indexOf('error');
    this.failures = run.steps.state.flatMap((state, step) => (state === failed ? [step] : []));
  }

  text(number: number): string {
    return this.run.names[number] ?? '';
  }

  state(step: number): StepState {
    return STATES[this.run.steps.state[step] ?? 0] ?? 'success';
  }

  executionState(execution: number): StepState {
    return STATES[this.run.executions.state[execution] ?? 0] ?? 'success';
  }

  title(step: number): string {
    return this.text(this.run.steps.title[step] ?? -1);
  }

  cardId(step: number): string {
    return this.text(this.run.steps.card[step] ?? -1);
  }

  type(step: number): string {
    return this.text(this.run.steps.type[step] ?? -1);
  }

  executionOf(step: number): number {
    return this.run.steps.execution[step] ?? 0;
  }

  stepsOf(execution: number): readonly [first: number, end: number] {
    return [this.#firsts[execution] ?? 0, this.#firsts[execution + 1] ?? this.stepCount];
  }

  calleesOf(step: number): readonly number[] {
    return this.#callees.get(step) ?? [];
  }

  exchangesOf(step: number): readonly PackedExchange[] {
    return this.#exchanges.get(step) ?? [];
  }

  callerOf(execution: number): number {
    return this.run.executions.caller[execution] ?? -1;
  }

  flowOf(execution: number): PackedFlow | null {
    return this.run.flows[this.run.executions.flow[execution] ?? -1] ?? null;
  }

  flowName(execution: number): string {
    const number = this.run.executions.flow[execution] ?? -1;
    return number >= 0 ? (this.run.flows[number]?.name ?? '') : this.text(-2 - number);
  }

  cardOf(step: number): PackedCard | null {
    const cards = this.flowOf(this.executionOf(step))?.cards ?? {};
    const id = this.cardId(step);
    return Object.hasOwn(cards, id) ? (cards[id] ?? null) : null;
  }

  /** The step of the same execution that ran a card last before another one. -1: none did. */
  lastRunOf(card: string, before: number): number {
    const [first] = this.stepsOf(this.executionOf(before));
    for (let step = before - 1; step >= first; step--) if (this.cardId(step) === card) return step;
    return -1;
  }

  /** Steps in the order of their starts. */
  get byTime(): { readonly order: readonly number[]; readonly rank: Uint32Array } {
    if (this.#byTime !== null) return this.#byTime;
    const { start } = this.run.steps;
    const order = Array.from({ length: this.stepCount }, (_, step) => step);
    order.sort((a, b) => (start[a] ?? 0) - (start[b] ?? 0) || a - b);
    const rank = new Uint32Array(this.stepCount);
    order.forEach((step, at) => {
      rank[step] = at;
    });
    this.#byTime = { order, rank };
    return this.#byTime;
  }

  /** `undefined`: its chunk is not open yet. */
  value(number: number): unknown {
    if (number < 0) return null;
    const [chunk, at] = this.#placeOf(number);
    const opened = this.#opened.get(chunk);
    return opened === undefined ? undefined : (opened[at] ?? null);
  }

  async open(numbers: readonly number[]): Promise<void> {
    const chunks = new Set(numbers.filter((number) => number >= 0).map((number) => this.#placeOf(number)[0]));
    await Promise.all([...chunks].map((chunk) => this.#openChunk(chunk)));
  }

  /** Numbers of the values whose JSON has this text, whatever its case. */
  async find(text: string): Promise<ReadonlySet<number>> {
    const found = new Set<number>();
    const wanted = text.toLowerCase();
    let first = 0;
    for (const [chunk, size] of this.run.chunks.entries()) {
      await this.#openChunk(chunk);
      for (const [at, value] of (this.#opened.get(chunk) ?? []).entries()) {
        if (JSON.stringify(value).toLowerCase().includes(wanted)) found.add(first + at);
      }
      first += size;
    }
    return found;
  }

  #placeOf(number: number): readonly [chunk: number, at: number] {
    let at = number;
    for (const [chunk, size] of this.run.chunks.entries()) {
      if (at < size) return [chunk, at];
      at -= size;
    }
    return [-1, 0];
  }

  #openChunk(chunk: number): Promise<void> {
    const known = this.#opening.get(chunk);
    if (known !== undefined) return known;
    const opening = inflated(this.#packed[chunk] ?? '').then((text) => {
      const values: unknown = JSON.parse(text);
      this.#opened.set(chunk, Array.isArray(values) ? values : []);
    });
    this.#opening.set(chunk, opening);
    return opening;
  }
}

function groups<T>(
  keys: readonly number[],
  take: (key: number, index: number) => T | undefined,
): ReadonlyMap<number, T[]> {
  const found = new Map<number, T[]>();
  keys.forEach((key, index) => {
    if (key < 0) return;
    const item = take(key, index);
    if (item === undefined) return;
    const group = found.get(key);
    if (group === undefined) found.set(key, [item]);
    else group.push(item);
  });
  return found;
}
