/** The address keeps the step that is looked at, so that a link leads to it: `#step=3`, and of one run of several `#case-1-step=3`. */
const STEP = /^#(.*?)step=(\d+)$/;

/** The run that is named. Null: none is. */
export function runInAddress(): string | null {
  return STEP.exec(location.hash)?.[1] ?? null;
}

export function stepInAddress(run: string, steps: number): number | null {
  const [, name, written = ''] = STEP.exec(location.hash) ?? [];
  const step = name === run ? Number(written) : Number.NaN;
  return Number.isInteger(step) && step < steps ? step : null;
}

/** Without an entry in the way back: every key press would be one. */
export function noteStep(run: string, step: number): void {
  history.replaceState(null, '', `#${run}step=${step}`);
}
