/** The standard library once more as the cards of a third party, to prove that rules go by what cards declare. */
import { standard } from '@flowdeck/cards';
import { type CardType, defineCard, definePack, type FlowFile, type Pack } from '@flowdeck/engine';

/** Every standard card under an id that nobody knows. */
export function twinPack(): Pack {
  const cards = (standard.cards ?? []).map((card) => ({ ...card, id: twinId(card.id) }));
  return definePack({ name: 'twin', namespace: 'twin', version: '1.0.0', cards });
}

/** The document with the third party's cards in place of the standard ones. */
export function twinOf(document: FlowFile): FlowFile {
  const known = new Set((standard.cards ?? []).map(({ id }) => id));
  return JSON.parse(JSON.stringify(document), (key, value: unknown) =>
    key === 'card' && typeof value === 'string' && known.has(value) ? twinId(value) : value,
  );
}

function twinId(id: string): string {
  return `twin.${id.replace('.', '_')}`;
}

/** Control cards that are like none of the standard ones. */
export const THIRD_PARTY: readonly CardType[] = [
  defineCard({
    id: 'acme.tryAll',
    title: 'Try All',
    description: 'Runs its blocks one after the other, whatever becomes of each.',
    kind: 'control',
    inputs: [],
    outputs: [],
    blocks: { '*': { scope: 'inline' } },
    traits: { swallowsErrors: true },
    run: () => undefined,
  }),
  defineCard({
    id: 'acme.lock',
    title: 'Lock',
    description: 'Runs a block while it holds a lock.',
    kind: 'control',
    inputs: [],
    outputs: [],
    blocks: { held: { scope: 'inline', required: true, always: true } },
    run: () => undefined,
  }),
  defineCard({
    id: 'acme.fireAndForget',
    title: 'Fire and Forget',
    description: 'Starts a flow and goes on.',
    kind: 'control',
    inputs: [{ key: 'job', type: 'flow', required: true }],
    outputs: [],
    traits: { detached: true, callsOnce: true },
    run: () => undefined,
  }),
  defineCard({
    id: 'acme.route',
    title: 'Route',
    description: 'Runs the block that fits the value.',
    kind: 'control',
    inputs: [{ key: 'by', type: 'text' }],
    outputs: [],
    blocks: { left: { scope: 'inline' }, right: { scope: 'inline' }, straight: { scope: 'inline' } },
    traits: { chooses: true },
    run: () => undefined,
  }),
  defineCard({
    id: 'acme.weather',
    title: 'Weather',
    description: 'Asks a service.',
    kind: 'effect',
    inputs: [{ key: 'service', type: 'text', required: true }],
    outputs: [{ key: 'celsius', type: 'number' }],
    traits: { requests: 'service' },
    run: () => ({ celsius: null }),
  }),
];
