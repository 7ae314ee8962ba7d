/** Flows of type `event` in a host: what they hear, how that is kept, and how their runs begin. */
import type { Answer, FlowdeckError, FlowInfo, RunResult } from '@flowdeck/engine';
import { decodeValue } from '@flowdeck/engine/kit';
import { EventRuns, type EventStart } from '../events/event-runs.js';
import { inputsOfItem } from '../events/flow-inputs.js';
import { Paces } from '../events/pace.js';
import type { KeptEvent, ParkedEvent } from '../events/types.js';
import { Poller } from '../polling/poller.js';
import { FlowAnswers } from '../webhook/flow-answers.js';
import type { ProofWorld } from '../webhook/proofs.js';
import { sourceOf } from '../webhook/receiver.js';
import { type EndedRun, startDelivery } from '../webhook/start.js';
import { Webhooks } from '../webhook/webhooks.js';
import {
  type EmitOptions,
  type EmittedEvent,
  type EventInputs,
  emittedEvent,
  emittedOf,
  flowsThatHear,
  givenTo,
  nothingOfThatName,
} from './emitted.js';
import { endOfEvent } from './end-of-event.js';
import type { EventFlowsHost } from './event-host.js';
import { eventNotices } from './event-notices.js';
import { type HeardOfConnectors, heardIn } from './heard.js';
import type { ParkedEvents } from './host-types.js';
import type { Served } from './served.js';
import { runSystemFlow } from './system-flows.js';

/** Until it is asked again whether the host is busy, in milliseconds. */
const BUSY_MS = 20;

export class EventFlows implements ParkedEvents {
  readonly events: EventRuns;
  readonly webhooks: Webhooks;
  readonly polls: Poller;
  readonly answers: FlowAnswers;
  /** Of a delivery, as a pack of the engine brings it. */
  readonly proof: ProofWorld['proof'];
  readonly #host: EventFlowsHost;
  /** How deliveries are proven where items prove themselves: as the handler that took them does. */
  #world: () => ProofWorld;

  constructor(host: EventFlowsHost) {
    this.#host = host;
    const { clock, watch } = host;
    const notices = eventNotices(watch);
    const heard = heardIn(host.served());
    this.proof = (name) => host.served().engine.proof(name);
    this.#world = () => ({ now: clock.now(), proof: this.proof, checkToken: async () => UNCHECKED });
    this.answers = new FlowAnswers(clock);
    this.events = new EventRuns(
      host.log,
      {
        start: (event) => this.#start(event),
        get isBusy() {
          return host.isBusy();
        },
        isLasting: host.isLasting,
        retry: (work, afterMs = BUSY_MS) => void clock.after(afterMs, work),
        warn: ({ flow }, error) =>
          host.warn('event-failed', `An event of flow "${flow}" is not done with: ${String(error)}`),
        parked: notices.parked,
        traces: host.traces,
      },
      host.maxRuns,
      new Paces(host.pace, { now: () => clock.now(), connectionOf: (flow) => connectionOf(host.served(), flow) }),
    );
    this.webhooks = new Webhooks(
      {
        clock,
        events: this.events,
        connections: host.connections,
        publicUrl: () => host.publicUrl(),
        engine: () => host.served().engine,
        isOn: (flow) => host.isOn(flow),
        runFlow: (registrant, flow, inputs) => runSystemFlow(registrant, flow, inputs, { runtime: null }),
        warn: (flow, error) =>
          host.warn('webhook-failed', `The webhook of flow "${flow}" could not be kept: ${String(error)}`),
        stepped: notices.stepped,
        registered: (flow) => this.polls.catchUp(flow),
        left: (flow, reason) =>
          host.warn('webhook-left', `A former webhook of flow "${flow}" is still registered: ${reason}`),
      },
      heard.subscriptions,
    );
    this.polls = new Poller(
      {
        clock,
        events: this.events,
        isOn: (flow) => host.isOn(flow),
        run: (polled, cursor, signal) => {
          // Nothing was delivered for long, or nobody was there to hear it.
          if (polled.isCatchUp) this.webhooks.doubt(polled.flow.id);
          return runSystemFlow(polled, polled.poll.flow, { cursor }, { runtime: null, signal });
        },
        warn: (code, message) => host.warn(code, message),
        turned: notices.turned,
      },
      heard.polled,
    );
  }

  get connections(): EventFlowsHost['connections'] {
    return this.#host.connections;
  }

  get watch(): EventFlowsHost['watch'] {
    return this.#host.watch;
  }

  get traces(): EventFlowsHost['traces'] {
    return this.#host.traces;
  }

  async start(): Promise<void> {
    await this.webhooks.start();
    this.events.start();
    this.polls.start();
    this.#tellUnheard();
  }

  /** Another version is served, which hears this. */
  async renew({ subscriptions, polled }: HeardOfConnectors): Promise<void> {
    await this.webhooks.renew(subscriptions);
    this.polls.renew(polled);
    this.#tellUnheard();
  }

  /** The flow was turned on or off. */
  async turn(flow: string): Promise<void> {
    this.watch.tell('info', { what: 'flow', flow, on: this.#host.isOn(flow) });
    // What catches up knows where it begins before anything is delivered.
    await this.polls.turn(flow);
    await this.webhooks.turn(flow);
  }

  /** Lets what was begun come to its end. */
  async stop(): Promise<void> {
    await Promise.all([this.webhooks.stop(), this.polls.stop(), this.events.stop()]);
  }

  /** Why nothing could ever start the flow, as an error; null: something may. */
  unheard(flow: string): FlowdeckError | null {
    const { engine, triggers } = this.#host.served();
    const trigger = triggers.events.get(flow);
    if (trigger?.connector === undefined) return null;
    const isHeard = this.webhooks.subscription(flow) !== undefined || this.polls.info(flow) !== null;
    return isHeard ? null : nothingOfThatName(engine, trigger.connector, trigger.name);
  }

  /** It was turned on before its connector was another one: it stays on, in case that one comes back. */
  #tellUnheard(): void {
    for (const flow of this.#host.served().triggers.events.keys()) {
      const error = this.#host.isOn(flow) ? this.unheard(flow) : null;
      if (error !== null) this.#host.warn(error.code, `Flow "${flow}" is on and hears nothing: ${error.message}`);
    }
  }

  /** Keeps an event of the host's own for every flow that hears it and is on. */
  async emit(name: string, inputs: EventInputs, options: EmitOptions): Promise<readonly EmittedEvent[]> {
    const flows = flowsThatHear(this.#host.served().triggers.events, name).filter((flow) => this.#host.isOn(flow));
    const taken = await this.events.accept(flows.map((flow) => emittedEvent(flow, inputs, options)));
    return taken.map((each, index) => emittedOf(flows[index] ?? '', each));
  }

  list(): readonly ParkedEvent[] {
    return this.events.log.parked();
  }

  replay(number: number): Promise<boolean> {
    return this.events.replay(number);
  }

  drop(number: number): Promise<boolean> {
    return this.events.log.drop(number);
  }

  /** As the handler proves deliveries, so are items proven later. */
  provenBy(world: () => ProofWorld): void {
    this.#world = world;
  }

  #start(event: KeptEvent): EventStart | Promise<EventStart> {
    const flow = this.#host.served().flows.get(event.flow);
    if (flow === undefined) return { kind: 'refused', reason: 'There is no such flow any more.' };
    const { inputs, polled } = event.data;
    if (polled !== undefined) {
      return { kind: 'run', begin: () => this.#begin(flow, inputsOfItem(flow, decodeValue(polled)), event) };
    }
    if (inputs !== undefined) return { kind: 'run', begin: () => this.#begin(flow, givenTo(flow, inputs), event) };
    const subscription = this.webhooks.subscription(event.flow);
    if (subscription === undefined) return { kind: 'refused', reason: 'The flow no longer hears the event.' };
    return startDelivery(event, subscription, {
      answers: this.answers,
      events: this.events,
      world: () => this.#world(),
      sourceOf: (heard, delivery) => sourceOf(heard, delivery, { webhooks: this.webhooks, world: () => this.#world() }),
      read: (heard, given, runId, onAnswer) =>
        this.#endOf(event, runId, (id) => runSystemFlow(heard, heard.event.flow, given, { runId: id, onAnswer })),
      begin: (heard, given, kept, onAnswer) => this.#begin(heard.flow, given, kept, onAnswer),
      late: (kept) =>
        this.#host.warn('answer-late', `Flow "${kept.flow}" has answered an event when nobody waited for it any more.`),
    });
  }

  #begin(
    flow: FlowInfo,
    inputs: Readonly<Record<string, unknown>>,
    event: KeptEvent,
    onAnswer?: (answer: Answer) => void,
  ): Promise<EndedRun> {
    const heard = onAnswer === undefined ? {} : { onAnswer };
    const metadata = { event: event.id };
    return this.#endOf(event, event.runId, (runId) => this.#host.begin(flow, { inputs, runId, metadata, ...heard }));
  }

  #endOf(event: KeptEvent, runId: string, begin: (runId: string) => Promise<RunResult>): Promise<EndedRun> {
    const { rememberMs } = this.events.log;
    return endOfEvent(event, runId, { begin, rememberMs, outcomeOf: (id) => this.#host.outcomeOf(id) });
  }
}

/** Events of the host's own have none. */
function connectionOf({ triggers }: Served, flow: string): string | null {
  const trigger = triggers.events.get(flow);
  return trigger?.connector === undefined ? null : (trigger.connection ?? trigger.connector);
}

const UNCHECKED = { kind: 'unknown', reason: 'There is no HTTP port.' } as const;
