/** A loaded flow file: its document, and the plan compiled from it. */

import type { Diagnostic } from './diagnostic.js';
import type { FlowFile, FlowType } from './document/index.js';
import { FlowdeckError } from './errors.js';
import type { DeckPlan, FlowPlan } from './plan/index.js';
import { deepFreeze, type Field } from './values/index.js';

/** What a host needs to know of a flow. */
export interface FlowInfo {
  /** By which `RunOptions.flow` names it. */
  readonly id: string;
  /** For people; the id where the document has no name. */
  readonly name: string;
  /** What starts it. */
  readonly type: FlowType;
  /** Empty text where the document has none. */
  readonly description: string;
  /** What is settled before the run, in document order. */
  readonly options: readonly Field[];
  /** What it is given, in document order. */
  readonly inputs: readonly Field[];
  /** What it gives, in document order. */
  readonly outputs: readonly Field[];
}

/** By which a deck of another copy of the engine is known. The symbol is the same in every copy. */
const DECK: unique symbol = Symbol.for('flowdeck.deck');

/** Loaded once, run many times, by one engine. Immutable. */
export class Deck {
  readonly #document: FlowFile;
  /** Warnings and notes; a deck with errors is never made. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the document was compiled to. @internal @internal */
  readonly plan: DeckPlan;
  /** Freezing waits until somebody asks: most hosts never look. */
  #isFrozen = false;
  #entry: FlowPlan | undefined;

  constructor(document: FlowFile, plan: DeckPlan, diagnostics: readonly Diagnostic[]) {
    this.#document = document;
    this.plan = plan;
    this.diagnostics = diagnostics;
    // Tenants of one host may share it.
    Object.freeze(this);
  }

  /** What was loaded, as a copy of its own: frozen, so that it stays what `revision` says. */
  get document(): FlowFile {
    this.#isFrozen ||= Object.isFrozen(deepFreeze(this.#document));
    return this.#document;
  }

  /** Hash of what the document does; names, notes and `meta` aside. */
  get revision(): string {
    return this.plan.revision;
  }

  /** Id, name, type and signature of each flow, in document order. */
  get flows(): readonly FlowInfo[] {
    // The signatures are those of the document, which is frozen once anybody may see it.
    return this.document && [...this.plan.flows.values()].map(infoOf);
  }

  /** The plan of one flow; without a name, of the one that `run` would take. @internal @internal */
  find(idOrName: string | undefined): FlowPlan {
    if (idOrName === undefined) {
      this.#entry ??= onlyEntry([...this.plan.flows.values()]);
      return this.#entry;
    }
    const byId = this.plan.flows.get(idOrName);
    if (byId) return byId;
    const flows = [...this.plan.flows.values()];
    const byName = flows.filter((flow) => flow.name === idOrName);
    if (byName.length === 1 && byName[0]) return byName[0];
    throw new FlowdeckError(
      'unknown-flow',
      byName.length > 1 ? `${byName.length} flows are named "${idOrName}".` : `There is no flow "${idOrName}".`,
      {
        hint: `Flows: ${flows.map((flow) => flow.id).join(', ')}.`,
      },
    );
  }
}

function infoOf(plan: FlowPlan): FlowInfo {
  const { id, name, type, document } = plan;
  return {
    id,
    name,
    type,
    description: document.description ?? '',
    options: document.options ?? [],
    inputs: document.inputs ?? [],
    outputs: document.outputs ?? [],
  };
}

/** The flow to run when none is named: the only one, else the only one that is not a helper. */
function onlyEntry(flows: readonly FlowPlan[]): FlowPlan {
  const entries = flows.length === 1 ? flows : flows.filter((flow) => flow.type !== 'helper');
  if (entries.length === 1 && entries[0]) return entries[0];
  throw new FlowdeckError(
    'flow-ambiguous',
    `The file holds ${flows.length} flows, and it is not clear which one to run.`,
    {
      hint: `Name one of: ${flows.map((flow) => flow.id).join(', ')}.`,
    },
  );
}

Object.defineProperty(Deck.prototype, DECK, { value: true });

/** Whether `value` is a deck, of this copy of the engine or another: only its own a copy can run. */
export function isAnyDeck(value: unknown): boolean {
  return typeof value === 'object' && value !== null && DECK in value;
}
