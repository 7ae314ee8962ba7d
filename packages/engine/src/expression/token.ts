/** A token of JSONata source. */

export interface Token {
  readonly type: 'name' | 'variable' | 'string' | 'number' | 'value' | 'operator';
  readonly value: string | number | boolean | null;
  /** Offset just after the token. */
  readonly position: number;
}
