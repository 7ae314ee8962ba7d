/** The append-only log: segments of lines, one write and one flush for everything appended in a turn of the event loop. */
import type { FlowdeckError, RunSeal } from '@flowdeck/engine';
import type { Disk } from './disk.js';
import type { LogErrors } from './errors.js';
import { checkFormat, headLine, isHead } from './head.js';
import {
  closeEntry,
  formatLine,
  type HeadEntry,
  isClosedBy,
  type Location,
  type LogEntry,
  parseEntry,
  parseLine,
} from './line.js';
import { type SegmentLine, scanSegment, type Tail } from './segment.js';
import { fileOf, segmentsIn } from './segment-files.js';

export interface LogOptions<E extends LogEntry> {
  readonly dir: string;
  /** What the names of the files begin with, in lower-case letters. */
  readonly name: string;
  readonly errors: LogErrors;
  readonly maxSegmentBytes: number;
  readonly disk: Disk;
  /** Called for every entry found at the start, and for every appended one as soon as it is durable. */
  readonly note: (entry: E, location: Location) => void;
  /** Called when an end that is no whole write was cut off. */
  readonly torn: (file: string, bytes: number, tail: Tail) => void;
  /** Entries are sealed with it. What was written in the clear is read all the same. Default: they are not. */
  readonly seal?: RunSeal;
  /** False when another process took the directory. */
  readonly held: () => boolean;
}

interface Pending<E> {
  readonly entry: E;
  readonly json: string;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface OpenSegment {
  readonly number: number;
  readonly fd: number;
  size: number;
}

export class Log<E extends LogEntry> {
  readonly #options: LogOptions<E>;
  /** Numbers of all segments, ascending. */
  readonly #segments: number[];
  #open: OpenSegment | null;
  #pending: Pending<E>[] = [];
  #writing: Promise<void> | null = null;
  #closed = false;
  /** Set for good by what makes the log unsafe to go on with. */
  #broken: FlowdeckError | null = null;

  /** Some lines stand there in the clear, or as a former key sealed them. */
  readonly isStale: boolean;

  private constructor(options: LogOptions<E>, segments: number[], open: OpenSegment | null, isStale: boolean) {
    this.#options = options;
    this.#segments = segments;
    this.#open = open;
    this.isStale = isStale;
  }

  /**
   * Reads what is there and makes the end of it fit to be appended to.
   *
   * @throws FlowdeckError `corrupt` or `formatUnknown` of its errors.
   */
  static async open<E extends LogEntry>(options: LogOptions<E>): Promise<Log<E>> {
    const { errors } = options;
    const segments = await segmentsIn(options);
    let open: OpenSegment | null = null;
    let isStale = false;
    const { seal } = options;
    for (const number of segments) {
      const file = fileOf(options, number);
      const content = await options.disk.read(file);
      const { lines, end, fault, tail } = scanSegment<E>(content, seal);
      const last = number === segments.at(-1);
      if (fault === 'corrupt' || (fault === 'torn' && !last)) throw errors.corrupt(file, lines.length + 1, end);
      checkFormat(file, lines[0], errors);
      for (const { entry, json, offset, bytes } of lines) {
        if (isHead(entry)) continue;
        options.note(entry, { segment: number, offset, bytes });
        isStale ||= seal !== undefined && !isClosedBy(entry, json, seal);
      }
      if (last) open = await reopen(options, number, end, content.length - end, tail);
    }
    return new Log(options, segments, open, isStale);
  }

  /** Segments that no longer grow, oldest first. */
  sealed(): readonly number[] {
    return this.#open === null ? this.#segments : this.#segments.slice(0, -1);
  }

  /**
   * Appends an entry. Resolves when it would survive a power cut.
   *
   * @throws TypeError or RangeError at once when the entry does not fit JSON.
   */
  append(entry: E): Promise<void> {
    const json = closeEntry(JSON.stringify(entry), this.#options.seal);
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(this.#options.errors.closed());
        return;
      }
      this.#pending.push({ entry, json, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  /** The next write begins a segment. Only while none is under way. */
  async roll(): Promise<void> {
    const current = this.#open;
    this.#open = null;
    if (current !== null) await this.#options.disk.close(current.fd);
  }

  /** The intact lines of a segment. */
  async read(segment: number): Promise<readonly SegmentLine<E>[]> {
    return scanSegment<E>(await this.#options.disk.read(fileOf(this.#options, segment)), this.#options.seal).lines;
  }

  /** The entry at a place that `note` told; null if it is gone. */
  async readAt(location: Location): Promise<E | HeadEntry | null> {
    const file = fileOf(this.#options, location.segment);
    const bytes = await this.#options.disk.readAt(file, location.offset, location.bytes);
    const parsed = parseLine(bytes.subarray(0, -1));
    return parsed === null ? null : parseEntry<E>(parsed.json, this.#options.seal);
  }

  /** Removes a sealed segment, durably. */
  async remove(segment: number): Promise<void> {
    await this.#options.disk.remove(fileOf(this.#options, segment));
    await this.#options.disk.syncDirectory(this.#options.dir);
    this.#segments.splice(this.#segments.indexOf(segment), 1);
  }

  /** Refuses further appends, lets those under way finish, and closes the file. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#writing;
    if (this.#open !== null) await this.#options.disk.close(this.#open.fd);
    this.#open = null;
  }

  /** One batch after the other: while one is on its way to the disk, the next one gathers. */
  async #writeAll(): Promise<void> {
    do {
      // The rest of this turn, and whoever was just acknowledged, can still join.
      await turn();
      const batch = this.#pending;
      this.#pending = [];
      try {
        await this.#write(batch);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    } while (this.#pending.length > 0);
    this.#writing = null;
  }

  async #write(batch: readonly Pending<E>[]): Promise<void> {
    const { disk, errors, held, note } = this.#options;
    if (this.#broken !== null) throw this.#broken;
    if (!held()) throw this.#break(errors.ownershipLost());
    const segment = await this.#segmentForWrite();
    const start = segment.size;
    const head = start === 0 ? [headLine()] : [];
    const lines = batch.map(({ entry, json }) => ({ entry, line: formatLine(start, json) }));
    const bytes = Buffer.concat([...head, ...lines.map(({ line }) => line)]);
    try {
      await disk.write(segment.fd, bytes, start);
    } catch (error) {
      // A part may have been written. Without it the log is as it was, and the next append may find room again.
      await disk.truncate(segment.fd, start).catch((cause: unknown) => this.#break(errors.diskFailed(cause)));
      throw error;
    }
    try {
      await disk.sync(segment.fd);
    } catch (error) {
      // What a failed flush leaves on the disk is unknown, and a second one may claim success: nothing can follow.
      throw this.#break(errors.diskFailed(error));
    }
    segment.size = start + bytes.length;
    let offset = start + (head[0]?.length ?? 0);
    for (const { entry, line } of lines) {
      note(entry, { segment: segment.number, offset, bytes: line.length });
      offset += line.length;
    }
  }

  async #segmentForWrite(): Promise<OpenSegment> {
    const { dir, disk, maxSegmentBytes } = this.#options;
    const current = this.#open;
    if (current !== null && current.size < maxSegmentBytes) return current;
    const number = (this.#segments.at(-1) ?? 0) + 1;
    const fd = await disk.create(fileOf(this.#options, number));
    try {
      await disk.syncDirectory(dir);
    } catch (error) {
      await disk.close(fd);
      throw error;
    }
    if (current !== null) await disk.close(current.fd);
    this.#segments.push(number);
    this.#open = { number, fd, size: 0 };
    return this.#open;
  }

  #break(error: FlowdeckError): FlowdeckError {
    this.#broken ??= error;
    return error;
  }
}

async function reopen<E extends LogEntry>(
  options: LogOptions<E>,
  number: number,
  end: number,
  surplus: number,
  tail: Tail | null,
): Promise<OpenSegment> {
  const { disk, torn } = options;
  const file = fileOf(options, number);
  const fd = await disk.open(file);
  if (surplus > 0) {
    await disk.truncate(fd, end);
    torn(file, surplus, tail ?? 'cut');
  }
  // A process that was killed may have written these lines without flushing them; from now on they count as durable.
  await disk.sync(fd);
  return { number, fd, size: end };
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
