/** Options that several commands share. */
import type { OptionSpec } from '../spec.js';

export const HELP: OptionSpec = { name: 'help', short: 'h', text: 'Show this help.' };
export const JSON_OUTPUT: OptionSpec = { name: 'json', text: 'Print one JSON object instead of text.' };
export const FLOW: OptionSpec = { name: 'flow', value: 'ID|NAME', text: 'The flow, when the file holds several.' };
export const TRACE: OptionSpec = { name: 'trace', text: 'Show stack traces of errors.' };
export const OUTPUT: OptionSpec = { name: 'output', short: 'o', value: 'FILE', text: 'Write to this file.' };
export const PACK: OptionSpec = {
  name: 'pack',
  value: 'PKG',
  multiple: true,
  text: 'Load a card pack: a package found from the current directory, a path, or a connector that is a directory or one file. Repeatable.',
};
export const ALLOW_HOST: OptionSpec = {
  name: 'allow-host',
  value: 'HOST[:PORT]',
  multiple: true,
  text: 'Let HTTP reach this host although its address is not public. Repeatable.',
};
export const TIMEOUT: OptionSpec = { name: 'timeout', value: 'S', text: 'Give up after so many seconds.' };
export const RUNTIME: OptionSpec = {
  name: 'runtime',
  value: 'ADDRESS',
  text: 'Where runs live: journal:DIR, restate://HOST:PORT or postgres://USER@HOST/DATABASE.',
};
export const CONNECTION: OptionSpec = {
  name: 'connection',
  value: 'NAME=FILE',
  multiple: true,
  text: 'A connection: JSON {connector, auth, parameters}, where any text may be {"env": "NAME"}. Repeatable.',
};
