/** The rows of the list of steps: what is open of the tree, or what a search found. */
import type { RunData } from './run-data.js';

/** A step, or one run of a flow that a step called. */
export interface Row {
  readonly kind: 'step' | 'flow';
  /** Of its kind: the number of the step, or of the execution. */
  readonly number: number;
  /** From 1. */
  readonly level: number;
  readonly position: number;
  readonly size: number;
  /** Null: there is nothing in it. */
  readonly isOpen: boolean | null;
}

/** Keys of what is open. */
export function keyOf({ kind, number }: Pick<Row, 'kind' | 'number'>): string {
  return `${kind}${number}`;
}

export function treeRows(data: RunData, open: ReadonlySet<string>): readonly Row[] {
  const rows: Row[] = [];
  if (data.stepCount > 0) addSteps(data, 0, 1, open, rows);
  return rows;
}

function addSteps(data: RunData, execution: number, level: number, open: ReadonlySet<string>, rows: Row[]): void {
  const [first, end] = data.stepsOf(execution);
  for (let step = first; step < end; step++) {
    const callees = data.calleesOf(step);
    const row = {
      kind: 'step',
      number: step,
      level: level + (data.run.steps.depth[step] ?? 0),
      position: step - first + 1,
      size: end - first,
      isOpen: callees.length === 0 ? null : open.has(`step${step}`),
    } as const;
    rows.push(row);
    if (row.isOpen === true) addCallees(data, callees, row.level + 1, open, rows);
  }
}

function addCallees(
  data: RunData,
  callees: readonly number[],
  level: number,
  open: ReadonlySet<string>,
  rows: Row[],
): void {
  const failed = callees.filter((callee) => data.executionState(callee) === 'error');
  const others = callees.filter((callee) => data.executionState(callee) !== 'error');
  const size = callees.length;
  for (const [index, callee] of [...failed, ...others].entries()) {
    const [first, end] = data.stepsOf(callee);
    const isOpen = first === end ? null : open.has(`flow${callee}`);
    rows.push({ kind: 'flow', number: callee, level, position: index + 1, size, isOpen });
    if (isOpen === true) addSteps(data, callee, level + 1, open, rows);
  }
}

/** A flat list. */
export function foundRows(steps: readonly number[]): readonly Row[] {
  return steps.map((step, index) => ({
    kind: 'step',
    number: step,
    level: 1,
    position: index + 1,
    size: steps.length,
    isOpen: null,
  }));
}

/** What must be open for a step to be seen. */
export function wayTo(data: RunData, step: number): readonly string[] {
  const keys: string[] = [];
  for (let at = data.executionOf(step); at > 0; ) {
    keys.push(`flow${at}`);
    const caller = data.callerOf(at);
    if (caller < 0) break;
    keys.push(`step${caller}`);
    at = data.executionOf(caller);
  }
  return keys;
}
