/** Opens the run that the page holds, and shows it. */
import { render } from 'preact';
import type { PackedRun } from '../src/report/packed.js';
import { App } from './app.js';
import { inflated, RunData } from './run-data.js';

async function open(root: HTMLElement): Promise<void> {
  const packed = document.getElementById('run')?.textContent ?? '';
  const run: PackedRun = JSON.parse(await inflated(JSON.parse(packed)));
  const chunks = [...document.querySelectorAll('script.values')].map((chunk): string =>
    JSON.parse(chunk.textContent ?? ''),
  );
  document.documentElement.classList.add('scripted');
  render(<App data={new RunData(run, chunks)} />, root);
}

const root = document.getElementById('app');
if (root !== null) {
  open(root).catch((error: unknown) => {
    root.textContent = `This browser cannot open the steps: ${String(error)}. The list below shows them without their values.`;
  });
}
