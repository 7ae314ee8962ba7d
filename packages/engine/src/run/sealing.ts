/** Seals what an adapter hands to its runtime, and opens what comes back. Without a seal all stays as it is. */
import { FlowdeckError } from '../errors.js';
import type { RunAnnex, RunSeal, RunStart, SealedValue } from '../ports/index.js';

/** What stands in place of a sealed value. */
const MARK = '$sealed';
/** What stands around a value in the clear that looks like one of the two: anybody may signal such a value. */
const CLEAR = '$clear';

/** `value`: JSON. */
export function closeSealed<T>(seal: RunSeal | undefined, value: T): T | SealedValue {
  if (seal !== undefined) return { [MARK]: seal.close(JSON.stringify(value ?? null)) };
  // To adapters it is JSON like any other; only `openSealed` looks into it.
  return markOf(value) === null ? value : ({ [CLEAR]: value } as T);
}

/**
 * What `closeSealed` was given; what was stored in the clear is given as it is.
 *
 * @throws FlowdeckError `runtime-key` when it was sealed with another key.
 */
export function openSealed<T>(seal: RunSeal | undefined, stored: T | SealedValue): T {
  const mark = markOf(stored);
  if (mark === null) return stored as T; // no sealed value
  if (mark.name === CLEAR) return mark.content as T; // `closeSealed` put it there
  const text = seal?.open(String(mark.content)) ?? null;
  if (text === null) throw keyDiffers(seal);
  return JSON.parse(text); // `closeSealed` wrote it, from such a value
}

/** A start with what it hands to the flow sealed: by flow and revision runs are listed and find their workers. */
export function closeStart(seal: RunSeal | undefined, run: RunStart): RunStart | SealedStart {
  if (seal === undefined) return run;
  const { runId, revision, flow, ...rest } = run;
  return { runId, revision, ...(flow === undefined ? {} : { flow }), sealed: seal.close(JSON.stringify(rest)) };
}

/** A start as it is stored. */
export interface SealedStart extends Pick<RunStart, 'runId' | 'revision' | 'flow'> {
  /** The rest of it, as `RunSeal.close` gave it. */
  readonly sealed: string;
}

/**
 * What `closeStart` was given.
 *
 * @throws FlowdeckError `runtime-key` when it was sealed with another key.
 */
export function openStart<S extends object>(seal: RunSeal | undefined, stored: S): Omit<S, 'sealed'> {
  if (!('sealed' in stored)) return stored;
  const { sealed, ...clear } = stored;
  return { ...clear, ...openSealed<object>(seal, { [MARK]: String(sealed) }) };
}

/** The annex as an adapter uses it: texts and ids of runs are sealed before they come there. */
export function sealedAnnex(seal: RunSeal | undefined, annex: RunAnnex): RunAnnex {
  if (seal === undefined) return annex;
  /** The room of a run from before there was this key: in the clear, or under a former one. Null: there is none. */
  const formerRoom = async (runId: string) => {
    for (const room of await annex.runs()) if ((seal.open(room) ?? room) === runId) return room;
    return null;
  };
  return {
    put: (runId, text) => annex.put(seal.close(runId), seal.close(text)),
    async read(runId, id) {
      const kept = await annex.read(seal.close(runId), id);
      if (kept !== null) return opened(kept, seal);
      const room = await formerRoom(runId);
      const former = room === null ? null : await annex.read(room, id);
      return former === null || room === runId ? former : opened(former, seal);
    },
    // Those of other keys are not ours to see.
    runs: async () => (await annex.runs()).map((runId) => seal.open(runId)).filter((runId) => runId !== null),
    async remove(runId) {
      await annex.remove(seal.close(runId));
      const room = await formerRoom(runId);
      if (room !== null) await annex.remove(room);
    },
  };
}

function opened(sealed: string, seal: RunSeal): string {
  const text = seal.open(sealed);
  if (text === null) throw keyDiffers(seal);
  return text;
}

/** The one member of an object that has a mark and nothing else. */
function markOf(value: unknown): { readonly name: string; readonly content: unknown } | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const [only, ...more] = Object.entries(value);
  if (only === undefined || more.length > 0) return null;
  const [name, content] = only;
  return name === MARK || name === CLEAR ? { name, content } : null;
}

/** What a runtime keeps cannot be read. */
export function keyDiffers(seal: RunSeal | undefined): FlowdeckError {
  const why = seal === undefined ? 'is sealed, and no key was given' : 'was sealed with another key';
  return new FlowdeckError('runtime-key', `What is kept ${why}.`, {
    hint: 'Give the key that it was sealed with. Nothing of it is lost.',
  });
}
