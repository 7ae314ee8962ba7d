/** Random: text that nobody can guess. */
import { defineCard, LimitError, type Random } from '@flowdeck/engine';
import { TEXT_OUTPUT } from './fields.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** The largest multiple of the alphabet's size in a byte: bytes from there on would favour some characters. */
const FAIR = 256 - (256 % ALPHABET.length);
const MOST_CHARACTERS = 1_000_000;
const CHUNK = 4096;

export const random = defineCard({
  id: 'text.random',
  title: 'Random',
  description: 'Random letters A to Z and a to z and digits, all equally likely.',
  kind: 'effect',
  inputs: [
    {
      key: 'length',
      type: 'number',
      label: 'length',
      description: 'How many characters. 0 and less: none. A fraction is dropped. At most 1,000,000.',
      required: true,
    },
  ],
  outputs: [TEXT_OUTPUT],
  errors: { limit: 'More than 1,000,000 characters are asked for.' },
  examples: [
    { in: { length: 6 }, out: { output: 'aZ3k9Q' } },
    { title: 'None', in: { length: -1 }, out: { output: '' } },
    { title: 'Null is 0', in: { length: null }, out: { output: '' } },
    { title: 'Too many', in: { length: 1_000_001 }, error: 'limit' },
  ],
  addresses: [{ address: 'root:kernel:string:0.0.1:random' }],
  run: (length, ctx) => ({ output: randomText(Math.floor(length), ctx.random) }),
});

function randomText(length: number, source: Random): string {
  if (length > MOST_CHARACTERS) {
    throw new LimitError('textLength', `Random text can have at most ${MOST_CHARACTERS} characters.`, {
      at: { field: 'length' },
      hint: 'Ask for less.',
    });
  }
  let text = '';
  while (text.length < length) {
    for (const byte of source.bytes(Math.min(CHUNK, length - text.length))) {
      if (byte < FAIR) text += ALPHABET[byte % ALPHABET.length] ?? '';
    }
  }
  return text;
}
