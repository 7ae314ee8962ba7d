import { defineCard, definePack } from '@flowdeck/engine';

const shout = defineCard({
  id: 'shout', // no namespace
  title: 'Shout',
  description: 'Text in capitals.',
  kind: 'Pure', // kinds are in small letters
  inputs: [
    { key: 'text', type: 'string', required: true }, // texts are of type "text"
    { key: 'text', type: 'text', require: true }, // the same key again, and "required"
    { key: 'token', type: 'text', secrets: true }, // "secret": this one would be shown
    { key: 'style', type: 'text', choice: ['loud', 'louder'] }, // "choices"
    { key: 'times', type: 'number', default: 'many' }, // a default of another type
  ],
  outputs: [{ key: 'output', type: 'text' }],
  timeoutMs: '10s', // milliseconds, as a number
  run: (text) => ({ output: text.toUpperCase() }),
});

// No version.
export default definePack({ name: 'flowdeck-hurry', namespace: 'hurry', cards: [shout] });
