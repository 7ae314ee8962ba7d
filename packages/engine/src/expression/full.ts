/** Evaluation by JSONata itself, which is loaded when the first expression needs it. */
import { RunError } from '../errors.js';
import { setOwn, type Value } from '../values/index.js';
import { Budget, type RootFrame } from './budget.js';
import { isFunction, toValue } from './data.js';
import { evaluationError, expressionRefusal, syntaxFault, toFault } from './faults.js';
import { BUDGET, evalRefusal, guarded, isDefinition } from './functions.js';
import { inspectTree } from './inspect.js';
import type { Definition } from './native.js';
import { type RootPath, rootPaths } from './root-paths.js';
import type { ExpressionContext, ExpressionLimits } from './types.js';

// JSONata's hooks around every evaluated node. Its types know text names only.
const ENTER = Symbol.for('jsonata.__evaluate_entry') as unknown as string;
const LEAVE = Symbol.for('jsonata.__evaluate_exit') as unknown as string; // as ENTER

/** Nodes that hand on what is there already, and make nothing larger. */
const HANDING_ON: ReadonlySet<unknown> = new Set(['name', 'variable', 'string', 'number', 'value', 'lambda', 'parent']);

/** An expression that JSONata has parsed. */
export interface FullExpression {
  /** What it certainly reads of the root. */
  readonly paths: readonly RootPath[];
  evaluate(env: Roots, context: ExpressionContext): Promise<Value>;
}

type Roots = Readonly<Record<string, unknown>>;

interface EvaluatorFrame extends RootFrame {
  bind(name: string, value: unknown): void;
  lookup(name: string): unknown;
}

interface Node {
  readonly type?: unknown;
}

/**
 * Parses with JSONata and puts every function that the source names under bounds.
 *
 * @param roots Names that the expression may read, `*` for any.
 * @throws RunError `expression-syntax`, `expression-regex`, `expression-eval`, and `expression-too-deep`.
 */
export async function prepareFull(
  source: string,
  roots: readonly string[],
  limits: ExpressionLimits,
): Promise<FullExpression> {
  const { default: jsonata } = await import('jsonata');
  const expression = parseSource(() => jsonata(source, { sequence: limits.list }));
  const tree = expression.ast();
  const found = inspectTree(tree);
  if (found.hasRegex) throw regexRefusal();
  if (found.variables.has('eval') && !found.bound.has('eval')) throw evalRefusal();

  const library = new Map<string, Definition>();
  const names = new Set(found.variables);
  if (found.variables.has('now')) names.add('fromMillis');
  // A transform copies with it what it changes.
  if (found.patterns.size > 0) names.add('clone');
  for (const name of names) {
    const value: unknown = name === '' || name === '$' ? undefined : await jsonata(`$${name}`).evaluate(null);
    if (isDefinition(value)) library.set(name, value);
  }
  for (const [name, definition] of library) expression.assign(name, guarded(name, definition, library));

  expression.assign(ENTER, (_node: Node, _input: unknown, frame: EvaluatorFrame) => {
    const budget = frame.lookup(BUDGET) as Budget; // bound before every evaluation
    // The first node runs in the outermost frame. What is set there holds for this evaluation alone.
    frame.bind(ENTER, undefined);
    frame.bind(LEAVE, (node: Node, _in: unknown, _frame: EvaluatorFrame, result: unknown) => {
      if (found.patterns.has(node)) refuseToChange(result, budget);
      if (typeof result === 'string' || (typeof result === 'object' && result !== null && !HANDING_ON.has(node.type))) {
        budget.measure(result);
      }
      return budget.pause();
    });
    frame.guardrails = () => budget.enter(frame);
    // The one function that reads this date fills up incomplete dates with it.
    frame.timestamp.setTime(found.variables.has('toMillis') ? budget.now() : 0);
  });

  const open = roots.includes('*') ? lazyRoot : (env: Roots, budget: Budget) => rootOf(env, roots, budget);
  let paths: readonly RootPath[] | null = null;
  return {
    get paths() {
      paths ??= rootPaths(tree);
      return paths;
    },
    async evaluate(env, context) {
      const budget = new Budget(limits, context, found.size, found.patterns.size > 0);
      try {
        budget.look();
        const result: unknown = await expression.evaluate(open(env, budget), { [BUDGET]: budget });
        return toValue(result, budget.copier, limits.size + budget.copier.weight, () => budget.look());
      } catch (error) {
        throw budget.fault ?? toFault(error, limits);
      } finally {
        budget.end();
      }
    },
  };
}

function parseSource<T>(parser: () => T): T {
  try {
    return parser();
  } catch (error) {
    if (error instanceof RangeError) {
      throw expressionRefusal(
        'expression-too-deep',
        'The expression nests too deeply.',
        'Split it over several cards.',
      );
    }
    // JSONata throws such objects.
    const { code, message, position } = error as { code?: string; message?: string; position?: number };
    const fault = syntaxFault(`${message ?? 'it cannot be parsed'}.`, position ?? 0);
    throw new RunError(fault.code, fault.message, {
      hint: fault.hint,
      extra: { ...(code === undefined ? {} : { jsonata: code }), ...(position === undefined ? {} : { position }) },
    });
  }
}

/** The input: a copy of what the expression reads. */
function rootOf(env: Roots, roots: readonly string[], budget: Budget): object {
  const root: { [name: string]: unknown } = {};
  for (const name of roots) if (Object.hasOwn(env, name)) setOwn(root, name, budget.copier.copy(env[name]));
  return root;
}

/** The input where any name may be read: copied when the expression reads it. */
function lazyRoot(env: Roots, budget: Budget): object {
  const root = {};
  for (const name of Object.keys(env)) {
    Object.defineProperty(root, name, {
      enumerable: true,
      configurable: true,
      get() {
        const value = copyWithin(env[name], budget);
        Object.defineProperty(root, name, { value, enumerable: true, configurable: true, writable: true });
        return value;
      },
    });
  }
  return root;
}

/** Copies while JSONata runs, which would change an error that it catches. */
function copyWithin(value: unknown, budget: Budget): unknown {
  try {
    return budget.copier.copy(value);
  } catch (error) {
    return budget.stop(toFault(error, budget.limits));
  }
}

/** A transform changes what its pattern finds. That must be objects of its own copy: never functions, never lists. */
function refuseToChange(found: unknown, budget: Budget): void {
  const matches: readonly unknown[] = Array.isArray(found) ? found : [found];
  for (const match of matches) {
    if (match === undefined) continue;
    if (isFunction(match) || Array.isArray(match) || typeof match !== 'object' || match === null) {
      budget.stop(evaluationError('T2011', undefined, 'The pattern of a transform must find objects.'));
    }
  }
}

function regexRefusal(): RunError {
  return expressionRefusal(
    'expression-regex',
    'The expression has a regular expression; they are not supported there.',
    'Use a text as the pattern, or a card that matches patterns.',
  );
}
