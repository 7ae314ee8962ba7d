/** Commands of several actions: `flowdeck connection create NAME FILE`. */
import type { Arguments } from '../arguments.js';
import { UsageError } from '../errors.js';
import { didYouMean } from '../suggest.js';
import type { Io } from '../system/io.js';

export interface CommandAction {
  /** What it takes, as its usage names it. */
  readonly takes: readonly string[];
  act(operands: readonly string[], args: Arguments, io: Io): Promise<number>;
}

/** The action that the first operand names, and the operands after it. @throws UsageError `operands`. */
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
  return { action, operands };
}

function what(takes: readonly string[]): string {
  return takes.length === 0 ? 'nothing more' : takes.join(' and ');
}
