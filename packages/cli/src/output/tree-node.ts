/** A node of the tree of a run: a card or a called flow, and as much of its inside as a reader takes in. */
import type { DataObject, ErrorData } from '@flowdeck/engine';

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

export function makeNode(kind: TreeNode['kind'], name: string, type: string, block: string | null): TreeNode {
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

export function finish(
  node: TreeNode,
  status: NodeStatus,
  end: { readonly error: ErrorData | null; readonly durationMs: number },
): void {
  node.status = status;
  node.error = end.error;
  node.durationMs = end.durationMs;
}

export function attach(parent: TreeNode, child: TreeNode): void {
  if (parent.children.length < MOST_CHILDREN) parent.children.push(child);
  else parent.hidden++;
}

export function detach(parent: TreeNode, child: TreeNode): void {
  const at = parent.children.indexOf(child);
  if (at >= 0) parent.children.splice(at, 1);
  else parent.hidden--;
}

/** Shows a child that was only counted, if it failed. */
export function settle(parent: TreeNode, child: TreeNode): void {
  if (child.status !== 'error' || parent.children.length >= MOST_FAILED || parent.children.includes(child)) return;
  parent.children.push(child);
  parent.hidden--;
}

export function note(node: TreeNode, text: string): void {
  if (node.notes.length < MOST_NOTES) node.notes.push(text);
}
