/** What a journal can do wrong with an effect, by name. */
import type { JsonData, RunRuntime } from '@flowdeck/engine';

/** Performs or recalls an effect, as `step` of a runtime should not. */
export type StepFault = (run: RunRuntime, id: string, effect: () => Promise<JsonData>) => JsonData | Promise<JsonData>;

const FAULTS = {
  /** Performs each effect twice. */
  repeats: (run, id, effect) =>
    run.step(id, async () => {
      await effect();
      return effect();
    }),
  /** Remembers of what may take place at most once only what came of it, and not that it was about to be performed. */
  'forgets-intents': (run, id, effect) => (id.endsWith('~intent') ? effect() : run.step(id, effect)),
  /** Keeps nothing of what was performed: a later life performs it again. */
  'forgets-results': (_run, _id, effect) => effect(),
} satisfies Readonly<Record<string, StepFault>>;

export type FaultName = keyof typeof FAULTS;

/** The fault of that name. */
export function readFault(name: string): StepFault {
  const fault: StepFault | undefined = FAULTS[name as FaultName]; // it may be none of them
  if (fault === undefined) throw new Error(`There is no fault "${name}".`);
  return fault;
}
