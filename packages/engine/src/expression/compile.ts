/** Compiles one expression: plain where possible, by JSONata where not. */
import type { Diagnostic } from '../diagnostic.js';
import { FlowdeckError, PlanError } from '../errors.js';
import type { Value } from '../values/index.js';
import { type PlainNode, rootsOf } from './ast.js';
import { compilePlain, plainReader } from './closure.js';
import { diagnose } from './faults.js';
import { type FullExpression, prepareFull } from './full.js';
import { scan } from './lexer.js';
import { parsePlain } from './parser.js';
import type { RootPath } from './root-paths.js';
import { possibleRoots } from './roots.js';
import type { Token } from './token.js';
import {
  type BindPath,
  type CompiledExpression,
  DEFAULT_EXPRESSION_LIMITS,
  type ExpressionContext,
  type ExpressionLimits,
  type ExpressionOptions,
  type PlainParts,
  type PlainReader,
} from './types.js';

type RootRecord = Readonly<Record<string, unknown>>;

/**
 * Compiles an expression. What only JSONata's grammar can tell is found by `check`, or when it is first evaluated.
 *
 * @throws PlanError with the codes `expression-too-long` (over 20,000 characters), `expression-too-deep`,
 *   `expression-regex`, `expression-signature`, and `expression-syntax` for quotes and brackets that do not match.
 * @example
 * const total = compileExpression('price * quantity & " EUR"');
 * total.plain; // true
 * total.roots; // ['price', 'quantity']
 * await total.evaluate({ price: 2, quantity: 3 }); // '6 EUR'
 */
export function compileExpression(source: string, options: ExpressionOptions = {}): CompiledExpression {
  const { tokens, fault } = scan(source);
  if (fault) throw new PlanError([diagnose(fault)]);
  return new Expression(source, tokens, { ...DEFAULT_EXPRESSION_LIMITS, ...options.limits });
}

/**
 * The first fault of an expression as a diagnostic at pointer `""`, or null. Loads JSONata unless the expression is
 * plain.
 */
export async function checkExpression(source: string, options: ExpressionOptions = {}): Promise<Diagnostic | null> {
  try {
    return await compileExpression(source, options).check();
  } catch (error) {
    if (error instanceof PlanError) return error.diagnostics[0] ?? null;
    throw error;
  }
}

class Expression implements CompiledExpression {
  readonly source: string;
  readonly roots: readonly string[];
  readonly #limits: ExpressionLimits;
  readonly #node: PlainNode | null;
  #reader: PlainReader<RootRecord> | null = null;
  #full: Promise<FullExpression> | null = null;

  constructor(source: string, tokens: readonly Token[], limits: ExpressionLimits) {
    this.source = source;
    this.#limits = limits;
    this.#node = parsePlain(tokens);
    this.roots = Object.freeze([...(this.#node ? rootsOf(this.#node) : possibleRoots(tokens))]);
  }

  get plain(): boolean {
    return this.#node !== null;
  }

  bind<F>(bindPath: BindPath<F>): PlainReader<F> | null {
    const parts = this.bindParts(bindPath);
    return parts && plainReader(parts);
  }

  bindParts<F>(bindPath: BindPath<F>): PlainParts<F> | null {
    return this.#node && compilePlain(this.#node, bindPath, this.#limits);
  }

  async evaluateFull(env: RootRecord, context: ExpressionContext = {}): Promise<Value> {
    return (await this.#prepared()).evaluate(env, context);
  }

  evaluate(env: RootRecord, context: ExpressionContext = {}): Value | Promise<Value> {
    this.#reader ??= this.bind(bindToRecord);
    return this.#reader ? this.#reader(env) : this.evaluateFull(env, context);
  }

  async check(): Promise<Diagnostic | null> {
    if (this.plain) return null;
    try {
      await this.#prepared();
      return null;
    } catch (error) {
      if (error instanceof FlowdeckError) return diagnose(error);
      throw error;
    }
  }

  async paths(): Promise<readonly RootPath[]> {
    return (await this.#prepared()).paths;
  }

  #prepared(): Promise<FullExpression> {
    this.#full ??= prepareFull(this.source, this.roots, this.#limits);
    return this.#full;
  }
}

function bindToRecord(root: string): ReturnType<BindPath<RootRecord>> {
  return { read: (env) => (Object.hasOwn(env, root) ? env[root] : undefined), consumed: 0 };
}
