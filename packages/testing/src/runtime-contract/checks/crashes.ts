/** Runs whose workers, or what is behind them, are killed in their midst. */
import assert from 'node:assert/strict';
import { decodeValue } from '@flowdeck/engine/kit';
import type { ContractCheck } from '../check.js';
import { crash, MOST_UNDER_WAY, type Victim } from '../crash.js';
import { EVERYTHING_KEYS, ONCE_KEYS } from '../everything.js';
import type { ContractStage } from '../stage.js';

/** A run that nobody disturbs has so many effects. */
const MOST_PLACES = EVERYTHING_KEYS.length + ONCE_KEYS.length;

export const crashChecks: readonly ContractCheck[] = [
  {
    title: 'killed at any effect, a run ends as one that is not: nothing lost, nothing repeated but what was under way',
    kills: true,
    act: (stage) => killedAt(stage, places(stage), 'worker'),
  },
  {
    title: 'so it does when what is behind the workers is killed, and when both are',
    kills: true,
    async act(stage) {
      if (!stage.hasServer) return;
      const middle = Math.floor(MOST_PLACES / 2);
      await killedAt(stage, [middle], 'server');
      await killedAt(stage, [middle], 'both');
    },
  },
  {
    title:
      'an effect that may take place at most once, and was under way, is not repeated: the flow is told that its outcome is unknown',
    kills: true,
    async act(stage) {
      const worker = await stage.start();
      await stage.begin({ runId: 'once', revision: worker.revision, flow: 'once' });
      await stage.arrival('once/send');
      await stage.kill(worker);
      await stage.start();
      const { status, outputs, error } = await stage.end('once');
      assert.deepEqual([status, decodeValue(outputs), error], ['success', { why: 'unknown-outcome' }, null]);
      assert.deepEqual(stage.effects.of('once'), ['once/send', 'once/after']);
    },
  },
];

/** Spread over the run: the first effect, the last, and as many between as the runtime is asked for. */
function places({ subject: { crashes = MOST_PLACES } }: ContractStage): readonly number[] {
  const all = Array.from({ length: MOST_PLACES }, (_, index) => index + 1);
  const count = Math.min(crashes, all.length);
  if (count === 1) return [all[0] ?? 1];
  return Array.from({ length: count }, (_, index) => 1 + Math.round((index * (all.length - 1)) / (count - 1)));
}

async function killedAt(stage: ContractStage, at: readonly number[], victim: Victim): Promise<void> {
  let worker = await stage.start();
  for (const place of at) {
    const row = await crash(stage, worker, { runId: `${victim}-${place}`, kills: [{ at: place, victim }] });
    worker = row.worker;
    const where = `${victim} killed at effect ${place}`;
    assert.equal(row.kills, 1, `${where}: the run was under way`);
    assert.equal(row.wrong, null, where);
    assert.deepEqual(row.lost, [], `${where}: lost`);
    assert.deepEqual(row.outside, [], `${where}: repeated although known`);
    assert.deepEqual(row.forbidden, [], `${where}: repeated although it may not be`);
    assert.ok(row.doubled.length <= MOST_UNDER_WAY, `${where}: repeated ${row.doubled}`);
  }
  await stage.kill(worker);
}
