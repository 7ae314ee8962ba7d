/** The cards that the examples use: the standard library, the Twilio actions, and a pack with a deprecated card. */
import { standard } from '@flowdeck/cards';
import { twilio } from '@flowdeck/connector-twilio';
import { type CardType, createEngine, defineCard, definePack, type Engine } from '@flowdeck/engine';
import { type ConnectorDocument, isDeck } from '@flowdeck/engine/kit';

const call = {
  title: 'Call',
  description: 'Calls.',
  kind: 'effect',
  inputs: [],
  outputs: [],
  run: () => undefined,
} as const;

const acme = definePack({
  name: 'acme',
  namespace: 'acme',
  version: '1.0.0',
  cards: [
    defineCard({ ...call, id: 'acme.call' }),
    defineCard({ ...call, id: 'acme.oldCall', deprecated: 'Use acme.call.' }),
  ],
});

/** An engine with those cards. */
export function testEngine(): Engine {
  return createEngine({ packs: [standard, twilio, acme] });
}

/** The manifest of the Twilio connector: a `connectors` option for `lint`. */
export function knownConnectors(): readonly ConnectorDocument[] {
  const engine = testEngine();
  return engine.connectors.flatMap(({ key }) => {
    const { document } = engine.connector(key);
    return isDeck(document) && document.connector !== undefined ? [document.connector] : [];
  });
}

/** A `card` option for `lint`. */
export function findCard(): (id: string) => CardType | undefined {
  const cards = new Map(testEngine().cards.map(({ card }) => [card.id, card]));
  return (id) => cards.get(id);
}
