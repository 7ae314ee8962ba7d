/** The tree of what a run does, folded from its events: bounded in size, however long the run. */
import type {
  AttemptEvent,
  CallEvent,
  CardEnded,
  CardStarted,
  DataObject,
  ErrorData,
  FlowEvent,
  LogEvent,
  ProgressEvent,
  RunEvent,
} from '@flowdeck/engine';

export type NodeStatus = 'running' | 'success' | 'stopped' | 'error' | 'cancelled';

/** A card or a called flow, and what happened inside it. */
export interface TreeNode {
  readonly kind: 'card' | 'call';
  readonly name: string;
  /** Card type; empty for a call. */
  readonly type: string;
  /** Block of the card around it; null outside blocks. */
  readonly block: string | null;
  status: NodeStatus;
  durationMs: number;
  error: ErrorData | null;
  inputs: DataObject | null;
  outputs: DataObject | null;
  progress: { readonly done: number; readonly total: number | null } | null;
  /** Logs, and attempts that failed. */
  readonly notes: string[];
  readonly children: TreeNode[];
  /** Children that are not kept. */
  hidden: number;
}

/** What a reader takes in of a loop; more children are only counted, unless they fail. */
const MOST_CHILDREN = 20;
const MOST_FAILED = 40;
const MOST_NOTES = 20;

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
    } else if (event.type === 'run') {
      if (event.phase === 'started') this.#runStarted(event);
      else this.#runEnded(event);
    } else if (event.phase === 'started') this.#cardStarted(event);
    else this.#cardEnded(event);
  }

  /** The card of the started flow that is under way. */
  get current(): TreeNode | null {
    return this.#root?.stack[0]?.node ?? null;
  }

  #runStarted(event: RunEvent): void {
    if (event.kind === 'root') {
      this.#root = view(makeNode('call', event.flow, '', null), null);
      this.#views.set(event.runId, this.#root);
      return;
    }
    if (event.kind !== 'async') return;
    // It outlives the card that started it, so it stands on its own.
    const known = this.#views.get(event.runId);
    if (known?.home) detach(known.home, known.node);
    this.#views.set(event.runId, view(makeNode('call', `${event.flow} (async)`, '', null), null));
  }

  #runEnded(event: Extract<RunEvent, { phase: 'ended' }>): void {
    const ended = this.#views.get(event.runId);
    if (!ended) return;
    this.#views.delete(event.runId);
    finish(ended.node, event.status, event);
    if (ended.home) settle(ended.home, ended.node);
    else if (ended !== this.#root) this.#listener.ended(ended.node);
  }

  #called(event: CallEvent): void {
    const card = this.#views.get(event.callerRunId)?.open.get(event.seq);
    if (!card) return;
    const name = event.index === null ? event.flow : `${event.flow} [${event.index}]`;
    const node = makeNode('call', name, '', null);
    attach(card, node);
    this.#views.set(event.calleeRunId, view(node, card));
    this.#change(event.at);
  }

  #cardStarted(event: CardStarted): void {
    const home = this.#views.get(event.runId);
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
    const home = this.#views.get(event.runId);
    const node = home?.open.get(event.seq);
    if (!home || !node) return;
    home.open.delete(event.seq);
    home.stack.splice(
      home.stack.findIndex((entry) => entry.seq === event.seq),
      1,
    );
    finish(node, event.status === 'caught' ? 'error' : event.status, event);
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
    const node = this.#views.get(event.runId)?.open.get(event.seq);
    if (!node) return;
    node.progress = { done: event.done, total: event.total };
    this.#listener.changed(node, event.at);
  }

  #attempted(event: AttemptEvent): void {
    const node = this.#views.get(event.runId)?.open.get(event.seq);
    if (!node) return;
    note(node, `attempt ${event.attempt} failed: ${event.error.message} [${event.error.code}]`);
    this.#change(event.at);
  }

  #logged(event: LogEvent): void {
    const node = this.#views.get(event.runId)?.stack.at(-1)?.node;
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

function makeNode(kind: TreeNode['kind'], name: string, type: string, block: string | null): TreeNode {
  return {
    kind,
    name,
    type,
    block,
    status: 'running',
    durationMs: 0,
    error: null,
    inputs: null,
    outputs: null,
    progress: null,
    notes: [],
    children: [],
    hidden: 0,
  };
}

function finish(
  node: TreeNode,
  status: NodeStatus,
  end: { readonly error: ErrorData | null; readonly durationMs: number },
): void {
  node.status = status;
  node.error = end.error;
  node.durationMs = end.durationMs;
}

function attach(parent: TreeNode, child: TreeNode): void {
  if (parent.children.length < MOST_CHILDREN) parent.children.push(child);
  else parent.hidden++;
}

function detach(parent: TreeNode, child: TreeNode): void {
  const at = parent.children.indexOf(child);
  if (at >= 0) parent.children.splice(at, 1);
  else parent.hidden--;
}

/** Shows a child that was only counted, if it failed. */
function settle(parent: TreeNode, child: TreeNode): void {
  if (child.status !== 'error' || parent.children.length >= MOST_FAILED || parent.children.includes(child)) return;
  parent.children.push(child);
  parent.hidden--;
}

function note(node: TreeNode, text: string): void {
  if (node.notes.length < MOST_NOTES) node.notes.push(text);
}
