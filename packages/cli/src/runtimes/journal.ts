/** `journal:DIR`: runs of one process on one machine, in a directory. The worker says there where it listens. */
import { randomBytes } from 'node:crypto';
import { type RuntimeClient, systemClock } from '@flowdeck/engine';
import { runtimeAway } from '@flowdeck/engine/kit';
import type { FileJournal, FileJournalOptions } from '@flowdeck/host';
import { plain } from '../output/text.js';
import { makeDirectory, removeFile, writeSecret } from '../system/files.js';
import type { Io } from '../system/io.js';
import { join, readFileSync, resolve } from '../system/node.js';
import { faultyAddress } from './address.js';
import { annexOf } from './annex.js';
import { sealOf } from './seal.js';
import type { RuntimeKind, RuntimePlace, WorkerCrew, WorkerGround } from './types.js';

const JOURNAL_EXAMPLE = 'journal:runs/';
/** Where the worker of a journal says how it is reached. */
const WORKER_FILE = 'worker.json';
/** Runs that a worker is in the midst of have so long when it is told to end. */
const GRACE_MS = 10_000;
/** More are not looked through when a worker ends: one run has to be in the midst of something at least. */
const MOST_RUNS = 100_000;

export const JOURNAL: RuntimeKind = { schemes: ['journal'], example: JOURNAL_EXAMPLE, at: journalAt };

function journalAt(address: string, io: Io): RuntimePlace {
  const given = address.slice(address.indexOf(':') + 1);
  if (given === '' || given.startsWith('//') || given.includes('\0'))
    throw faultyAddress('A journal is a directory, named after "journal:"', JOURNAL_EXAMPLE);
  const dir = resolve(io.cwd, given);
  const name = `the journal in ${given}`;
  return {
    name,
    async client() {
      const { remoteRuns } = await import('@flowdeck/host');
      return remoteRuns(readWorker(join(dir, WORKER_FILE), name));
    },
    ground: async (args) => openGround(dir, { ...(await sealOf(args, io)), ...(await annexOf(args, io)) }, io),
  };
}

async function openGround(
  dir: string,
  kept: Pick<FileJournalOptions, 'seal' | 'annex'>,
  io: Io,
): Promise<WorkerGround> {
  const { diskTables, fileJournal } = await import('@flowdeck/host');
  const onWarning = ({ code, message }: { readonly code: string; readonly message: string }) =>
    io.stderr.write(`warning: ${plain(message)} [${code}]\n`);
  makeDirectory(dir, io);
  const journal = await fileJournal({ dir, onWarning, ...kept });
  const ends: (() => Promise<unknown>)[] = [() => journal.shutdown()];
  const close = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const tables = await diskTables({ dir: join(dir, 'tables'), onWarning });
    ends.push(() => tables.close());
    return {
      ports: { runtime: journal, tables },
      decks: join(dir, 'decks'),
      async work(crew) {
        ends.push(await takeRuns(crew, journal, dir, io));
        return null;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Gives what ends it. */
async function takeRuns({ engine, decks }: WorkerCrew, journal: FileJournal, dir: string, io: Io) {
  const { createRunsHandler, listen, localRuns } = await import('@flowdeck/host');
  const runs = await localRuns({ engine, decks, journal });
  const token = randomBytes(32).toString('hex');
  const server = await listen(createRunsHandler(runs, { token, clock: systemClock() }), { port: 0 });
  const file = join(dir, WORKER_FILE);
  // Whoever holds the lock of the journal is its worker: what stands there is of one that was killed.
  removeFile(file, io);
  writeSecret(file, `${JSON.stringify({ url: server.url, token })}\n`, io);
  return async () => {
    removeFile(file, io);
    await server.close();
    await atRest(runs, journal);
  };
}

/** Resolves when nothing is in the midst of an effect, or after the grace. */
async function atRest(runs: RuntimeClient, journal: FileJournal): Promise<void> {
  const busy = (await runs.list(MOST_RUNS)).filter(
    ({ runId, status }) => status === 'running' && !journal.isAtRest(runId),
  );
  if (busy.length === 0) return;
  const rest = busy.map(({ runId }) => Promise.race([journal.nextRest(runId), runs.end(runId)]));
  let stop = (): void => {};
  const over = new Promise<void>((done) => {
    stop = systemClock().after(GRACE_MS, done);
  });
  await Promise.race([Promise.all(rest), over]);
  stop();
}

function readWorker(file: string, name: string): { readonly url: string; readonly token: string } {
  try {
    const worker: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof worker === 'object' && worker !== null && 'url' in worker && 'token' in worker)
      return { url: String(worker.url), token: String(worker.token) };
  } catch {
    // None has written it.
  }
  throw runtimeAway(
    `The worker of ${name}`,
    `none is at work. Start it with: flowdeck work DIR --runtime ${JOURNAL_EXAMPLE}`,
  );
}
