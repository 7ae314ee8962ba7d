/** The way of events from runs to those who watch: mitt, and handlers that cannot harm it. */
import mittModule, { type Emitter } from 'mitt';
import type { Logger } from '../ports/index.js';
import type { EventMap, FlowEvent } from './events.js';
import { harmless, harmlessLogger } from './handler.js';
import { type TraceTaker, takenBy, takerOf } from './trace.js';

type EventType = keyof EventMap;
type Bus = Emitter<EventMap>;

// mitt 3.0.1 declares itself as CommonJS, whose default TypeScript takes for a namespace; what loads is the ES module.
const mitt = mittModule as unknown as () => Bus;

/** What a run tells its events to. */
export interface EventSink {
  /** Tells those who listen to events of this type. Never throws. */
  emit(event: FlowEvent): void;
  /** False: nobody listens, and events need not be built. */
  readonly active: boolean;
  /** True: somebody hears events of this type. */
  hears(type: EventType): boolean;
  /** Takes cards in place of their events. Null: nobody does, or somebody else is to hear of each at once. */
  readonly traces: TraceTaker | null;
}

/** Where events go, and where listeners register. */
export interface Observer extends EventSink {
  /**
   * Hears events of one type, or of all with `*`. Handlers are called synchronously, in the order of registration.
   * Returns a function that ends it.
   */
  on<T extends EventType>(type: T, handler: (event: EventMap[T]) => unknown): () => void;
  /** Hears every event, whatever its type. */
  on(type: '*', handler: (event: FlowEvent) => unknown): () => void;
}

type Changing<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Makes an observer. A handler that throws or rejects never reaches the run or other handlers: its first failure is
 * logged as an error, later ones of the same handler are not.
 *
 * @example
 * const observer = createObserver();
 * const off = observer.on('card', (event) => console.log(event.card, event.phase));
 * off();
 */
export function createObserver(options: { readonly logger?: Logger } = {}): Observer {
  const logger = options.logger === undefined ? undefined : harmlessLogger(options.logger);
  const emitter = mitt();
  const counts = new Map<string, number>();
  const takers = new Set<TraceTaker>();

  const hears = (type: EventType) => (counts.get(type) ?? 0) > 0 || (counts.get('*') ?? 0) > 0;
  const count = (type: string, by: 1 | -1) => {
    counts.set(type, (counts.get(type) ?? 0) + by);
    observer.active = [...counts.values()].some((listeners) => listeners > 0);
    const hearing = (counts.get('card') ?? 0) + (counts.get('*') ?? 0);
    observer.traces = hearing === takers.size ? takenBy([...takers]) : null;
  };

  // One signature for both overloads: what a handler hears is settled by the type that it is registered for.
  const on = (type: EventType | '*', handler: (event: never) => unknown): (() => void) => {
    // Registered for the type, it hears only that.
    const guarded = harmless(handler as (event: FlowEvent) => unknown, type, logger);
    const ends =
      type === '*'
        ? listenToAll(emitter, (event) => guarded(event))
        : listenTo(emitter, type, (event) => guarded(event));
    // What only hears of cards has no use for them in one piece: it knows of no executions.
    const taker = type === '*' ? takerOf(handler) : null;
    const take = taker && harmless(taker, type, logger);
    if (take !== null) takers.add(take);
    count(type, 1);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      if (take !== null) takers.delete(take);
      count(type, -1);
      ends();
    };
  };

  // What runs ask all the time is a member, not a getter.
  const observer: Changing<Observer> = {
    on,
    emit: (event) => emitter.emit(event.type, event),
    active: false,
    hears,
    traces: null,
  };
  return observer;
}

function listenTo(bus: Bus, type: EventType, handler: (event: FlowEvent) => void): () => void {
  bus.on(type, handler);
  return () => bus.off(type, handler);
}

function listenToAll(bus: Bus, handler: (event: FlowEvent) => void): () => void {
  const wildcard = (_type: EventType, event: FlowEvent) => handler(event);
  bus.on('*', wildcard);
  return () => bus.off('*', wildcard);
}
