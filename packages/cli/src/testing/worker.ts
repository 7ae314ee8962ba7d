/** What a thread does that runs cases: takes one after the other, and tells what came of it. */
import type { Io, Output } from '../system/io.js';
import { readTestFiles, type TestFile } from './files.js';
import { runOne } from './one-case.js';
import { openSubjects, type Subjects } from './subjects.js';
import { Work } from './work.js';
import type { WorkerReport, WorkerTask } from './workers.js';

export async function workThrough(): Promise<void> {
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
  // Whoever starts the thread gives it this.
  const { memory, cases, settings, bail, ...opened } = workerData as WorkerTask;
  const work = new Work(memory);
  const files = new OpenFiles(opened);
  for (let place = work.take(); place !== null; place = work.take()) {
    const [path = '', index = 0] = cases[place] ?? [];
    const { file, subjects } = await files.open(path);
    const entry = file.suite.cases[index];
    if (entry === undefined) throw new Error(`${path} was changed while its tests were run.`);
    const report = await runOne({ file, entry, line: file.lines[index] ?? 1 }, subjects, settings);
    if (bail && report.status === 'failed') work.endAt(place + 1);
    const told: WorkerReport = { place, report };
    parentPort?.postMessage(told);
  }
}

interface OpenFile {
  readonly file: TestFile;
  readonly subjects: Subjects;
}

/** Files of tests with what they are about, each read when it is asked for. */
class OpenFiles {
  readonly #io: Io;
  readonly #packs: readonly string[];
  readonly #files = new Map<string, OpenFile>();
  /** Many files are about the same. */
  readonly #subjects = new Map<string, Subjects>();

  constructor({ cwd, env, packs }: Pick<WorkerTask, 'cwd' | 'env' | 'packs'>) {
    this.#packs = packs;
    const silent: Output = { write: () => {}, isTTY: false, columns: 80, rows: 24 };
    const { signal } = new AbortController();
    this.#io = { stdout: silent, stderr: silent, stdin: async () => new Uint8Array(), env, cwd, signal };
  }

  async open(path: string): Promise<OpenFile> {
    const known = this.#files.get(path);
    if (known !== undefined) return known;
    const [file] = (await readTestFiles([path], this.#io)).files;
    if (file === undefined) throw new Error(`${path} was changed while its tests were run.`);
    const about = JSON.stringify([...new Set(file.suite.cases.map(({ subject }) => subject ?? null))]);
    const key = `${path.slice(0, path.lastIndexOf('/') + 1)}${about}`;
    const subjects = this.#subjects.get(key) ?? (await openSubjects([file], this.#packs, this.#io));
    this.#subjects.set(key, subjects);
    const opened = { file, subjects };
    this.#files.set(path, opened);
    return opened;
  }
}
