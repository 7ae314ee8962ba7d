/** The parts of a card's declaration: its fields, its blocks, its examples. */
import type { Field, TypeRef, ValueObject } from '../values/index.js';

/** A field of a card type. */
export interface CardField extends Field {
  /**
   * True: other values than the choices may arrive when the flow runs, and the card judges them itself. Without it the
   * engine refuses them, so that the function gets one of the choices; a literal is held to the choices in any case.
   */
  readonly openChoices?: boolean;
  /**
   * True: the value is chosen when the card is placed, and is the same in every run, as an option of a connector's
   * action. It is warned of a binding to something that only a run knows.
   */
  readonly fixed?: boolean;
}

/**
 * - `pure`: the same inputs give the same outputs; recomputed on replay; gets no context.
 * - `effect`: reaches the world through its context's ports; performed once per run and remembered by a durable runtime.
 * - `control`: runs blocks and flows, leaves, waits; reaches the world only through them.
 */
export type CardKind = 'pure' | 'effect' | 'control';

/**
 * The connection that a card takes, and all that its context has of connections.
 *
 * @example
 * connection: { connector: 'acme' } // the document names one of this connector; ctx.connection is never null
 * connection: { optional: true } // of any connector, or none (Get)
 */
export interface ConnectionUse {
  /** Key of the connector that it has to belong to. Absent: any. */
  readonly connector?: string;
  /** True: the card also does without one; `ctx.connection` is null then. */
  readonly optional?: boolean;
}

/** How the blocks of a card behave. */
export interface BlockDeclaration {
  /**
   * `inline`: a Return inside it ends the flow, and `out` gives its outputs (If/Else).
   * `scoped`: a Return inside it ends the block and gives its outputs (If/ElseIf, If Error).
   */
  readonly scope: 'inline' | 'scoped';
  /** True: a document without this block is refused (`missing-block`). Default false. */
  readonly required?: boolean;
  /** True: it is run each time that the card is, before its other blocks (the `try` of If Error). */
  readonly always?: boolean;
  /** Roots that `runBlock` provides to the block. */
  readonly provides?: readonly ('error' | 'item' | 'index')[];
  /** The block's own inputs, which the card reads with `ctx.blockInputs`. */
  readonly inputs?: readonly CardField[];
  /** What the block is for, in a sentence. The pages of cards and an editor show it. */
  readonly description?: string;
}

/** What a card gives for some inputs: documentation, and a test that the checks of a pack run. */
export interface CardExample {
  /** What the example shows, where that is not plain from its values. */
  readonly title?: string;
  /** Values by field name, as a document would give them: they are converted to the declared types. */
  readonly in: ValueObject;
  /** Outputs by field name. Left out with `error`, and where they differ each time. */
  readonly out?: ValueObject;
  /** The documented error code that the inputs provoke. */
  readonly error?: string;
}

/** Author-named inputs beyond the declared ones. */
export interface ExtraInputs extends TypeRef {
  /** They are named `group/key` in the document; the record that the function gets is keyed by `key`. */
  readonly group?: string;
  /** Forwarded to the flow in the input of this name instead of being given to the function. */
  readonly forward?: string;
  /** With `forward`: `{"item": ...}` bindings are allowed. */
  readonly perItem?: boolean;
  /** What an author gives there, in a sentence. */
  readonly description?: string;
}
