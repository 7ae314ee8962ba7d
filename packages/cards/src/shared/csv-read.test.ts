/** Reading CSV, against another parser and against itself in pieces. */
import { FlowdeckError } from '@flowdeck/engine';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readCsv } from './csv-read.js';
import { csvLine } from './csv-write.js';

const bytes = (text: string) => new TextEncoder().encode(text);

async function* inPieces(text: string, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const all = bytes(text);
  for (let at = 0, turn = 0; at < all.length; turn++) {
    const size = sizes.length === 0 ? all.length : (sizes[turn % sizes.length] ?? 1);
    yield all.subarray(at, at + size);
    at += size;
  }
}

/** Records and their lines, or the code with which reading fails, and where. */
async function ours(text: string, delimiter: string, sizes: readonly number[] = []): Promise<unknown> {
  const records: unknown[] = [];
  try {
    for await (const { line, cells } of readCsv(inPieces(text, sizes), { delimiter })) records.push({ line, cells });
    return records;
  } catch (error) {
    if (error instanceof FlowdeckError) return error.code;
    throw error;
  }
}

function theirs(text: string, delimiter: string): unknown {
  try {
    const found = parse(text, {
      delimiter,
      bom: true,
      info: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]; // with `info` it gives these
    return found.map(({ record, info }) => ({ line: info.lines, cells: record }));
  } catch {
    return 'csv-parse';
  }
}

/** Without the lines, or the code as it is. */
const cellsOf = (found: unknown) => (Array.isArray(found) ? found.map(({ cells }) => cells) : found);

const text = fc.string({ unit: fc.constantFrom(...'ab ,,""""\r\n\n;\té', '\u{1f600}', '\ufeff', '""'), maxLength: 40 });
const delimiter = fc.constantFrom(',', ';', '\t', '\u{1f600}', 'é');

test('any text is read as the other parser reads it', async () => {
  let read = 0;
  await fc.assert(
    fc.asyncProperty(text, delimiter, async (csv, separator) => {
      const expected = theirs(csv, separator);
      const found = await ours(csv, separator);
      // There a CR LF inside of quotation marks counts as two lines.
      if (csv.includes('\r')) assert.equal(cellsOf(found), cellsOf(expected));
      else assert.equal(found, expected);
      if (expected !== 'csv-parse') read++;
    }),
    { numRuns: 4000 },
  );
  assert.ok(read > 500, `${read} were read`);
});

test('it does not matter where pieces begin, not even inside a character', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(text, delimiter, sizes, async (csv, separator, cut) => {
      assert.equal(await ours(csv, separator, cut), await ours(csv, separator));
    }),
    { numRuns: 2000 },
  );
});

test('a first line may name the delimiter, as spreadsheets write it', async () => {
  const rows = [
    { line: 2, cells: ['a', 'b,c'] },
    { line: 3, cells: ['1', '2'] },
  ];
  for (const [name, separator] of [
    ['sep=;', ';'],
    ['"sep=|"', '|'],
    ['SEP=\\t', '\t'],
    ['\ufeffsep=\t', '\t'],
    ['sep=\u{1f600}', '\u{1f600}'],
  ] as const) {
    const csv = [name, `a${separator}"b,c"`, `1${separator}2`];
    for (const end of ['\n', '\r\n', '\r']) {
      for (const sizes of [[], [1], [3]]) assert.equal(await ours(csv.join(end), ',', sizes), rows, name);
    }
  }
  assert.equal(await ours('sep=;', ','), []);
  for (const title of ['sep=', 'sep=;;', 'xsep=;', 'sep=;,x', 'sep=,,b']) {
    assert.equal(await ours(`${title}\n`, ','), [{ line: 1, cells: title.split(',') }], title);
  }
});

test('what is written is read again', async () => {
  const cell = fc.string({ unit: fc.constantFrom(...'ab ,"\r\n\té\ufeff') });
  const line = fc.array(cell, { minLength: 2, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(fc.array(line), async (lines) => {
      const read = await ours(lines.map((cells) => csvLine(cells, ',')).join(''), ',', [7]);
      assert.equal(
        (read as { cells: string[] }[]).map(({ cells }) => cells),
        lines,
      );
    }),
  );
});

test('a record that does not end is refused before it fills the memory', async () => {
  let given = 0;
  async function* endless() {
    for (; ; given++) yield bytes(given === 0 ? '"' : 'a,'.repeat(50_000));
  }
  try {
    for await (const _ of readCsv(endless(), { delimiter: ',' })) assert.unreachable();
  } catch (error) {
    assert.is((error as FlowdeckError).code, 'csv-too-wide');
  }
  assert.ok(given < 60, `${given} pieces were asked for`);
  assert.is(await ours(`${'a,'.repeat(1100)}\n`, ','), 'csv-too-wide');
});

test.run();
