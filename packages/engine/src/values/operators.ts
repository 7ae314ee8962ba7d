/** The comparison operators, as data: what a flow file says, what an editor shows, and where each is offered. */

/**
 * Who offers an operator: `compare` stands for If/Else, If/ElseIf, Continue If, Assign If, Return Error If and Compare,
 * `find` and `filter` for the list cards of these names.
 */
export type OperatorUse = 'compare' | 'find' | 'filter';

/** What an editor and a linter need to know of an operator. */
export interface OperatorInfo {
  /** As a document writes it. */
  readonly operator: Operator;
  /** What people read, such as `greater than`. */
  readonly label: string;
  /** The cards that offer it. */
  readonly offeredBy: readonly OperatorUse[];
  /** Whether value b counts. */
  readonly operands: 1 | 2;
}

/** The comparison operators, as a document writes them. */
export type Operator =
  | '=='
  | '!='
  | '>='
  | '<='
  | '>'
  | '<'
  | '%'
  | 'in'
  | 'not in'
  | 'has'
  | "doesn't have"
  | 'is empty'
  | 'is not empty'
  | '==='
  | '!==';

const EVERYWHERE: readonly OperatorUse[] = ['compare', 'find', 'filter'];

/** All operators, in the order in which an editor lists them. */
export const OPERATORS: readonly OperatorInfo[] = [
  { operator: '==', label: 'equal to', offeredBy: EVERYWHERE, operands: 2 },
  { operator: '!=', label: 'not equal', offeredBy: EVERYWHERE, operands: 2 },
  { operator: '>=', label: 'greater than or equal to', offeredBy: EVERYWHERE, operands: 2 },
  { operator: '<=', label: 'less than or equal to', offeredBy: EVERYWHERE, operands: 2 },
  { operator: '>', label: 'greater than', offeredBy: EVERYWHERE, operands: 2 },
  { operator: '<', label: 'less than', offeredBy: EVERYWHERE, operands: 2 },
  { operator: '%', label: 'a multiple of', offeredBy: EVERYWHERE, operands: 2 },
  { operator: 'in', label: 'in', offeredBy: EVERYWHERE, operands: 2 },
  { operator: 'not in', label: 'not in', offeredBy: EVERYWHERE, operands: 2 },
  { operator: 'has', label: 'has key', offeredBy: EVERYWHERE, operands: 2 },
  { operator: "doesn't have", label: "doesn't have key", offeredBy: EVERYWHERE, operands: 2 },
  { operator: 'is empty', label: 'is empty', offeredBy: ['compare', 'filter'], operands: 1 },
  { operator: 'is not empty', label: 'is not empty', offeredBy: ['compare', 'filter'], operands: 1 },
  { operator: '===', label: 'equal and the same type', offeredBy: ['find', 'filter'], operands: 2 },
  { operator: '!==', label: 'not equal or not the same type', offeredBy: ['find', 'filter'], operands: 2 },
];
