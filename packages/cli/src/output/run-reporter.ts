/** Tells on standard error what a run does. */
import type { FlowEvent } from '@flowdeck/engine';
import type { Io } from '../system/io.js';
import { paletteFor } from './colour.js';
import { linesOf, progressText } from './lines.js';
import { Screen } from './screen.js';
import { plain } from './text.js';
import { Tree } from './tree.js';

/** Milliseconds between two progress lines where nothing can be redrawn. */
const PROGRESS_MS = 5_000;

export interface RunReporter {
  /** To be called with every event of the run. */
  readonly hear: (event: FlowEvent) => void;
  /** Takes back what was only drawn for the time being. */
  readonly end: () => void;
}

export function reportRun(io: Pick<Io, 'stderr' | 'env'>, options: { readonly data: boolean }): RunReporter {
  const screen = new Screen(io.stderr);
  const palette = paletteFor(io.stderr, io.env);
  const lineOptions = { palette, data: options.data };
  let reportedAt: number | null = null;
  const tree = new Tree({
    ended: (node) => screen.print(linesOf(node, lineOptions)),
    changed: (node, at) => {
      const { current } = tree;
      if (current !== null) screen.draw(at, () => linesOf(current, lineOptions));
      if (screen.isLive || node.progress === null) return;
      reportedAt ??= at - PROGRESS_MS;
      if (at - reportedAt < PROGRESS_MS) return;
      reportedAt = at;
      screen.print([palette.dim(`  … ${plain(node.name)}  ${progressText(node.progress)}`)]);
    },
  });
  return { hear: (event) => tree.note(event), end: () => screen.clear() };
}
