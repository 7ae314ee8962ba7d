/** Commands of several actions: `flowdeck connection create NAME FILE`. */
import type { Arguments } from '../arguments.js';
import { UsageError } from '../errors.js';
import { didYouMean } from '../suggest.js';
import type { Io } from '../system/io.js';

export interface CommandAction {
  /** What it takes, as its usage names it. */
  readonly takes: readonly string[];
  /** Which options of the command it takes, beside those that every action does. Default: all. */
  readonly options?: readonly string[];
  act(operands: readonly string[], args: Arguments, io: Io): Promise<number>;
}

/** What every action takes. */
const COMMON: ReadonlySet<string> = new Set(['pack', 'json', 'trace']);

/** The action that the first operand names, and the operands after it. @throws UsageError `operands`, `unknown-option`. */
export function actionOf(
  command: string,
  actions: Readonly<Record<string, CommandAction>>,
  args: Arguments,
): { readonly action: CommandAction; readonly operands: readonly string[] } {
  const [name = '', ...operands] = args.operands;
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  const names = Object.keys(actions);
  if (action === undefined) {
    throw new UsageError('operands', `"flowdeck ${command}" has no action ${JSON.stringify(name)}.`, {
      hint: didYouMean(name, names) ?? `Actions: ${names.join(', ')}.`,
    });
  }
  if (operands.length !== action.takes.length) {
    throw new UsageError('operands', `"flowdeck ${command} ${name}" takes ${what(action.takes)}.`, {
      hint: `Usage: flowdeck ${[command, name, ...action.takes].join(' ')}`,
    });
  }
  const stray = args.names.find((each) => !COMMON.has(each) && action.options?.includes(each) === false);
  if (stray !== undefined) {
    throw new UsageError('unknown-option', `"flowdeck ${command} ${name}" has no option --${stray}.`, {
      hint: `See: flowdeck ${command} --help`,
    });
  }
  return { action, operands };
}

function what(takes: readonly string[]): string {
  return takes.length === 0 ? 'nothing more' : takes.join(' and ');
}
