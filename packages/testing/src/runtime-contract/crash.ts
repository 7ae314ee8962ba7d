/** The crash table: runs whose workers, server or both are killed in their midst, and what their effects say of it. */
import { isDeepStrictEqual } from 'node:util';
import type { RunEnd } from '@flowdeck/engine';
import { decodeValue, encodeValue, isPlainObject } from '@flowdeck/engine/kit';
import type { EffectCount } from './effects.js';
import { EVERYTHING_KEYS, EVERYTHING_OUTPUTS, ONCE_KEYS, SENT, UNKNOWN } from './everything.js';
import type { ContractStage, Worker } from './stage.js';

/** What is killed. */
export type Victim = 'worker' | 'server' | 'both';

/** One run, and when what is killed. */
export interface CrashPlan {
  /** Id of the run. */
  readonly runId: string;
  /** Kills: each when so many effects have come, repeated ones counted. */
  readonly kills: readonly { readonly at: number; readonly victim: Victim }[];
  /** Limits of the run, such as a `recordBytes` beyond which an annex is asked. Default: those of the worker. */
  readonly limits?: { readonly [name: string]: number };
}

/** What came of it. */
export interface CrashRow extends EffectCount {
  /** Kills that met the run while it was under way. */
  readonly kills: number;
  /** What is not as in a run that nobody disturbs; null: all is. */
  readonly wrong: string | null;
}

/** More effects than these are never under way at a time: four items, and a flow beside. */
export const MOST_UNDER_WAY = 5;

/** Runs the flow that has everything, under that plan. Gives the worker that is there afterwards, too. */
export async function crash(
  stage: ContractStage,
  first: Worker,
  { runId, kills, limits = {} }: CrashPlan,
): Promise<CrashRow & { readonly worker: Worker }> {
  let worker = first;
  await stage.begin({ runId, revision: worker.revision, flow: 'everything', limits });
  const ending = stage.end(runId);
  const hasEnded = () => true as const;
  const isOver = ending.then(hasEnded, hasEnded);
  // A run that ends before it asks is not answered.
  const approved = Promise.race([stage.effects.arrival(`${runId}/ask`), isOver]).then((isEnded) =>
    isEnded === true ? undefined : stage.again(() => stage.client.signal(runId, 'resume', encodeValue({ by: 'ann' }))),
  );
  let met = 0;
  for (const { at, victim } of kills) {
    if (await Promise.race([stage.effects.reach(runId, at).then(() => false), isOver])) break;
    met++;
    if (victim !== 'server') await stage.kill(worker);
    if (victim !== 'worker') await stage.crash();
    if (victim !== 'server') worker = await stage.start();
  }
  const end = await ending;
  await approved;
  const count = stage.effects.count(runId, EVERYTHING_KEYS, ONCE_KEYS);
  const isRight = isAsUndisturbed(end, new Set(stage.effects.of(runId)), runId);
  return { ...count, kills: met, wrong: isRight ? null : JSON.stringify(end), worker };
}

/** The result is that of a run that nobody disturbs, but that the outcome of what may not be repeated may be unknown. */
export function isAsUndisturbed(end: RunEnd, came: ReadonlySet<string>, runId: string): boolean {
  const outputs = decodeValue(end.outputs);
  if (end.status !== 'success' || !isPlainObject(outputs)) return false;
  const { sends } = outputs;
  if (!Array.isArray(sends) || sends.length !== ONCE_KEYS.length) return false;
  const isTrue = (said: unknown, index: number) =>
    said === UNKNOWN || (said === SENT && came.has(`${runId}${ONCE_KEYS[index]}`));
  return sends.every(isTrue) && isDeepStrictEqual(outputs, { ...EVERYTHING_OUTPUTS, sends });
}
