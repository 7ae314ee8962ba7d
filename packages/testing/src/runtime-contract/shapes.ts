/** What the flows of the contract are made of. */

export const VALUE = [{ key: 'value', type: 'any' }];
export const ITEM = { id: 'item', type: 'helper', inputs: VALUE, outputs: [{ key: 'output', type: 'any' }] };

export function act(id: string, more: object = {}) {
  return { id, card: 'contract.effect', in: { value: { from: '/inputs/value' }, ...more } };
}

export function waitCard(id: string, seconds: number) {
  return { id, card: 'control.waitFor', in: { delay: seconds, unit: 'second' } };
}

export function manual(id: string, cards: readonly object[]) {
  return { id, type: 'manual', inputs: VALUE, cards };
}
