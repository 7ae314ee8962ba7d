// How the tools of this folder read what they are called with: `--help` is printed, and a wrong call ends with 2.
import { parseArgs } from 'node:util';

/**
 * The values of `options` (of node:util's parseArgs) and the words beside them. What is wrong with them is told by
 * `refuse`, with the help behind it; `wholeNumber` refuses what is no whole number above 0.
 */
export function readArguments(help, options = {}) {
  const refuse = (message) => {
    process.stderr.write(`${message}\n\n${help}`);
    process.exit(2);
  };
  const wholeNumber = (name, text) => {
    const number = Number(text);
    return Number.isSafeInteger(number) && number > 0
      ? number
      : refuse(`${name} is a whole number above 0, not "${text}".`);
  };
  const { values, positionals: words } = parsed({ ...options, help: { type: 'boolean', default: false } }, refuse);
  if (values.help) {
    process.stdout.write(help);
    process.exit(0);
  }
  return { values, words, refuse, wholeNumber };
}

function parsed(options, refuse) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return refuse(error.message);
  }
}
