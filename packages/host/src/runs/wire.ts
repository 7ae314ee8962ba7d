/** Runs of a process over HTTP on this machine: what is asked, by method and path. */

/** A worker answers a wait for the end of a run after so long, with nothing; whoever waits asks again. */
export const WAIT_MS = 20_000;

/** Paths of the requests, for both sides. */
export const PATHS = {
  runs: '/runs',
  run: (runId: string) => `/runs/${encodeURIComponent(runId)}`,
  end: (runId: string) => `/runs/${encodeURIComponent(runId)}/end`,
  cancel: (runId: string) => `/runs/${encodeURIComponent(runId)}/cancel`,
  signal: (executionId: string) => `/signals/${encodeURIComponent(executionId)}`,
} as const;
