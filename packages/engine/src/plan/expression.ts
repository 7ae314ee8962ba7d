/** Binds the names in an expression to slots. */
import type { Bound } from './bind.js';
import type { Report, Spot } from './report.js';
import type { BlockScope } from './scope.js';

export function bindExpression(_source: string, _scope: BlockScope, _spot: Spot, _report: Report): Bound | null {
  throw new Error('pending');
}
