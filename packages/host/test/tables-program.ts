/** Writes to tables on disk, tells what was acknowledged, and kills itself without any warning at a given point. */
import { writeSync } from 'node:fs';
import { diskTables } from '@flowdeck/host';

const [, , dir = '', , killAt = '0'] = process.argv;

let told = 0;
/** Tells the parent, and dies if this is the point. */
function tell(line: string): void {
  writeSync(1, `${line}\n`);
  told += 1;
  if (told === Number(killAt)) process.kill(process.pid, 'SIGKILL');
}

const tables = await diskTables({ dir, maxSegmentBytes: 4000 });
await tables.define({
  id: 't',
  columns: [
    { key: 'writer', type: 'number' },
    { key: 'count', type: 'number' },
    { key: 'text', type: 'text' },
  ],
});
tell('defined');

/** Four writers at once: each adds rows two at a time, changes one and removes another. */
async function write(writer: number): Promise<void> {
  for (let count = 0; count < 8; count++) {
    const text = `${writer}/${count} ${'x'.repeat(50)}`;
    const [kept = '', gone = ''] = await tables.insert('t', [
      { writer, count, text },
      { writer, count, text: 'to be removed' },
    ]);
    tell(`inserted ${kept} ${gone}`);
    await tables.update('t', kept, { count: count + 100 });
    tell(`updated ${kept} ${count + 100}`);
    await tables.remove('t', gone);
    tell(`removed ${gone}`);
  }
}

await Promise.all([1, 2, 3, 4].map(write));
await tables.close();
writeSync(1, 'result {}\n');
