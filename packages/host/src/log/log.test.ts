/** The log: what is acknowledged is kept, what was torn is dropped, what is damaged is refused. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rejection, segmentsIn, withDirectory } from '../../test/support.js';
import type { Entry } from '../journal/entry.js';
import { journalErrors } from '../journal/errors.js';
import { type Disk, nodeDisk } from './disk.js';
import { formatLine, type Location } from './line.js';
import { Log } from './log.js';
import { scanSegment } from './segment.js';

const FIRST = 'journal-00000001.log';

interface Opened {
  readonly log: Log<Entry>;
  readonly entries: Entry[];
  readonly places: Location[];
  readonly torn: number[];
}

async function openLog(dir: string, changes: { disk?: Disk; maxSegmentBytes?: number; held?: () => boolean } = {}) {
  const entries: Entry[] = [];
  const places: Location[] = [];
  const torn: number[] = [];
  const log = await Log.open<Entry>({
    dir,
    name: 'journal',
    errors: journalErrors,
    maxSegmentBytes: changes.maxSegmentBytes ?? 1 << 20,
    disk: changes.disk ?? nodeDisk,
    note: (entry, location) => {
      entries.push(entry);
      places.push(location);
    },
    torn: (_file, bytes) => torn.push(bytes),
    held: changes.held ?? (() => true),
  });
  return { log, entries, places, torn } satisfies Opened;
}

function step(number: number, text = ''): Entry {
  return { k: 'step', run: 'r', id: `r/${number}`, value: `${number} ${text}` };
}

/** A disk that counts, and fails where it is told to. */
function watchedDisk(fault: { write?: Error; sync?: Error; partOfWrite?: boolean } = {}) {
  const calls: string[] = [];
  const disk: Disk = {
    ...nodeDisk,
    async write(fd, bytes, position) {
      calls.push('write');
      if (fault.write) {
        if (fault.partOfWrite) await nodeDisk.write(fd, bytes.subarray(0, 7), position);
        throw fault.write;
      }
      await nodeDisk.write(fd, bytes, position);
    },
    async sync(fd) {
      calls.push('sync');
      if (fault.sync) throw fault.sync;
      await nodeDisk.sync(fd);
    },
  };
  return { disk, calls, fault };
}

const diskFull = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

test('appends of one turn share one write and one flush, and are acknowledged after it', async () => {
  await withDirectory(async (dir) => {
    const { disk, calls } = watchedDisk();
    const { log } = await openLog(dir, { disk });
    const order: string[] = [];
    await Promise.all(
      Array.from({ length: 64 }, (_, index) => log.append(step(index)).then(() => order.push(calls.join()))),
    );
    assert.equal(calls, ['write', 'sync']);
    assert.equal(new Set(order), new Set(['write,sync']));
    await log.close();
  });
});

test('appends that arrive while a batch is under way form the next batch', async () => {
  await withDirectory(async (dir) => {
    const { disk, calls } = watchedDisk();
    let later: Promise<unknown> = Promise.resolve();
    const slow: Disk = {
      ...disk,
      async sync(fd) {
        if (calls.length < 2) later = Promise.all([log.append(step(1)), log.append(step(2))]);
        await disk.sync(fd);
      },
    };
    const { log, entries } = await openLog(dir, { disk: slow });
    await log.append(step(0));
    await later;
    assert.equal(calls, ['write', 'sync', 'write', 'sync']);
    assert.equal(entries, [step(0), step(1), step(2)]);
    await log.close();
  });
});

test('a log cut at any byte gives back exactly the entries that stand before the cut, and goes on from there', async () => {
  await withDirectory(async (source) => {
    const first = await openLog(source);
    for (const number of [0, 1]) await first.log.append(step(number, 'é€𝄞'));
    await Promise.all([2, 3, 4].map((number) => first.log.append(step(number))));
    await first.log.append(step(5));
    await first.log.close();
    const bytes = readFileSync(join(source, FIRST));
    const ends = first.places.map((place) => place.offset + place.bytes);
    assert.is(ends.at(-1), bytes.length);

    for (let cut = 0; cut <= bytes.length; cut += 1) {
      await withDirectory(async (dir) => {
        writeFileSync(join(dir, FIRST), bytes.subarray(0, cut));
        const expected = first.entries.filter((_, index) => ends[index]! <= cut);
        const again = await openLog(dir);
        assert.equal(again.entries, expected, `cut at ${cut}`);
        await again.log.append(step(99));
        await again.log.close();
        const last = await openLog(dir);
        assert.equal(last.entries, [...expected, step(99)], `cut at ${cut}, then appended to`);
        assert.equal(last.torn, []);
        await last.log.close();
      });
    }
  });
});

test('a byte changed anywhere never gives an entry that was not written', async () => {
  const lines: Buffer[] = [];
  let size = 0;
  for (const number of [0, 1, 2, 3]) {
    const line = formatLine(size, JSON.stringify(step(number)));
    lines.push(line);
    size += line.length;
  }
  const bytes = Buffer.concat(lines);
  const property = fc.property(fc.nat(size - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
    const damaged = Buffer.from(bytes);
    damaged[at]! ^= change;
    const scan = scanSegment(damaged);
    const hit = lines.findIndex(
      (_, index) => at < lines.slice(0, index + 1).reduce((sum, line) => sum + line.length, 0),
    );
    assert.equal(
      scan.lines.map((line) => line.entry),
      [0, 1, 2, 3].slice(0, hit).map((number) => step(number)),
    );
    // A changed line feed can make the last two lines one, with nothing intact behind them.
    if (hit < 2) assert.is(scan.fault, 'corrupt');
    else if (hit === 3) assert.is(scan.fault, 'torn');
    else assert.is.not(scan.fault, null);
  });
  fc.assert(property, { numRuns: 500 });
});

test('a hole in the last write is torn; a hole before it is damage, with place and remedy', async () => {
  await withDirectory(async (dir) => {
    const { log, places } = await openLog(dir);
    await log.append(step(0));
    await Promise.all([1, 2, 3].map((number) => log.append(step(number))));
    await log.close();
    const file = join(dir, FIRST);
    const bytes = readFileSync(file);

    const holed = Buffer.from(bytes);
    holed.fill(0, places[2]!.offset, places[2]!.offset + 10);
    writeFileSync(file, holed);
    const again = await openLog(dir);
    assert.equal(again.entries, [step(0), step(1)]);
    assert.equal(again.torn, [bytes.length - places[2]!.offset]);
    await again.log.close();

    const damaged = Buffer.from(bytes);
    damaged.fill(0, places[0]!.offset, places[0]!.offset + 10);
    writeFileSync(file, damaged);
    const error = await rejection(openLog(dir));
    assert.is(error.code, 'journal-corrupt');
    assert.match(error.message, `Line 2 of the journal (byte ${places[0]!.offset})`);
    assert.match(JSON.stringify(error), FIRST);
    assert.match(error.hint ?? '', 'Restore the file');
  });
});

test('only the last segment may be torn', async () => {
  await withDirectory(async (dir) => {
    const { log } = await openLog(dir, { maxSegmentBytes: 1 });
    for (const number of [0, 1]) await log.append(step(number));
    await log.close();
    assert.equal(segmentsIn(dir).length, 2);
    const file = join(dir, FIRST);
    writeFileSync(file, readFileSync(file).subarray(0, -3));
    assert.is((await rejection(openLog(dir))).code, 'journal-corrupt');
  });
});

test('a journal of a later format is refused', async () => {
  await withDirectory(async (dir) => {
    writeFileSync(join(dir, FIRST), formatLine(0, JSON.stringify({ k: 'head', format: 2 })));
    assert.is((await rejection(openLog(dir))).code, 'journal-format');
  });
});

test('a full disk fails what could not be written, and only that', async () => {
  await withDirectory(async (dir) => {
    const { disk, fault } = watchedDisk();
    const { log } = await openLog(dir, { disk });
    await log.append(step(0));
    Object.assign(fault, { write: diskFull(), partOfWrite: true });
    assert.match((await rejection(log.append(step(1)))).message, 'ENOSPC');
    Object.assign(fault, { write: undefined });
    await log.append(step(2));
    await log.close();
    const again = await openLog(dir);
    assert.equal(again.entries, [step(0), step(2)]);
    assert.equal(again.torn, []);
    await again.log.close();
  });
});

test('after a failed flush nothing more is written, since nothing about the file is certain', async () => {
  await withDirectory(async (dir) => {
    const { disk, fault, calls } = watchedDisk();
    const { log } = await openLog(dir, { disk });
    await log.append(step(0));
    Object.assign(fault, { sync: new Error('EIO: i/o error, fdatasync') });
    assert.is((await rejection(log.append(step(1)))).code, 'journal-disk');
    Object.assign(fault, { sync: undefined });
    const before = calls.length;
    assert.is((await rejection(log.append(step(2)))).code, 'journal-disk');
    assert.is(calls.length, before);
    await log.close();
  });
});

test('nothing is written once the directory belongs to another process', async () => {
  await withDirectory(async (dir) => {
    let held = true;
    const { log } = await openLog(dir, { held: () => held });
    await log.append(step(0));
    held = false;
    assert.is((await rejection(log.append(step(1)))).code, 'journal-lost');
    held = true;
    assert.is((await rejection(log.append(step(2)))).code, 'journal-lost');
    await log.close();
    const again = await openLog(dir);
    assert.equal(again.entries, [step(0)]);
    await again.log.close();
  });
});

test.run();
