/** The mistakes of `pack.js` as TypeScript finds them. Each line below a remark would not compile without it. */
import { defineCard, definePack } from '@flowdeck/engine';

const about = { id: 'hurry.shout', title: 'Shout', description: 'Text in capitals.', kind: 'pure' } as const;
const text = { key: 'text', type: 'text', required: true } as const;
const output = { key: 'output', type: 'text' } as const;
const run = (given: string) => ({ output: given.toUpperCase() });

// @ts-expect-error: an id is namespace.name
defineCard({ ...about, id: 'shout', inputs: [text], outputs: [output], run });
// @ts-expect-error: kinds are in small letters
defineCard({ ...about, kind: 'Pure', inputs: [text], outputs: [output], run });
// @ts-expect-error: texts are of type "text"
defineCard({ ...about, inputs: [{ ...text, type: 'string' }], outputs: [output], run });
// @ts-expect-error: required
defineCard({ ...about, inputs: [{ ...text, require: true }], outputs: [output], run });
// @ts-expect-error: secret
defineCard({ ...about, inputs: [{ ...text, secrets: true }], outputs: [output], run });
// @ts-expect-error: choices
defineCard({ ...about, inputs: [{ ...text, choice: ['loud'] }], outputs: [output], run });
// @ts-expect-error: milliseconds, as a number
defineCard({ ...about, inputs: [text], outputs: [output], timeoutMs: '10s', run });
// @ts-expect-error: an example names an input that there is not
defineCard({ ...about, inputs: [text], outputs: [output], examples: [{ in: { txt: 'a' } }], run });
// @ts-expect-error: the function gives an output that there is not
defineCard({ ...about, inputs: [text], outputs: [output], run: (given) => ({ out: given }) });
// @ts-expect-error: a pack has a version
definePack({ name: 'flowdeck-hurry', namespace: 'hurry', cards: [] });
