/** The address keeps the step that is looked at, so that a link leads to it. */
export function stepInAddress(steps: number): number | null {
  const found = /^#step=(\d+)$/.exec(location.hash);
  const step = Number(found?.[1] ?? Number.NaN);
  return Number.isInteger(step) && step < steps ? step : null;
}

/** Without an entry in the way back: every key press would be one. */
export function noteStep(step: number): void {
  history.replaceState(null, '', `#step=${step}`);
}
