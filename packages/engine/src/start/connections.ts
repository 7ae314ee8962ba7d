/** Opens the connections that a flow may need, before anything happens. */
import type { Registry } from '../cards/index.js';
import { manifestsOf, openConnection, openedConnection } from '../connect/index.js';
import type { FlowPlan } from '../plan/index.js';
import type { Run } from '../run/run.js';
import { connectionNamed } from '../run/services.js';
import type { World } from '../run/world.js';
import type { ValueObject } from '../values/index.js';

/** What finding connections takes. */
export interface Opening {
  readonly plan: FlowPlan;
  /** Name of the connection that the flow itself runs with. */
  readonly connection: string | undefined;
  readonly house: { readonly world: World; readonly registry: Registry };
}

export function needsConnections({ connection, plan }: Opening): boolean {
  return connection !== undefined || plan.connections.size > 0;
}

/** Null when the run was cancelled meanwhile. Without a connection that it needs the run ends before it has begun. */
export async function connectOrEnd(
  opening: Opening,
  run: Run,
  detach: (() => void) | null,
): Promise<ValueObject | null> {
  try {
    // The guard hands on what `connect` gave.
    return (await run.waiting.guard(connect(opening, run), null, null)) as ValueObject | null;
  } catch (error) {
    if (run.halted !== null) throw run.halted;
    detach?.();
    run.end();
    throw new HostFault(error);
  }
}

async function connect(opening: Opening, run: Run): Promise<ValueObject | null> {
  // An earlier life may have opened them.
  if (run.tree.connections === null) await openAll(opening, run);
  return opening.connection === undefined ? null : connectionNamed(run, opening.connection).values;
}

/** Opens every connection that the flow may need, before anything happens. What is kept to ask again outlives the run. */
async function openAll({ plan, connection: own, house }: Opening, { origin, redactor, tree }: Run): Promise<void> {
  const { world, registry } = house;
  const wanted = new Map(plan.connections);
  if (own !== undefined) {
    const key = plan.deck.connector;
    wanted.set(own, new Set([...(wanted.get(own) ?? []), ...(key === null ? [] : [key])]));
  }
  const manifests = manifestsOf(registry, plan.deck.document);
  const lookUp = (name: string) => world.connections.get(name, origin);
  const open = (name: string) => openConnection(name, wanted.get(name) ?? new Set(), lookUp, manifests, redactor);
  tree.source = {
    reopen: world.connections.perCall === true ? open : null,
    renewed: (name, connection) => openedConnection(name, connection, manifests, redactor),
  };
  for (const name of wanted.keys()) tree.open(name, await open(name));
}

/** What rejects the result of a run instead of being part of it: the host's doing, before the first card. */
export class HostFault {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}
