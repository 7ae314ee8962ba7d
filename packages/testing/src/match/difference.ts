/** What a comparison tells. */

/** One difference. `pointer` is a JSON Pointer into what was compared. */
export interface Difference {
  readonly pointer: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** `exact`: no member more. `subset`: objects may have further members, at any depth; lists are as long as expected. */
export type Strictness = 'exact' | 'subset';
