/** The list of steps: a tree of which only the rows in sight are in the page, each with its bar on the line of time. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { shown } from '../src/html.js';
import { countText, durationText } from '../src/numbers.js';
import { keyOf, type Row } from './rows.js';
import type { RunData } from './run-data.js';
import { STATE_SIGNS, STATE_WORDS } from './signs.js';
import type { TimeLine } from './time.js';

export interface StepListProps {
  readonly data: RunData;
  readonly time: TimeLine;
  readonly rows: readonly Row[];
  readonly selected: number;
  /** Key of the row that the keyboard is at. */
  readonly active: string;
  readonly activate: (row: Row) => void;
  readonly toggle: (row: Row, open: boolean) => void;
}

const ROW = 26;
/** Rows above and below what is in sight. */
const MARGIN = 12;

export function StepList({ data, time, rows, selected, active, activate, toggle }: StepListProps) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const at = rows.findIndex((row) => keyOf(row) === active);
  useEffect(() => {
    const list = box.current;
    if (list === null) return;
    setHeight(list.clientHeight);
    if (at < 0) return;
    if (at * ROW < list.scrollTop) list.scrollTop = at * ROW;
    else if ((at + 1) * ROW > list.scrollTop + list.clientHeight) list.scrollTop = (at + 1) * ROW - list.clientHeight;
  }, [active, at]);
  const first = Math.max(0, Math.floor(top / ROW) - MARGIN);
  const end = Math.min(rows.length, Math.ceil((top + height) / ROW) + MARGIN);
  const isDrawn = at >= first && at < end;
  const move = (event: KeyboardEvent) => {
    const row = rows[at];
    const target = targetOf(event.key, at, rows);
    if (target !== undefined) activate(target);
    else if (row?.isOpen === false && event.key === 'ArrowRight') toggle(row, true);
    else if (row?.isOpen === true && event.key === 'ArrowLeft') toggle(row, false);
    else if (row !== undefined && row.isOpen !== null && event.key === 'Enter') toggle(row, !row.isOpen);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const point = ({ target }: MouseEvent) => {
    if (!(target instanceof Element)) return;
    const row = rows[Number(target.closest('[data-index]')?.getAttribute('data-index') ?? -1)];
    if (row === undefined) return;
    if (target.closest('.twist') !== null && row.isOpen !== null) toggle(row, !row.isOpen);
    else activate(row);
  };
  return (
    <div
      id="steps"
      class="steps"
      role="tree"
      aria-label="Steps of the run"
      tabIndex={0}
      ref={box}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={move}
      onClick={point}
      {...(isDrawn ? { 'aria-activedescendant': `row-${active}` } : {})}
    >
      <div class="all" role="presentation" style={{ height: `${rows.length * ROW}px` }}>
        {rows.slice(first, end).map((row, index) => (
          <RowView
            key={keyOf(row)}
            data={data}
            time={time}
            row={row}
            index={first + index}
            isActive={keyOf(row) === active}
            isSelected={row.kind === 'step' && row.number === selected}
          />
        ))}
      </div>
    </div>
  );
}

/** The row that a key leads to. Undefined: the key leads nowhere. */
function targetOf(key: string, at: number, rows: readonly Row[]): Row | undefined {
  const row = rows[at];
  if (key === 'ArrowDown') return rows[at + 1];
  if (key === 'ArrowUp') return rows[at - 1];
  if (key === 'Home') return rows[0];
  if (key === 'End') return rows.at(-1);
  if (key === 'PageDown') return rows[Math.min(rows.length - 1, at + 20)];
  if (key === 'PageUp') return rows[Math.max(0, at - 20)];
  if (row === undefined) return undefined;
  if (key === 'ArrowRight' && row.isOpen === true) return rows[at + 1];
  if (key === 'ArrowLeft' && row.isOpen !== true) return rows.slice(0, at).findLast(({ level }) => level < row.level);
  return undefined;
}

interface RowProps extends Pick<StepListProps, 'data' | 'time'> {
  readonly row: Row;
  readonly index: number;
  readonly isActive: boolean;
  readonly isSelected: boolean;
}

function RowView({ data, time, row, index, isActive, isSelected }: RowProps) {
  const { state, name, note, start, length } =
    row.kind === 'step' ? ofStep(data, row.number) : ofFlow(data, row.number);
  const from = time.at(start);
  const to = length < 0 ? 1 : time.at(start + length);
  return (
    <div
      id={`row-${keyOf(row)}`}
      role="treeitem"
      class={`row${isActive ? ' active' : ''}`}
      data-state={state}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.size}
      aria-selected={isSelected}
      {...(row.isOpen === null ? {} : { 'aria-expanded': row.isOpen })}
      data-index={index}
      tabIndex={-1}
      style={{ top: `${index * ROW}px` }}
    >
      <span class="name" style={{ paddingLeft: `${Math.min(row.level - 1, 12) * 14}px` }}>
        <span class="twist">{row.isOpen === null ? '' : row.isOpen ? '▾' : '▸'}</span>
        <span class="sign" title={STATE_WORDS[state]}>
          {STATE_SIGNS[state]}
        </span>{' '}
        <bdi>{shown(name)}</bdi> <span class="dim">{shown(note)}</span>
      </span>
      <span class="took">{length < 0 ? STATE_WORDS[state] : durationText(length / 1000)}</span>
      <span class="line">
        <span class="bar" style={{ left: `${from * 100}%`, width: `${Math.max(0, to - from) * 100}%` }} />
      </span>
    </div>
  );
}

function ofStep(data: RunData, step: number) {
  const { start, length } = data.run.steps;
  const callees = data.calleesOf(step);
  const failed = callees.filter((callee) => data.executionState(callee) === 'error').length;
  const items =
    callees.length < 2 ? '' : ` · ${countText(callees.length, 'item')}${failed === 0 ? '' : `, ${failed} failed`}`;
  const exchanges = data.exchangesOf(step);
  const http = exchanges.length === 0 ? '' : ` · ${exchanges.map(({ status }) => status ?? '✗').join(' ')}`;
  const type = data.type(step);
  return {
    state: data.state(step),
    name: data.title(step),
    note: `${type === data.title(step) ? '' : type}${items}${http}`,
    start: start[step] ?? 0,
    length: length[step] ?? -1,
  };
}

function ofFlow(data: RunData, execution: number) {
  const { start, length, item } = data.run.executions;
  const position = item[execution] ?? -1;
  return {
    state: data.executionState(execution),
    name: position < 0 ? data.flowName(execution) : `item ${position + 1}`,
    note: position < 0 ? 'flow' : data.flowName(execution),
    start: start[execution] ?? 0,
    length: length[execution] ?? -1,
  };
}
