/** Shows a value as JSON: long ones cut, with the rest on demand, and copied whole. */
import { useState } from 'preact/hooks';
import { shown } from '../src/html.js';
import { Scroller } from './scroller.js';

const MOST_LETTERS = 4_000;

export function ValueView({ value, label }: { readonly value: unknown; readonly label: string }) {
  const [isWhole, setWhole] = useState(false);
  if (value === undefined) return <p class="dim">opening…</p>;
  const text = shown(JSON.stringify(value, null, 2));
  const isCut = text.length > MOST_LETTERS && !isWhole;
  return (
    <div class="value">
      <Scroller label={label}>
        <pre>
          <bdi dir="auto">{isCut ? `${text.slice(0, MOST_LETTERS)}…` : text}</bdi>
        </pre>
      </Scroller>
      {isCut && (
        <button type="button" onClick={() => setWhole(true)}>
          show all {text.length} characters
        </button>
      )}
      <CopyButton text={JSON.stringify(value, null, 2)} label={`copy ${label}`} />
    </div>
  );
}

export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [said, setSaid] = useState<string | null>(null);
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setSaid('copied'),
      () => setSaid('this browser does not let pages copy'),
    );
  };
  return (
    <button type="button" class="copy" onClick={copy} aria-live="polite">
      {said ?? label}
    </button>
  );
}
