/** The crash table: runs whose workers, server or both are killed in their midst, and what their effects say of it. */
import { isDeepStrictEqual } from 'node:util';
import { decodeValue, encodeValue } from '@flowdeck/engine/kit';
import type { EffectCount } from './effects.js';
import { EVERYTHING_KEYS, EVERYTHING_OUTPUTS } from './flows.js';
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
  const approved = stage.effects
    .arrival(`${runId}/ask`)
    .then(() => stage.again(() => stage.client.signal(runId, 'resume', encodeValue({ by: 'ann' }))));
  let met = 0;
  const isOver = ending.then(() => true);
  for (const { at, victim } of kills) {
    if (await Promise.race([stage.effects.reach(runId, at).then(() => false), isOver])) break;
    met++;
    if (victim !== 'server') await stage.kill(worker);
    if (victim !== 'worker') await stage.crash();
    if (victim !== 'server') worker = await stage.start();
  }
  const end = await ending;
  await approved;
  const outputs = decodeValue(end.outputs);
  const isRight = end.status === 'success' && isDeepStrictEqual(outputs, EVERYTHING_OUTPUTS);
  const count = stage.effects.count(runId, EVERYTHING_KEYS);
  return { ...count, kills: met, wrong: isRight ? null : JSON.stringify(end), worker };
}
