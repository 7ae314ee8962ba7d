/** Opens the runs that the page holds: the only one at once, one of several when a person wants to step through it. */
import { render } from 'preact';
import type { PackedRun } from '../src/report/packed.js';
import { runInAddress } from './address.js';
import { App } from './app.js';
import { inflated, RunData } from './run-data.js';

/** Where a run is shown; its data stand in the elements that have the same name. */
const roots = [...document.querySelectorAll<HTMLElement>('[data-opens]')];

async function open(root: HTMLElement): Promise<void> {
  const name = nameOf(root);
  const packed = document.getElementById(`${name}run`)?.textContent ?? '';
  const run: PackedRun = JSON.parse(await inflated(JSON.parse(packed)));
  const chunks = [...document.getElementsByClassName(`${name}values`)].map((chunk): string =>
    JSON.parse(chunk.textContent ?? ''),
  );
  // Keys and the address are of one run at a time.
  for (const other of roots) if (other !== root) offer(other);
  render(<App data={new RunData(run, chunks)} place={{ name, scope: root.closest('[data-run]') ?? document }} />, root);
}

function tryToOpen(root: HTMLElement): void {
  open(root).catch((error: unknown) => {
    render(null, root);
    root.textContent = `This browser cannot open the steps: ${String(error)}. The list below shows them without their values.`;
  });
}

function offer(root: HTMLElement): void {
  render(
    <button type="button" onClick={() => tryToOpen(root)}>
      Step through this run
    </button>,
    root,
  );
}

function nameOf(root: HTMLElement): string {
  return root.getAttribute('data-opens') ?? '';
}

function openNamed(): void {
  const named = roots.find((root) => nameOf(root) === runInAddress());
  // One that is open hears of the address itself.
  if (named !== undefined && named.querySelector('.app') === null) tryToOpen(named);
}

if (roots.length > 0) document.documentElement.classList.add('scripted');
const [first] = roots;
if (first !== undefined && nameOf(first) === '') tryToOpen(first);
else {
  for (const root of roots) offer(root);
  openNamed();
  addEventListener('hashchange', openNamed);
}
