/** What a card is called that its author gave no id. */

/** The id of such a card in steps and events: its place in the flow, by its pointer in the flow or in a deck. */
export function autoId(pointer: string): string {
  const place = pointer
    .split('/cards/')
    .slice(1)
    .map((part) => part.replace(/\/blocks\//, '.').replaceAll('/', '.'));
  return `_${place.join('.')}`;
}
