export { checkExpression, compileExpression } from './compile.js';
export { MAX_SOURCE } from './lexer.js';
export {
  type BindPath,
  type BoundPath,
  type CompiledExpression,
  DEFAULT_EXPRESSION_LIMITS,
  type ExpressionContext,
  type ExpressionLimits,
  type ExpressionOptions,
  type PlainParts,
  type PlainReader,
} from './types.js';
