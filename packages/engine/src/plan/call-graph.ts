/** Which flows call which, and what follows from it: recursion, and the connections that a flow may need. */
import type { CardNode } from '../document/types.js';
import type { PlanDiagnostics } from './plan-diagnostics.js';
import type { Spot } from './spot.js';
import type { FlowPlan } from './types.js';

/** A card that calls a flow. */
export interface Call {
  readonly card: CardNode;
  readonly spot: Spot;
  /** The caller does not wait for the flow. */
  readonly detached: boolean;
}

/** Names of connections, and the connectors that they have to be of. */
export type ConnectionNames = Map<string, Set<string>>;

/** What one flow does by itself. */
interface Site {
  readonly calls: Map<FlowPlan, Call>;
  readonly connections: ConnectionNames;
  /** It does something to the world, or may. */
  acts: boolean;
}

/** What a flow and those that it calls come to. */
export interface FlowReach {
  readonly connections: ConnectionNames;
  readonly acts: boolean;
}

export class CallGraph {
  readonly #sites = new Map<FlowPlan, Site>();

  add(flow: FlowPlan): Site {
    const site: Site = { calls: new Map(), connections: new Map(), acts: true };
    this.#sites.set(flow, site);
    return site;
  }

  /** Notes a call. Of several from one flow to another the first counts, and one that is waited for before others. */
  static note({ calls }: Site, callee: FlowPlan, call: Call): void {
    const known = calls.get(callee);
    if (known === undefined || (known.detached && !call.detached)) calls.set(callee, call);
  }

  /**
   * Notes flows that can reach themselves: legal, bounded by limits, and seldom meant. Gives every flow the connections
   * that it and the flows it calls may need, and whether any of them acts. One pass over the components, so that the time
   * grows with the calls.
   */
  resolve(report: PlanDiagnostics, give: (flow: FlowPlan, reach: FlowReach) => void): void {
    const componentOf = new Map<FlowPlan, Set<FlowPlan>>();
    const reachOf = new Map<Set<FlowPlan>, FlowReach>();
    for (const component of this.#components()) {
      const names: ConnectionNames = new Map();
      let acts = false;
      for (const flow of component) componentOf.set(flow, component);
      const below = new Set<Set<FlowPlan>>();
      for (const flow of component) {
        const { calls, connections, acts: actsItself } = this.#site(flow);
        merge(names, connections);
        acts ||= actsItself;
        for (const callee of calls.keys()) {
          const of = componentOf.get(callee);
          // What is called stands in an earlier component, or in this one.
          if (of !== undefined && of !== component) below.add(of);
        }
      }
      for (const of of below) {
        const reach = reachOf.get(of);
        merge(names, reach?.connections);
        acts ||= reach?.acts === true;
      }
      const reach = { connections: names, acts };
      reachOf.set(component, reach);
      for (const flow of component) give(flow, reach);
    }
    for (const [flow, { calls }] of this.#sites) {
      for (const [callee, call] of calls) {
        if (componentOf.get(callee) === componentOf.get(flow)) noteRecursion(flow, callee, call, report);
      }
    }
  }

  #site(flow: FlowPlan): Site {
    return this.#sites.get(flow) ?? { calls: new Map(), connections: new Map(), acts: true };
  }

  /** Strongly connected components, callees before callers (Tarjan 1972), without recursion: a deck may be one long chain. */
  *#components(): Generator<Set<FlowPlan>> {
    const index = new Map<FlowPlan, number>();
    const low = new Map<FlowPlan, number>();
    const open: FlowPlan[] = [];
    const isOpen = new Set<FlowPlan>();
    const lower = (flow: FlowPlan, to: number) => low.set(flow, Math.min(low.get(flow) ?? to, to));
    for (const root of this.#sites.keys()) {
      if (index.has(root)) continue;
      const path: { readonly flow: FlowPlan; readonly rest: Iterator<FlowPlan> }[] = [];
      const enter = (flow: FlowPlan) => {
        index.set(flow, index.size);
        lower(flow, index.size - 1);
        open.push(flow);
        isOpen.add(flow);
        path.push({ flow, rest: this.#site(flow).calls.keys() });
      };
      enter(root);
      for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
        const { flow } = top;
        const next = top.rest.next();
        if (!next.done) {
          if (!index.has(next.value)) enter(next.value);
          else if (isOpen.has(next.value)) lower(flow, index.get(next.value) ?? 0);
          continue;
        }
        path.pop();
        const lowest = low.get(flow) ?? 0;
        const parent = path.at(-1);
        if (parent !== undefined) lower(parent.flow, lowest);
        if (lowest !== index.get(flow)) continue;
        const component = new Set<FlowPlan>();
        for (let member = open.pop(); member !== undefined; member = open.pop()) {
          isOpen.delete(member);
          component.add(member);
          if (member === flow) break;
        }
        yield component;
      }
    }
  }
}

function merge(into: ConnectionNames, more: ConnectionNames | undefined): void {
  for (const [name, connectors] of more ?? []) {
    const known = into.get(name);
    if (known === undefined) into.set(name, new Set(connectors));
    else for (const connector of connectors) known.add(connector);
  }
}

function noteRecursion(flow: FlowPlan, callee: FlowPlan, call: Call, report: PlanDiagnostics): void {
  const way = callee === flow ? 'calls itself' : `calls "${callee.id}", which leads back to it`;
  if (call.detached) {
    report.add(
      'warning',
      'async-recursion',
      call.spot,
      `Flow "${flow.id}" ${way}, without waiting: every round starts more flows beside the run.`,
      'Make sure that a card before this one ends the recursion; the limits liveFlows and spawnedFlows stop what does not.',
    );
    return;
  }
  report.add(
    'info',
    'recursion',
    call.spot,
    `Flow "${flow.id}" ${way}.`,
    'Make sure that a card before this one ends the recursion.',
  );
}
