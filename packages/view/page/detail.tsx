/** One step whole: how it went, its values as they were, its attempts, requests, calls and log lines. */
import { useEffect, useState } from 'preact/hooks';
import { shown } from '../src/html.js';
import { countText, durationText } from '../src/numbers.js';
import { Exchanges } from './exchanges.js';
import { Inputs } from './inputs.js';
import { sourcesOf } from './read-at.js';
import { isRecord } from './record.js';
import type { RunData } from './run-data.js';
import { STATE_SIGNS } from './signs.js';
import { CopyButton, ValueView } from './value.js';

export interface DetailProps {
  readonly data: RunData;
  readonly step: number;
  readonly select: (step: number) => void;
}

export function Detail({ data, step, select }: DetailProps) {
  const [, setOpened] = useState(0);
  const { steps } = data.run;
  useEffect(() => {
    const numbers = [steps.inputs[step], steps.outputs[step], steps.error[step]].map((number) => number ?? -1);
    const details = data.exchangesOf(step).map(({ detail }) => detail);
    let isCurrent = true;
    void data.open([...numbers, ...details, ...sourcesOf(data, step)]).then(() => {
      if (isCurrent) setOpened((count) => count + 1);
    });
    return () => {
      isCurrent = false;
    };
  }, [data, step]);
  const error = data.value(steps.error[step] ?? -1);
  const outputs = data.value(steps.outputs[step] ?? -1);
  const card = data.cardOf(step);
  const state = data.state(step);
  const length = steps.length[step] ?? -1;
  return (
    <section class="detail" aria-labelledby="detail-title" data-state={state}>
      <h2 id="detail-title" tabIndex={-1}>
        <span class="sign">{STATE_SIGNS[state]}</span> <bdi>{shown(data.title(step))}</bdi>
      </h2>
      <p class="dim">
        <code>{data.cardId(step)}</code> {data.type(step)} · flow{' '}
        <bdi>{shown(data.flowName(data.executionOf(step)))}</bdi> {length >= 0 && `· ${durationText(length / 1000)}`}{' '}
        {(steps.attempts[step] ?? 1) > 1 && `· ${countText(steps.attempts[step] ?? 1, 'attempt')}`}
      </p>
      <Moves data={data} step={step} select={select} />
      {isRecord(error) && (
        <section class="verdict">
          <h3>Error</h3>
          <p class="reason">
            <bdi dir="auto">{shown(String(error['message']))}</bdi> <code>{String(error['code'])}</code>
          </p>
          {typeof error['hint'] === 'string' && <p class="hint">{shown(error['hint'])}</p>}
          <ValueView value={error} label="error" />
        </section>
      )}
      <h3>Inputs</h3>
      <Inputs data={data} step={step} />
      <h3>Outputs</h3>
      {outputs === null ? <p class="dim">none</p> : <ValueView value={outputs} label="outputs" />}
      {isRecord(outputs) && <Wires card={data.cardId(step)} names={Object.keys(outputs)} />}
      <Retries data={data} step={step} />
      <Exchanges data={data} step={step} />
      <Logs data={data} step={step} />
      {card !== null && <CopyButton text={card.pointer} label="copy pointer" />}
    </section>
  );
}

/** Back and forward in time, out to the caller, into what was called. */
function Moves({ data, step, select }: DetailProps) {
  const { order, rank } = data.byTime;
  const at = rank[step] ?? 0;
  const [before, after] = [order[at - 1], order[at + 1]];
  const caller = data.callerOf(data.executionOf(step));
  const callees = data.calleesOf(step);
  const shownCallees = callees.slice(0, MOST_CALLEES);
  return (
    <nav class="moves" aria-label="Steps">
      <button type="button" disabled={before === undefined} onClick={() => select(before ?? step)}>
        ◀ step back
      </button>
      <button type="button" disabled={after === undefined} onClick={() => select(after ?? step)}>
        step forward ▶
      </button>
      <span class="dim">
        step {at + 1} of {data.stepCount}
      </span>
      {caller >= 0 && (
        <a href={`#step=${caller}`}>
          ↑ called by <bdi>{shown(data.title(caller))}</bdi>
        </a>
      )}
      {shownCallees.map((callee) => {
        const [first, end] = data.stepsOf(callee);
        const item = data.run.executions.item[callee] ?? -1;
        const name = `${shown(data.flowName(callee))}${item < 0 ? '' : ` item ${item + 1}`}`;
        return first === end ? null : (
          <a key={callee} href={`#step=${first}`}>
            ↓ {STATE_SIGNS[data.executionState(callee)]} {name}
          </a>
        );
      })}
      {callees.length > shownCallees.length && (
        <span class="dim">{countText(callees.length - shownCallees.length, 'more run')} in the list of steps</span>
      )}
    </nav>
  );
}

const MOST_CALLEES = 6;

/** Bindings of outputs, to paste into a flow. */
function Wires({ card, names }: { readonly card: string; readonly names: readonly string[] }) {
  return (
    <p>
      {names.slice(0, MOST_CALLEES).map((name) => {
        const pointer = `/${[card, name].map((token) => token.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
        return <CopyButton key={name} text={JSON.stringify({ from: pointer })} label={`copy wire to ${shown(name)}`} />;
      })}
    </p>
  );
}

function Retries({ data, step }: { readonly data: RunData; readonly step: number }) {
  const retries = data.run.retries.filter((each) => each.step === step);
  if (retries.length === 0) return null;
  return (
    <section>
      <h3>Attempts that failed</h3>
      <ol>
        {retries.map(({ attempt, delayMs, message }) => (
          <li key={attempt} value={attempt}>
            <bdi dir="auto">{shown(message)}</bdi>, then a pause of {durationText(delayMs)}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Logs({ data, step }: { readonly data: RunData; readonly step: number }) {
  const execution = data.executionOf(step);
  const card = data.cardId(step);
  const logs = data.run.logs.filter((each) => each.execution === execution && each.card === card);
  if (logs.length === 0) return null;
  return (
    <section>
      <h3>Log</h3>
      <ul>
        {logs.map(({ level, message }, index) => (
          <li key={index}>
            <code>{level}</code> <bdi dir="auto">{shown(message)}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
