/** Writes files to a store on disk, tells what was acknowledged, and kills itself without any warning at a given point. */
import { writeSync } from 'node:fs';
import { diskFiles } from '@flowdeck/host';

const [, , dir = '', , killAt = '0'] = process.argv;

let told = 0;
/** Tells the parent, and dies if this is the point. */
function tell(line: string): void {
  writeSync(1, `${line}\n`);
  told += 1;
  if (told === Number(killAt)) process.kill(process.pid, 'SIGKILL');
}

const files = await diskFiles({ dir });

/** Content that says what it has to be: a digit, repeated. */
async function* parts(digit: number, name: string): AsyncGenerator<Uint8Array> {
  for (let part = 0; part < 3; part++) {
    tell(`part ${name}.${part}`);
    yield new Uint8Array(1000 * digit).fill(48 + digit);
  }
}

await Promise.all(
  [1, 2, 3].map(async (digit) => {
    for (let count = 0; count < 4; count++) {
      const name = `${digit}-${count}`;
      const { id } = await files.put({ name }, parts(digit, name));
      tell(`kept ${id} ${digit}`);
      if (count % 2 === 0) continue;
      await files.remove(id);
      tell(`removed ${id}`);
    }
  }),
);
await files.close();
writeSync(1, 'result {}\n');
