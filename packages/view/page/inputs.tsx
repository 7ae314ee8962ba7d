/** The inputs of a step: where each comes from, what stood there, and what the card was given. */
import { shown } from '../src/html.js';
import { readAt } from './read-at.js';
import { isRecord } from './record.js';
import type { RunData } from './run-data.js';
import { Scroller } from './scroller.js';

const MOST_CELL = 300;

export function Inputs({ data, step }: { readonly data: RunData; readonly step: number }) {
  const given = data.value(data.run.steps.inputs[step] ?? -1);
  const bindings = data.cardOf(step)?.bindings ?? {};
  const names = new Set([...Object.keys(bindings), ...(isRecord(given) ? Object.keys(given) : [])]);
  if (given === undefined) return <p class="dim">opening…</p>;
  if (names.size === 0) return <p class="dim">none</p>;
  return (
    <Scroller label="Inputs">
      <table class="inputs">
        <thead>
          <tr>
            <th>input</th>
            <th>comes from</th>
            <th>what stood there</th>
            <th>what the card was given</th>
          </tr>
        </thead>
        <tbody>
          {[...names].map((name) => {
            const binding = Object.hasOwn(bindings, name) ? bindings[name] : undefined;
            const source = readAt(data, step, binding);
            const value = isRecord(given) && Object.hasOwn(given, name) ? given[name] : undefined;
            return (
              <tr key={name}>
                <th scope="row">
                  <bdi>{shown(name)}</bdi>
                </th>
                <td>
                  <code>{cut(bindingText(binding))}</code>
                </td>
                <td>
                  <code dir="auto">{source === undefined ? '' : cut(JSON.stringify(source))}</code>
                </td>
                <td>
                  <code dir="auto">{value === undefined ? 'not recorded' : cut(JSON.stringify(value))}</code>
                  {source !== undefined && value !== undefined && JSON.stringify(source) !== JSON.stringify(value) && (
                    <span class="converted"> converted</span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroller>
  );
}

function cut(text: string): string {
  return text.length > MOST_CELL ? `${shown(text.slice(0, MOST_CELL))}…` : shown(text);
}

function bindingText(binding: unknown): string {
  if (binding === undefined) return 'the default';
  if (!isRecord(binding)) return JSON.stringify(binding);
  if (typeof binding['from'] === 'string') return binding['from'];
  if (typeof binding['expr'] === 'string') return `expr ${binding['expr']}`;
  if (typeof binding['item'] === 'string') return `item ${binding['item']}`;
  if (typeof binding['flow'] === 'string') return `flow ${binding['flow']}`;
  return JSON.stringify(binding['value'] ?? binding);
}
