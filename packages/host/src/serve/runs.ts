/** The runs of a host: those under way, and the last ones that ended. */
import type { JsonData, RunHandle, RunResult, RunStatus, Value } from '@flowdeck/engine';
import type { Watch } from '../notices/watch.js';
import type { Trigger } from './trigger.js';

/** A run, for people. */
export interface RunRecord {
  /** Id of the run. */
  readonly runId: string;
  /** Id of its flow. */
  readonly flow: string;
  /** What started it. */
  readonly trigger: Trigger;
  /** In milliseconds since 1970. */
  readonly startedAt: number;
  /** Null while it is under way. */
  readonly status: RunStatus | null;
  /** Null while it is under way. */
  readonly durationMs: number | null;
  /** Why it failed; null when it did not. */
  readonly error: { readonly code: string; readonly message: string } | null;
}

/** A run that was started, and its end. */
export interface StartedRun {
  /** Id of the run. */
  readonly runId: string;
  /** Resolves when it will go on after a crash of the host, if it outlives it; at once where none does. */
  readonly kept: Promise<void>;
  /** Resolves when it has ended; rejects for inputs that the engine refuses. */
  readonly ended: Promise<RunResult>;
}

/** What a host knows of a run that it follows. */
export interface FollowedRun extends Pick<RunRecord, 'flow' | 'trigger' | 'startedAt'> {
  /** Id of the event that it is of, in its metadata. */
  readonly event: JsonData | undefined;
}

export class Runs {
  readonly #most: number;
  readonly #watch: Pick<Watch, 'tell'>;
  readonly #live = new Map<string, { readonly handle: RunHandle; readonly record: RunRecord }>();
  readonly #ended = new Map<string, RunRecord>();

  /** Remembers `most` runs that ended. */
  constructor(most: number, watch: Pick<Watch, 'tell'>) {
    this.#most = most;
    this.#watch = watch;
  }

  /** Under way. */
  get live(): number {
    return this.#live.size;
  }

  /** False when no such run is under way. */
  cancel(runId: string, reason?: string): boolean {
    const handle = this.#live.get(runId)?.handle;
    handle?.cancel(reason);
    return handle !== undefined;
  }

  /** False when no such run is under way. */
  async signal(runId: string, name: string, value: Value): Promise<boolean> {
    const handle = this.#live.get(runId)?.handle;
    await handle?.signal(name, value);
    return handle !== undefined;
  }

  get(runId: string): RunRecord | undefined {
    return this.#live.get(runId)?.record ?? this.#ended.get(runId);
  }

  /** The newest first: those under way before those that ended. */
  list(flow?: string): readonly RunRecord[] {
    const all = [...this.#ended.values(), ...[...this.#live.values()].map(({ record }) => record)].reverse();
    return flow === undefined ? all : all.filter((record) => record.flow === flow);
  }

  /** Keeps the run until it ends, and resolves then. `event`: the id of the one that it is of. */
  async follow(handle: RunHandle, about: FollowedRun): Promise<RunResult> {
    const { runId } = handle;
    const { event, ...known } = about;
    const record: RunRecord = { ...known, runId, status: null, durationMs: null, error: null };
    this.#live.set(runId, { handle, record });
    this.#tell('began', record, event);
    try {
      const result = await handle.result;
      const { status, durationMs, error } = result;
      const ended = { ...record, status, durationMs, error: error && { code: error.code, message: error.message } };
      this.#keep(ended);
      this.#tell('ended', ended, event);
      return result;
    } finally {
      // A run that its engine refused to start leaves nothing behind.
      this.#live.delete(runId);
    }
  }

  /** Those under way. */
  underWay(): readonly RunHandle[] {
    return [...this.#live.values()].map(({ handle }) => handle);
  }

  /** Resolves when none is under way. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#live.values()].map(({ handle }) => handle.result));
  }

  cancelAll(reason: string): void {
    for (const { handle } of this.#live.values()) handle.cancel(reason);
  }

  #tell(phase: 'began' | 'ended', record: RunRecord, event: JsonData | undefined): void {
    const { runId: run, flow, trigger, status, durationMs, error } = record;
    const delivery = typeof event === 'string' ? event : null;
    const [code, reason] = [error?.code ?? null, error?.message ?? null];
    const level = phase === 'began' ? 'debug' : error === null ? 'info' : 'warn';
    this.#watch.tell(level, { what: 'run', phase, flow, run, trigger, delivery, status, durationMs, code, reason });
  }

  #keep(record: RunRecord): void {
    this.#ended.set(record.runId, record);
    for (const runId of this.#ended.keys()) {
      if (this.#ended.size <= this.#most) break;
      this.#ended.delete(runId);
    }
  }
}
