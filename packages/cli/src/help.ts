/** Writes help from the table of commands. */
import type { Palette } from './output/colour.js';
import type { CommandSpec } from './spec.js';

const MOST_COLUMNS = 100;

export function generalHelp(commands: readonly CommandSpec[], { bold, dim }: Palette): string {
  const width = Math.max(...commands.map((command) => command.name.length)) + 2;
  return [
    `${bold('flowdeck')} runs card flows: in a shell, in CI, in a program.`,
    '',
    `${bold('Usage:')} flowdeck COMMAND [options]`,
    '',
    bold('Commands:'),
    ...commands.map((command) => `  ${command.name.padEnd(width)}${command.summary}`),
    '',
    bold('Options:'),
    '  -h, --help     Show help; "flowdeck COMMAND --help" tells more.',
    '  -V, --version  Show the version.',
    '',
    bold('Start here:'),
    '  flowdeck run greet.flow.json --input name=Ada',
    '  flowdeck validate .',
    '  flowdeck cards text.compose',
    '',
    dim('Colour follows the terminal, NO_COLOR and FORCE_COLOR.'),
    '',
  ].join('\n');
}

export function commandHelp(command: CommandSpec, palette: Palette, columns: number): string {
  const { bold, dim } = palette;
  const width = Math.min(columns, MOST_COLUMNS);
  const names = command.options.map(({ name, short, value }) => {
    const long = value === undefined ? `--${name}` : `--${name} ${value}`;
    return short === undefined ? `    ${long}` : `-${short}, ${long}`;
  });
  const left = Math.max(...names.map((name) => name.length)) + 4;
  const options = command.options.map((option, index) => {
    const [first = '', ...rest] = wrap(option.text, width - left);
    const margin = `\n${' '.repeat(left)}`;
    return `  ${(names[index] ?? '').padEnd(left - 2)}${[first, ...rest].join(margin)}`;
  });
  const examples = command.examples.map(([line, purpose]) => `  ${dim(`# ${purpose}`)}\n  ${line}`);
  return [
    command.summary,
    '',
    `${bold('Usage:')} ${command.usage}`,
    '',
    command.text.map((paragraph) => wrap(paragraph, width).join('\n')).join('\n\n'),
    '',
    bold('Options:'),
    ...options,
    '',
    bold('Examples:'),
    ...examples,
    '',
  ].join('\n');
}

/** Breaks text between words. A word that is longer than a line stands alone. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
