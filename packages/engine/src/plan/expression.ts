/** Binds the names in an expression to slots. */
import { PlanError } from '../errors.js';
import { type CompiledExpression, compileExpression } from '../expression/index.js';
import type { Value } from '../values/index.js';
import type { Bound, CompileContext } from './bound.js';
import { PlanDiagnostics } from './plan-diagnostics.js';
import { resolvePrefix, resolveTokens } from './reference.js';
import type { BlockScope } from './scope.js';
import type { Spot } from './spot.js';
import { ANY, type Readable, type Reader } from './types.js';

/** Compiles `{"expr": ...}`: to a closure where JSONata's plain part suffices, else to a call of the full evaluator. */
export function bindExpression(source: string, scope: BlockScope, spot: Spot, context: CompileContext): Bound | null {
  const { report } = context;
  const compiled = compileSource(source, spot, report);
  if (compiled === null) return null;
  if (compiled.plain) return bindPlain(compiled, scope, spot, report);
  context.unchecked.push({ spot, check: () => compiled.check() });
  return bindFull(compiled, scope, spot);
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
  const read = compiled.bind<Readable>((root, segments) => {
    const resolved = resolvePrefix(root, segments, scope, spot, report);
    if (resolved === null) sound = false;
    else sources.push(resolved.read);
    return resolved;
  });
  return sound && read !== null ? { read: following(read, sources), mayWait: false, type: ANY } : null;
}

/** The same, and the run is told what became of the secrets that the expression could read. */
function following(read: Reader, sources: readonly Reader[]): Reader {
  if (sources.length === 0) return read;
  return (frame) => {
    if (!frame.holdsSecrets) return read(frame);
    const values = sources.map((source) => source(frame));
    try {
      const made = read(frame);
      frame.derived(values, made);
      return made;
    } catch (error) {
      // `$error` puts what it was given into a message.
      if (error instanceof Error) frame.derived(values, error.message);
      throw error;
    }
  };
}

/**
 * The full evaluator sees every root that the expression may read. Which ones it does cannot be known: a name in a filter
 * belongs to the items. So a name that means nothing here is no fault.
 */
function bindFull(compiled: CompiledExpression, scope: BlockScope, spot: Spot): Bound {
  const readers = new Map<string, Reader>();
  const names = compiled.roots.includes('*')
    ? [...scope.visible(), 'inputs', 'options', 'connection', 'error', 'item']
    : compiled.roots;
  for (const name of names) {
    const resolved = resolveTokens(name, [], scope, spot, new PlanDiagnostics());
    if (resolved) readers.set(name, resolved.read);
  }
  return {
    type: ANY,
    mayWait: true,
    read: (frame) => {
      const env: Record<string, Value> = {};
      for (const [name, read] of readers) env[name] = read(frame);
      const evaluated = compiled.evaluateFull(env, frame.expressionContext(compiled.source));
      return frame.holdsSecrets ? followed(evaluated, Object.values(env), frame) : evaluated;
    },
  };
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
