/** The part of the page that needs a script: the steps, a search among them, and the one that is looked at. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { countText } from '../src/numbers.js';
import { noteStep, stepInAddress } from './address.js';
import { Detail } from './detail.js';
import { Help } from './help.js';
import { markStep, stepAt } from './pictures.js';
import { foundRows, keyOf, type Row, treeRows, wayTo } from './rows.js';
import type { RunData } from './run-data.js';
import { search } from './search.js';
import { StepList } from './step-list.js';
import { timeLine } from './time.js';
import { useKeys } from './use-keys.js';

/** Where on the page a run is shown. */
export interface RunPlace {
  /** Empty: it is the only one. */
  readonly name: string;
  /** What holds its pictures. */
  readonly scope: ParentNode;
}

export function App({ data, place: { name, scope } }: { readonly data: RunData; readonly place: RunPlace }) {
  const time = useMemo(() => timeLine(data), [data]);
  const [selected, setSelected] = useState(() => stepInAddress(name, data.stepCount) ?? data.failures.at(-1) ?? 0);
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(wayTo(data, selected)));
  const [active, setActive] = useState(`step${selected}`);
  const [query, setQuery] = useState('');
  const [found, setFound] = useState<readonly number[] | null>(null);
  const [isFailedOnly, setFailedOnly] = useState(false);
  const [said, setSaid] = useState('');
  const field = useRef<HTMLInputElement>(null);

  const select = useCallback(
    (step: number) => {
      if (step < 0 || step >= data.stepCount) return;
      setSelected(step);
      setActive(`step${step}`);
      setOpen((before) => new Set([...before, ...wayTo(data, step)]));
      noteStep(name, step);
      const nth = data.failures.indexOf(step);
      setSaid(nth < 0 ? '' : `failure ${nth + 1} of ${data.failures.length}`);
    },
    [data, name],
  );
  const rows = useMemo(() => {
    if (found === null && !isFailedOnly) return treeRows(data, open);
    const steps = found ?? data.failures;
    return foundRows(isFailedOnly ? steps.filter((step) => data.state(step) === 'error') : steps);
  }, [data, open, found, isFailedOnly]);
  const activate = (row: Row) => {
    if (row.kind === 'step') select(row.number);
    else setActive(keyOf(row));
  };
  const toggle = (row: Row, isOpen: boolean) => {
    const next = new Set(open);
    if (isOpen) next.add(keyOf(row));
    else next.delete(keyOf(row));
    // A call that is not one of many has nothing to choose between.
    const [only, ...more] = row.kind === 'step' ? data.calleesOf(row.number) : [];
    if (isOpen && only !== undefined && more.length === 0) next.add(`flow${only}`);
    setOpen(next);
    setActive(keyOf(row));
  };

  useEffect(() => markStep(data, scope, selected), [data, scope, selected]);
  useLayoutEffect(() => {
    const onHash = () => {
      const step = stepInAddress(name, data.stepCount);
      if (step !== null) select(step);
      openTarget();
    };
    const onClick = ({ target }: MouseEvent) => {
      const step = target instanceof Node && scope.contains(target) ? stepAt(data, target) : null;
      if (step !== null) select(step);
    };
    addEventListener('hashchange', onHash);
    document.addEventListener('click', onClick);
    openTarget();
    return () => {
      removeEventListener('hashchange', onHash);
      document.removeEventListener('click', onClick);
    };
  }, [data, name, scope, select]);
  useEffect(() => {
    let isCurrent = true;
    if (query.trim() === '') setFound(null);
    else
      void search(data, query).then((steps) => {
        if (!isCurrent) return;
        setFound(steps);
        setSaid(`${countText(steps.length, 'step')} found`);
      });
    return () => {
      isCurrent = false;
    };
  }, [data, query]);
  const [keysOn, setKeysOn] = useKeys({ data, selected, select, field, setFailedOnly, setSaid });

  return (
    <div class="app">
      <section class="list" aria-labelledby="steps-title">
        <h2 id="steps-title">Steps</h2>
        <search class="tools">
          <label>
            Search{' '}
            <input type="search" ref={field} value={query} onInput={(event) => setQuery(event.currentTarget.value)} />
          </label>
          <label>
            <input
              type="checkbox"
              checked={isFailedOnly}
              onChange={(event) => setFailedOnly(event.currentTarget.checked)}
            />{' '}
            failed only ({data.failures.length})
          </label>
          <span class="dim">
            {countText(rows.length, 'row')}
            {time.folded && ', idle time folded'}
          </span>
        </search>
        <StepList
          data={data}
          time={time}
          rows={rows}
          selected={selected}
          active={active}
          activate={activate}
          toggle={toggle}
        />
        <p class="said" role="status">
          {said}
        </p>
        <Help isOn={keysOn} setOn={setKeysOn} />
      </section>
      {data.stepCount > 0 && <Detail key={selected} data={data} step={selected} select={select} />}
    </div>
  );
}

/** A link to a flow leads to its picture, which may be closed. */
function openTarget(): void {
  const target = /^#(case-\d+-)?flow-\d+$/.test(location.hash) ? document.getElementById(location.hash.slice(1)) : null;
  if (target instanceof HTMLDetailsElement) target.open = true;
}
