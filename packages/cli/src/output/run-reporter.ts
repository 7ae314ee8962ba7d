/** Tells on standard error what a run does. */
import type { Engine } from '@flowdeck/engine';
import type { Io } from '../io.js';
import { paletteFor } from './colour.js';
import { linesOf, progressText } from './lines.js';
import { Screen } from './screen.js';
import { plain } from './text.js';
import { Tree } from './tree.js';

/** Milliseconds between two progress lines where nothing can be redrawn. */
const PROGRESS_MS = 5_000;

/** Reports a run until the returned function is called. */
export function reportRun(
  engine: Pick<Engine, 'on'>,
  io: Pick<Io, 'stderr' | 'env'>,
  options: { readonly data: boolean },
): () => void {
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
  const off = engine.on('*', (event) => tree.note(event));
  return () => {
    off();
    screen.clear();
  };
}
