/** Binds the names in an expression to slots. */
import type { Diagnostic } from '../diagnostic.js';
import { ROOTS } from '../document/index.js';
import { PlanError } from '../errors.js';
import { type CompiledExpression, compileExpression } from '../expression/index.js';
import type { Value } from '../values/index.js';
import { type Bound, boundReader, type CompileContext, reading } from './bound.js';
import { expressionReader } from './plain-reader.js';
import { PlanDiagnostics } from './plan-diagnostics.js';
import type { Readable, Reader } from './reader.js';
import { resolvePrefix, resolveTokens } from './reference.js';
import type { BlockScope } from './scope.js';
import type { Spot } from './spot.js';
import { ANY } from './types.js';

/** Compiles `{"expr": ...}`: to a closure where JSONata's plain part suffices, else to a call of the full evaluator. */
export function bindExpression(source: string, scope: BlockScope, spot: Spot, context: CompileContext): Bound | null {
  const { report } = context;
  const compiled = compileSource(source, spot, report);
  if (compiled === null) return null;
  if (compiled.plain) return bindPlain(compiled, scope, spot, report);
  const { bound, missing } = bindFull(compiled, scope, spot);
  context.unchecked.push({ spot, check: () => checkFull(compiled, missing, scope, spot) });
  return bound;
}

function compileSource(source: string, spot: Spot, report: PlanDiagnostics): CompiledExpression | null {
  try {
    return compileExpression(source);
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    for (const found of error.diagnostics) report.adopt(found, spot);
    return null;
  }
}

function bindPlain(compiled: CompiledExpression, scope: BlockScope, spot: Spot, report: PlanDiagnostics): Bound | null {
  let sound = true;
  const sources: Reader[] = [];
  const parts = compiled.bindParts<Readable>((root, segments) => {
    const resolved = resolvePrefix(root, segments, scope, spot, report);
    if (resolved === null) sound = false;
    else sources.push(resolved.read);
    return resolved;
  });
  if (!sound || parts === null) return null;
  const plain = { ...parts, sources };
  return { ...reading(expressionReader(plain, null, null), ANY, true), plain };
}

/** An expression of the full evaluator, and why names that it may read mean nothing here. */
interface FullBinding {
  readonly bound: Bound;
  readonly missing: ReadonlyMap<string, readonly Diagnostic[]>;
}

/**
 * The full evaluator sees every root that the expression may read. Which ones it does cannot be known: a name in a filter
 * belongs to the items. So a name that means nothing here is no fault.
 */
function bindFull(compiled: CompiledExpression, scope: BlockScope, spot: Spot): FullBinding {
  const missing = new Map<string, readonly Diagnostic[]>();
  const readers = new Map<string, Reader>();
  const names = compiled.roots.includes('*') ? [...scope.visible(), ...ROOTS] : compiled.roots;
  for (const name of names) {
    const faults = new PlanDiagnostics();
    const resolved = resolveTokens(name, [], scope, spot, faults);
    if (resolved) readers.set(name, boundReader(resolved));
    else missing.set(name, faults.diagnostics);
  }
  const bound: Bound = {
    type: ANY,
    unsure: false,
    slot: null,
    constant: null,
    plain: null,
    mayWait: true,
    read: (frame) => {
      const env: Record<string, Value> = {};
      for (const [name, read] of readers) env[name] = read(frame);
      const evaluated = compiled.evaluateFull(env, frame.expressionContext(compiled.source));
      return frame.holdsSecrets ? followed(evaluated, Object.values(env), frame) : evaluated;
    },
  };
  return { bound, missing };
}

/** Its grammar, then the names that it reads where they can mean nothing else: warnings, as it runs all the same. */
async function checkFull(
  compiled: CompiledExpression,
  missing: FullBinding['missing'],
  scope: BlockScope,
  spot: Spot,
): Promise<readonly Diagnostic[]> {
  const fault = await compiled.check();
  if (fault !== null) return [fault];
  const found = new Map<string, Diagnostic>();
  for (const [root, ...segments] of await compiled.paths()) {
    const report = new PlanDiagnostics();
    const unknown = missing.get(root);
    if (unknown === undefined) resolvePrefix(root, segments, scope, spot, report);
    for (const each of unknown ?? report.diagnostics) found.set(each.message, { ...each, severity: 'warning' });
  }
  return [...found.values()];
}

async function followed(evaluated: Promise<Value>, values: readonly Value[], frame: Readable): Promise<Value> {
  try {
    const made = await evaluated;
    frame.derived(values, made);
    return made;
  } catch (error) {
    if (error instanceof Error) frame.derived(values, error.message);
    throw error;
  }
}
