/** Reads the arguments of a command by the table of its options, with Node's own parser. */
import { UsageError } from './errors.js';
import type { CommandSpec, OptionSpec } from './spec.js';
import { didYouMean } from './suggest.js';

/** The arguments of one command, checked against its table. */
export class Arguments {
  readonly operands: readonly string[];
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(operands: readonly string[], values: ReadonlyMap<string, readonly string[]>) {
    this.operands = operands;
    this.#values = values;
  }

  /** The first operand; a command that asks for it requires at least one. */
  get operand(): string {
    return this.operands[0] ?? '';
  }

  /** Of the options that were given, in their order. */
  get names(): readonly string[] {
    return [...this.#values.keys()];
  }

  /** The same with other operands, and some options set. */
  with(operands: readonly string[], options: Readonly<Record<string, string>>): Arguments {
    const set = Object.entries(options).map(([name, value]) => [name, [value]] as const);
    return new Arguments(operands, new Map([...this.#values, ...set]));
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  value(name: string): string | undefined {
    return this.#values.get(name)?.at(-1);
  }

  values(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }
}

/**
 * @throws UsageError `unknown-option`, `option-value` (missing, or given to a flag), `option-repeated`, `operands`.
 */
export function readArguments(command: CommandSpec, args: readonly string[]): Arguments {
  const options = new Map(command.options.map((option) => [option.name, option]));
  const { parseArgs } = process.getBuiltinModule('node:util');
  // Not strict: its messages name neither the command nor the option that was meant.
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(command.options.map((option) => [option.name, parserOption(option)])),
  });
  const values = new Map<string, string[]>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const option = options.get(token.name);
    if (!option) throw unknownOption(command, token.rawName);
    const value = valueFor(command, option, token.value, token.inlineValue === true);
    const known = values.get(option.name);
    if (known && option.value !== undefined && !option.multiple) {
      throw new UsageError('option-repeated', `--${option.name} is given twice.`, { hint: see(command) });
    }
    values.set(option.name, [...(known ?? []), value]);
  }
  if (!values.has('help')) checkOperands(command, operands);
  return new Arguments(operands, values);
}

function parserOption({ value, short }: OptionSpec) {
  const type: 'string' | 'boolean' = value === undefined ? 'boolean' : 'string';
  return { type, ...(short === undefined ? {} : { short }) };
}

function valueFor(command: CommandSpec, option: OptionSpec, value: string | undefined, inline: boolean): string {
  if (option.value === undefined) {
    if (value === undefined) return '';
    throw new UsageError('option-value', `--${option.name} takes no value.`, { hint: see(command) });
  }
  // The parser takes any next argument for the value; one that looks like an option was not meant as one.
  const missing = value === undefined || (!inline && value.startsWith('-') && value !== '-');
  if (missing) {
    throw new UsageError('option-value', `--${option.name} needs a value: --${option.name} ${option.value}.`, {
      hint: see(command),
    });
  }
  return value;
}

function unknownOption(command: CommandSpec, rawName: string): UsageError {
  const names = command.options.map((option) => `--${option.name}`);
  return new UsageError('unknown-option', `"flowdeck ${command.name}" has no option ${rawName}.`, {
    hint: didYouMean(rawName, names) ?? see(command),
  });
}

function checkOperands(command: CommandSpec, operands: readonly string[]): void {
  const { least, most, name } = command.operands;
  if (operands.length < least) {
    throw new UsageError('operands', `"flowdeck ${command.name}" needs ${name}.`, { hint: `Usage: ${command.usage}` });
  }
  if (operands.length > most) {
    const extra = operands.slice(most).map((operand) => JSON.stringify(operand));
    throw new UsageError('operands', `"flowdeck ${command.name}" does not know what to do with ${extra.join(', ')}.`, {
      hint: `Usage: ${command.usage}`,
    });
  }
}

function see(command: CommandSpec): string {
  return `See: flowdeck ${command.name} --help`;
}
