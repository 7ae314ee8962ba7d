/** `flowdeck test --coverage`: least shares of what tests go through. */
import type { Coverage } from '@flowdeck/testing';
import { UsageError } from '../errors.js';
import { percentOf } from './text.js';

const MEASURES = ['cards', 'branches', 'errors'] as const;
/** Least shares in percent. */
export type Thresholds = { readonly [M in (typeof MEASURES)[number]]?: number };

/** Null: coverage is not asked for. @throws UsageError `test-option`. */
export function readThresholds(written: string | undefined): Thresholds | null {
  if (written === undefined) return null;
  const entries = written.split(',').map((part) => {
    const [, name = '', percent = ''] = /^(\w+)=(\d{1,3})$/.exec(part.trim()) ?? [];
    const measure = MEASURES.find((each) => each === name);
    if (measure !== undefined && Number(percent) <= 100) return [measure, Number(percent)] as const;
    throw new UsageError('test-option', `--coverage ${JSON.stringify(written)} is not understood.`, {
      hint: 'Write --coverage cards=90,branches=80,errors=50, in percent; cards=0 only measures.',
    });
  });
  return Object.fromEntries(entries);
}

export function belowThresholds(coverage: Coverage, thresholds: Thresholds): readonly string[] {
  return MEASURES.flatMap((measure) => {
    const least = thresholds[measure] ?? 0;
    const reached = percentOf(coverage[measure]);
    return reached >= least ? [] : [`coverage of ${measure} is ${Math.floor(reached)} %, below ${least} %`];
  });
}
