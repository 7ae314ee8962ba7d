/** The annex as runs on DBOS use it: with patience, and swept when they are over. */
import { setTimeout as after } from 'node:timers/promises';
import { DBOS } from '@dbos-inc/dbos-sdk';
import type { RunAnnex } from '@flowdeck/engine';
import { sweepAnnex } from '@flowdeck/engine/kit';

/** Milliseconds after which an annex that cannot be read is asked again. */
const AGAIN_MS = 1_000;

/** DBOS ends a run for good whose life rejects: while its texts cannot be read, the life waits. */
export function patient(annex: RunAnnex, pause: () => Promise<void> = aSecond): RunAnnex {
  return {
    ...annex,
    async read(runId, id) {
      for (;;) {
        try {
          return await annex.read(runId, id);
        } catch {
          await pause();
        }
      }
    },
  };
}

async function aSecond(): Promise<void> {
  await after(AGAIN_MS, undefined, { ref: false });
}

/** Statuses of workflows that go on. */
const UNDER_WAY = ['PENDING', 'ENQUEUED', 'DELAYED'] as const;

/** Forgets the texts of runs that are over. */
export function sweep(annex: RunAnnex): Promise<void> {
  return sweepAnnex(annex, async (runIds) => {
    const found = await DBOS.listWorkflows({
      workflowIDs: [...runIds],
      status: [...UNDER_WAY],
      loadInput: false,
      loadOutput: false,
    });
    return new Set(found.map(({ workflowID }) => workflowID));
  });
}
