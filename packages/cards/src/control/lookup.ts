/** Lookup: a value for a key, from a table written into the card. */
import { defineCard } from '@flowdeck/engine';

export const lookup = defineCard({
  id: 'control.lookup',
  title: 'Lookup',
  description: 'Finds the option of exactly this name, upper and lower case told apart, and gives its value.',
  kind: 'pure',
  inputs: [
    { key: 'key', type: 'text', label: 'value', description: 'The name to look up.', required: true },
    { key: 'else', type: 'any', label: 'else', description: 'The result when no option has this name.' },
  ],
  extraInputs: { type: 'any', group: 'options', description: 'One per option: its name is what is looked up.' },
  outputs: [{ key: 'result', type: 'any', label: 'result', description: 'The value of the option, or of "else".' }],
  examples: [
    { in: { key: 'DE', else: 'unknown', 'options/DE': 'Germany', 'options/FR': 'France' }, out: { result: 'Germany' } },
    {
      title: 'No such option',
      in: { key: 'de', else: 'unknown', 'options/DE': 'Germany' },
      out: { result: 'unknown' },
    },
    {
      title: 'Names of built-in properties are options like any other',
      in: { key: 'toString' },
      out: { result: null },
    },
  ],
  addresses: [{ address: 'root:kernel:control:0.0.1:lookup', extraGroup: 'options' }],
  run: (key, otherwise, options) => ({ result: Object.hasOwn(options, key) ? (options[key] ?? null) : otherwise }),
});
