/** The pictures of the page, which stand in its HTML: a click on a card leads to its steps, a step is marked on its picture. */
import type { RunData } from './run-data.js';

/** The step that a click on a card means: its first failure, else its first run. Null: it was no card, or one that did not run. */
export function stepAt(data: RunData, target: EventTarget | null): number | null {
  if (!(target instanceof Element)) return null;
  const card = target.closest('[data-card]')?.getAttribute('data-card');
  const flow = target.closest('[data-flow]')?.getAttribute('data-flow');
  if (card === undefined || card === null || flow === undefined) return null;
  let found: number | null = null;
  for (let step = 0; step < data.stepCount; step++) {
    if (data.flowOf(data.executionOf(step))?.id !== flow || data.cardOf(step)?.key !== card) continue;
    if (data.state(step) === 'error') return step;
    found ??= step;
  }
  return found;
}

export function markStep(data: RunData, scope: ParentNode, step: number): void {
  for (const marked of document.querySelectorAll('.words.current')) marked.classList.remove('current');
  const flow = data.flowOf(data.executionOf(step));
  const card = data.cardOf(step);
  if (flow === null || card === null) return;
  for (const figure of scope.querySelectorAll('[data-flow]')) {
    if (figure.getAttribute('data-flow') !== flow.id) continue;
    for (const words of figure.querySelectorAll('[data-card]')) {
      if (words.getAttribute('data-card') === card.key) words.classList.add('current');
    }
  }
}
