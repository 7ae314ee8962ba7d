/** A life that repeats an earlier one in the same process: whoever follows the run has heard all of it. */
import type { EarlierLife } from '../run/pending-waits.js';
import type { Run } from '../run/run.js';
import type { Surroundings } from './one-life.js';

/** Whether the run has come as far as its earlier life. */
export interface Replay {
  isOver: boolean;
}

/** Nothing is told before the replay is over. */
export function quietUntilOver({ events, onAnswer, world }: Surroundings, replay: Replay): Surroundings {
  const { logger } = world;
  return {
    events: {
      get active() {
        return events.active;
      },
      hears: (type) => events.hears(type),
      get traces() {
        return replay.isOver ? events.traces : null;
      },
      emit(event) {
        if (replay.isOver) events.emit(event);
      },
    },
    onAnswer: (answer) => {
      if (replay.isOver) onAnswer?.(answer);
    },
    world: {
      ...world,
      logger: {
        log(...told) {
          if (replay.isOver) logger.log(...told);
        },
      },
    },
  };
}

/** Gives a run what its earlier life had, and no replay brings back. */
export function inherit(run: Run, { connections, source, tables, starts }: EarlierLife): void {
  const { tree } = run;
  for (const [name, connection] of connections ?? []) tree.open(name, connection);
  tree.source = source;
  tree.tables = tables;
  if (starts !== null) run.watch.numbers.earlier = starts;
}

/** The run has come as far: from here on time counts, as it has since the run began. */
export function goOn(run: Run, { startedElapsed, starts }: EarlierLife): void {
  run.startedElapsed = startedElapsed;
  if (starts !== null) run.watch.numbers.earlier = null;
  if (!run.over) run.world.deadlines.add(run);
}
