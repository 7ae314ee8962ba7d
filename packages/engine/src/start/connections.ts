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

/** Opens every connection that the flow may need, before anything happens. */
async function connect(opening: Opening, run: Run): Promise<ValueObject | null> {
  const { plan, connection: own, house } = opening;
  const { world, registry } = house;
  const wanted = new Map(plan.connections);
  if (own !== undefined) {
    const key = plan.deck.connector;
    wanted.set(own, new Set([...(wanted.get(own) ?? []), ...(key === null ? [] : [key])]));
  }
  const manifests = manifestsOf(registry, plan.deck.document);
  const lookUp = (name: string) => world.connections.get(name, run.origin);
  const open = (name: string) => openConnection(name, wanted.get(name) ?? new Set(), lookUp, manifests, run.redactor);
  run.tree.source = {
    reopen: world.connections.perCall === true ? open : null,
    renewed: (name, connection) => openedConnection(name, connection, manifests, run.redactor),
  };
  for (const name of wanted.keys()) run.tree.open(name, await open(name));
  return own === undefined ? null : connectionNamed(run, own).values;
}

/** What rejects the result of a run instead of being part of it: the host's doing, before the first card. */
export class HostFault {
  readonly error: unknown;

  constructor(error: unknown) {
    this.error = error;
  }
}
