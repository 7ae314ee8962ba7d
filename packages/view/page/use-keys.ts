/** Single letters as keys, while nobody types. */
import type { RefObject } from 'preact';
import { type Dispatch, type StateUpdater, useLayoutEffect, useState } from 'preact/hooks';
import type { RunData } from './run-data.js';

export interface KeyTargets {
  readonly data: RunData;
  readonly selected: number;
  readonly select: (step: number) => void;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly setFailedOnly: Dispatch<StateUpdater<boolean>>;
  readonly setSaid: (text: string) => void;
}

/** Whether they are on, and the switch. */
export function useKeys(targets: KeyTargets): readonly [boolean, (on: boolean) => void] {
  const [isOn, setOn] = useState(true);
  const { data, selected, select, field, setFailedOnly, setSaid } = targets;
  // With the rows, not after them: the next key may come before the browser has painted.
  useLayoutEffect(() => {
    if (!isOn) return;
    const copied = (text: string) => () => setSaid(`copied ${text}`);
    const refused = () => setSaid('this browser does not let pages copy');
    const { order, rank } = data.byTime;
    const inTime = (by: number) => select(order[(rank[selected] ?? 0) + by] ?? selected);
    const actions: Readonly<Record<string, () => void>> = {
      n: () => select(data.failures.find((step) => step > selected) ?? data.failures[0] ?? selected),
      p: () => select(data.failures.findLast((step) => step < selected) ?? data.failures.at(-1) ?? selected),
      j: () => inTime(1),
      k: () => inTime(-1),
      Enter: () => {
        const [callee] = data.calleesOf(selected);
        if (callee !== undefined) select(data.stepsOf(callee)[0]);
      },
      u: () => select(data.callerOf(data.executionOf(selected))),
      '/': () => field.current?.focus(),
      f: () => setFailedOnly((before) => !before),
      c: () => {
        const value = data.value(data.run.steps.outputs[selected] ?? -1);
        navigator.clipboard.writeText(JSON.stringify(value ?? null, null, 2)).then(copied('the outputs'), refused);
      },
      y: () => {
        navigator.clipboard.writeText(data.cardOf(selected)?.pointer ?? '').then(copied('the pointer'), refused);
      },
      '?': () => {
        const help = document.getElementById('keys');
        if (help instanceof HTMLDetailsElement) help.open = !help.open;
      },
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyped(event.target)) return;
      if (!Object.hasOwn(actions, event.key)) return;
      event.preventDefault();
      actions[event.key]?.();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [isOn, data, selected, select, field, setFailedOnly, setSaid]);
  return [isOn, setOn];
}

/** Where a key has a meaning of its own. */
function isTyped(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, button, a, summary') !== null;
}
