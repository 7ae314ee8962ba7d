/** Gives back what runs on Restate that are over have left in the annex. */
import type { RunAnnex, RunSeal } from '@flowdeck/engine';
import { sealedAnnex, sweepAnnex } from '@flowdeck/engine/kit';
import { FLOW_RUN } from './names.js';

/** Whose runs, and where their texts are. */
export interface RestateSweepOptions {
  /** Knows which runs are under way, such as `http://localhost:9070`. */
  readonly admin: string;
  /** The annex of the workers. */
  readonly annex: RunAnnex;
  /** The seal of the workers. Default: none. */
  readonly seal?: RunSeal;
  /** Sent with the request, such as `authorization`. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Forgets the texts of runs that are over. `listenForRestate` does it by itself.
 *
 * @example
 * await sweepRestateAnnex({ admin: 'http://localhost:9070', annex });
 */
export async function sweepRestateAnnex({ admin, annex, seal, headers }: RestateSweepOptions): Promise<void> {
  await sweepAnnex(sealedAnnex(seal, annex), async () => {
    const query =
      `SELECT target_service_key FROM sys_invocation WHERE target_service_name = '${FLOW_RUN}' ` +
      "AND target_handler_name = 'run' AND status <> 'completed'";
    const answer = await fetch(new URL('/query', admin), {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    if (!answer.ok) throw new Error(`Restate at ${admin} does not tell its runs: ${answer.status}`);
    // Of the column asked for.
    const { rows } = (await answer.json()) as { readonly rows: readonly { readonly target_service_key: string }[] };
    return new Set(rows.map((row) => row.target_service_key));
  });
}
