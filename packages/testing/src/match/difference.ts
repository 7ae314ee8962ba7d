/** What a comparison tells. */

/** One difference. `pointer` is a JSON Pointer into what was compared. */
export interface Difference {
  /** JSON Pointer (RFC 6901); empty for the whole. */
  readonly pointer: string;
  /** What should stand there. Undefined: nothing. */
  readonly expected: unknown;
  /** What stood there. Undefined: nothing. */
  readonly actual: unknown;
}

/** `exact`: no member more. `subset`: objects may have further members, at any depth; lists are as long as expected. */
export type Strictness = 'exact' | 'subset';
