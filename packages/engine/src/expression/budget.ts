/** What one evaluation by JSONata has left: steps, depth, time, size. One per evaluation. */
import { CancelledError, type FlowdeckError } from '../errors.js';
import { DataCopier, isFunction } from './data.js';
import { expressionRefusal, limitError, timeError } from './faults.js';
import type { ExpressionContext, ExpressionLimits } from './types.js';

/** The part of JSONata's outermost frame that a budget works with. */
export interface RootFrame {
  depth: number;
  guardrails: () => void;
  readonly timestamp: Date;
}

/** Steps between two looks at the clock. */
const STEPS_PER_LOOK = 16;
/** Lists and objects that are weighed between two looks. */
const WEIGHED_PER_LOOK = 1_024;
/** Milliseconds after which others get a turn. */
const TURN_MS = 8;
/** Shared parts of the data read are copied once per place: this many sizes of it are accepted. */
const COPY_FACTOR = 8;

/** Ends an evaluation from inside JSONata, which adds properties to what it catches. The budget keeps the real error. */
class Stopped extends Error {}

export class Budget {
  readonly limits: ExpressionLimits;
  readonly copier: DataCopier;
  /** The error that ended the evaluation. */
  fault: FlowdeckError | null = null;
  readonly #context: ExpressionContext;
  readonly #mostDepth: number;
  /** Null until one is needed, and where values may still change after they were weighed. */
  #weights: WeakMap<object, number> | null = null;
  readonly #changes: boolean;
  /** Lists and objects weighed so far. */
  #weighed = 0;
  #ended = false;
  #steps = 0;
  #spentMs = 0;
  #turnStart = Date.now();
  #turn: Promise<void> | null = null;
  #turnIsOver = false;
  #now: number | null = null;

  /**
   * @param size Nodes of the expression: branches of one constructor are under way together, and count as depth.
   * @param changes True when the expression has a transform, the only construct that changes objects.
   */
  constructor(limits: ExpressionLimits, context: ExpressionContext, size: number, changes: boolean) {
    this.limits = limits;
    this.copier = new DataCopier(limits.size * COPY_FACTOR, () => this.look());
    this.#context = context;
    this.#mostDepth = limits.depth + size;
    this.#changes = changes;
  }

  /** Runs at every evaluated node. */
  enter(frame: RootFrame): void {
    if (this.#ended) throw new Stopped();
    if (frame.depth > this.#mostDepth) this.stop(limitError('depth', this.limits.depth));
    this.spend(1);
  }

  /** Charges work, and looks at the clock now and then. */
  spend(steps: number): void {
    const before = this.#steps;
    this.#steps += steps;
    if (this.#steps > this.limits.steps) this.stop(limitError('steps', this.limits.steps));
    if (Math.floor(before / STEPS_PER_LOOK) !== Math.floor(this.#steps / STEPS_PER_LOOK)) this.look();
  }

  /** Looks at clock and signal. */
  look(): void {
    if (this.#ended) throw new Stopped();
    if (this.#context.signal?.aborted) this.stop(new CancelledError());
    const turn = Date.now() - this.#turnStart;
    if (this.#spentMs + turn > this.limits.timeMs) this.stop(timeError(this.limits.timeMs));
    this.#turnIsOver = this.#context.due?.() ?? turn > TURN_MS;
  }

  /** A promise when others should have their turn now. */
  pause(): Promise<void> | undefined {
    const give = this.#context.yield;
    if (!this.#turnIsOver || give === undefined) return undefined;
    // Branches of one constructor are under way together and wait for the same turn.
    this.#turn ??= this.#wait(give);
    return this.#turn;
  }

  /** Ends the evaluation with an error that JSONata cannot change. */
  stop(fault: FlowdeckError): never {
    this.fault ??= fault;
    this.#ended = true;
    throw new Stopped();
  }

  /** Ends whatever branches are still under way. */
  end(): void {
    this.#ended = true;
  }

  /** Refuses a text, list or object that has become too large. */
  measure(value: unknown): void {
    const most = this.limits.size + this.copier.weight;
    if (typeof value === 'string' ? value.length > most : this.#weigh(value, most) > most) {
      this.stop(limitError('size', this.limits.size));
    }
  }

  /** Milliseconds since 1970, the same throughout one evaluation. */
  now(): number {
    this.#now ??= this.#port('now', 'clock');
    return this.#now;
  }

  random(): number {
    return this.#port('random', 'source of random numbers');
  }

  #port(name: 'now' | 'random', what: string): number {
    const port = this.#context[name];
    if (port !== undefined) return port();
    return this.stop(
      expressionRefusal(
        'expression-port',
        `The expression asks for a ${what}, and there is none here.`,
        'Read it with a card.',
      ),
    );
  }

  async #wait(give: () => Promise<void>): Promise<void> {
    this.#spentMs += Date.now() - this.#turnStart;
    await give();
    this.#turnStart = Date.now();
    this.#turnIsOver = false;
    this.#turn = null;
    this.look();
  }

  /** Characters and values of a value written out as a tree, shared parts once per place; above `most`, anything above. */
  #weigh(value: unknown, most: number): number {
    if (typeof value === 'string') return value.length + 1;
    if (typeof value !== 'object' || value === null || isFunction(value)) return 1;
    const known = this.#weights?.get(value);
    if (known !== undefined) return known;
    if (++this.#weighed % WEIGHED_PER_LOOK === 0) this.look();
    let weight = 1;
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length && weight <= most; index++) {
        weight += this.#weigh(value[index], most - weight);
      }
    } else {
      for (const [key, part] of Object.entries(value)) {
        weight += key.length + this.#weigh(part, most - weight);
        if (weight > most) break;
      }
    }
    if (!this.#changes) {
      this.#weights ??= new WeakMap();
      this.#weights.set(value, weight);
    }
    return weight;
  }
}
