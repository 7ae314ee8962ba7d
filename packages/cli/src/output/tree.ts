/** The tree of what a run does, folded from its events: bounded in size, however long the run. */
import type {
  AttemptEvent,
  CallEvent,
  CardEnded,
  CardStarted,
  ExecutionEvent,
  FlowEvent,
  LogEvent,
  ProgressEvent,
} from '@flowdeck/engine';
import { attach, detach, finish, makeNode, note, settle, type TreeNode } from './tree-node.js';

/** A flow under way. */
interface View {
  readonly node: TreeNode;
  readonly open: Map<number, TreeNode>;
  /** Cards under way, from the outside in. */
  readonly stack: { readonly card: string; readonly node: TreeNode; readonly seq: number }[];
  readonly home: TreeNode | null;
}

export interface TreeListener {
  /** A card of the flow that was started, or a flow that nobody waits for, has ended: its tree is complete. */
  ended(node: TreeNode): void;
  /** Something below a node under way has changed. */
  changed(node: TreeNode, at: number): void;
}

export class Tree {
  readonly #views = new Map<string, View>();
  readonly #listener: TreeListener;
  #root: View | null = null;

  constructor(listener: TreeListener) {
    this.#listener = listener;
  }

  note(event: FlowEvent): void {
    if (event.type === 'progress') this.#progressed(event);
    else if (event.type === 'attempt') this.#attempted(event);
    else if (event.type === 'log') this.#logged(event);
    else if (event.type === 'call') {
      if (event.phase === 'started') this.#called(event);
    } else if (event.type === 'execution') {
      if (event.phase === 'started') this.#executionStarted(event);
      else this.#executionEnded(event);
    } else if (event.phase === 'started') this.#cardStarted(event);
    else this.#cardEnded(event);
  }

  /** The card of the started flow that is under way. */
  get current(): TreeNode | null {
    return this.#root?.stack[0]?.node ?? null;
  }

  #executionStarted(event: ExecutionEvent): void {
    if (event.kind === 'root') {
      this.#root = view(makeNode('call', event.flow, '', null), null);
      this.#views.set(event.executionId, this.#root);
      return;
    }
    if (event.kind !== 'async') return;
    // It outlives the card that started it, so it stands on its own.
    const known = this.#views.get(event.executionId);
    if (known?.home) detach(known.home, known.node);
    this.#views.set(event.executionId, view(makeNode('call', `${event.flow} (async)`, '', null), null));
  }

  #executionEnded(event: Extract<ExecutionEvent, { phase: 'ended' }>): void {
    const ended = this.#views.get(event.executionId);
    if (!ended) return;
    this.#views.delete(event.executionId);
    finish(ended.node, event.status, event);
    if (ended.home) settle(ended.home, ended.node);
    else if (ended !== this.#root) this.#listener.ended(ended.node);
  }

  #called(event: CallEvent): void {
    const card = this.#views.get(event.callerExecutionId)?.open.get(event.seq);
    if (!card) return;
    const name = event.index === null ? event.flow : `${event.flow} [${event.index}]`;
    const node = makeNode('call', name, '', null);
    attach(card, node);
    this.#views.set(event.calleeExecutionId, view(node, card));
    this.#change(event.at);
  }

  #cardStarted(event: CardStarted): void {
    const home = this.#views.get(event.executionId);
    if (!home) return;
    const isInside = event.path.length > 0;
    const parent = isInside ? (home.stack.at(-1)?.node ?? home.node) : home.node;
    // An id that the author did not give is a place, which says nothing to a reader.
    const name = event.card.startsWith('_') ? event.title : event.card;
    const node = makeNode('card', name, event.cardType, isInside ? (event.path.at(-1) ?? null) : null);
    // The cards of the flow itself are handed on as they end.
    if (home !== this.#root || isInside) attach(parent, node);
    home.stack.push({ card: event.card, node, seq: event.seq });
    home.open.set(event.seq, node);
    this.#change(event.at);
  }

  #cardEnded(event: CardEnded): void {
    const home = this.#views.get(event.executionId);
    const node = home?.open.get(event.seq);
    if (!home || !node) return;
    home.open.delete(event.seq);
    home.stack.splice(
      home.stack.findIndex((entry) => entry.seq === event.seq),
      1,
    );
    finish(node, event.status, event);
    node.inputs = event.inputs;
    node.outputs = event.outputs;
    node.progress = null;
    const parent = home.stack.at(-1)?.node ?? home.node;
    if (home === this.#root && home.stack.length === 0) this.#listener.ended(node);
    else {
      settle(parent, node);
      this.#change(event.at);
    }
  }

  #progressed(event: ProgressEvent): void {
    const node = this.#views.get(event.executionId)?.open.get(event.seq);
    if (!node) return;
    node.progress = { done: event.done, total: event.total };
    this.#listener.changed(node, event.at);
  }

  #attempted(event: AttemptEvent): void {
    const node = this.#views.get(event.executionId)?.open.get(event.seq);
    if (!node) return;
    note(node, `attempt ${event.attempt} failed: ${event.error.message} [${event.error.code}]`);
    this.#change(event.at);
  }

  #logged(event: LogEvent): void {
    const node = this.#views.get(event.executionId)?.stack.at(-1)?.node;
    if (node) note(node, `${event.level}: ${event.message}`);
  }

  #change(at: number): void {
    const { current } = this;
    if (current) this.#listener.changed(current, at);
  }
}

function view(node: TreeNode, home: TreeNode | null): View {
  return { node, open: new Map(), stack: [], home };
}
