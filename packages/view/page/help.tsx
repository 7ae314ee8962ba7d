/** The keys, and the switch that turns them off (WCAG 2.1.4). */
export const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['n p', 'next, previous failure'],
  ['j k', 'next, previous step in time'],
  ['Enter u', 'into what the step called, out to what called it'],
  ['/ f', 'search; failed steps only'],
  ['c y', 'copy the outputs; copy the pointer of the card'],
  ['↑ ↓ ← →', 'in the list: move, close, open'],
];

export function Help({ isOn, setOn }: { readonly isOn: boolean; readonly setOn: (on: boolean) => void }) {
  return (
    <details id="keys">
      <summary>Keys</summary>
      <dl>
        {KEYS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input type="checkbox" checked={isOn} onChange={(event) => setOn(event.currentTarget.checked)} /> single letters
        are keys
      </label>
    </details>
  );
}
