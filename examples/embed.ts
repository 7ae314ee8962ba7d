/** Embedding: an engine in a host program, with one card of the host's own. */
import { standard } from '@flowdeck/cards';
import { createEngine, defineCard, definePack } from '@flowdeck/engine';

const shout = defineCard({
  id: 'acme.shout',
  title: 'Shout',
  description: 'Text in capitals.',
  kind: 'pure',
  inputs: [{ key: 'text', type: 'text', required: true }],
  outputs: [{ key: 'output', type: 'text' }],
  run: (text) => ({ output: text.toUpperCase() }),
});
const acme = definePack({ name: 'acme', namespace: 'acme', version: '1.0.0', cards: [shout] });
const engine = createEngine({ packs: [standard, acme] });
const deck =
  engine.load(`{ "flowdeck": 1, "id": "hello", "type": "manual", "inputs": [{ "key": "name", "type": "text" }],
  "cards": [{ "id": "loud", "card": "acme.shout", "in": { "text": { "expr": "'hello ' & inputs.name" } } }] }`);
engine.on('card', (event) => event.phase === 'ended' && console.log(`${event.title}: ${event.status}`));
const result = await engine.run(deck, { inputs: { name: 'world' } });
console.log(result.status, result.outputs);
