/** The files of a log: one a segment, numbered from 1. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

const SEGMENT_DIGITS = /^-(\d{8,15})\.log$/;

interface Naming {
  readonly dir: string;
  /** What the names of the files begin with. */
  readonly name: string;
}

/** Numbers of all segments that there are, ascending. */
export async function segmentsIn({ dir, name }: Naming): Promise<number[]> {
  const numbers: number[] = [];
  for (const file of await readdir(dir)) {
    const match = file.startsWith(name) ? SEGMENT_DIGITS.exec(file.slice(name.length)) : null;
    if (match !== null) numbers.push(Number(match[1]));
  }
  return numbers.sort((a, b) => a - b);
}

export function fileOf({ dir, name }: Naming, segment: number): string {
  return join(dir, `${name}-${String(segment).padStart(8, '0')}.log`);
}
