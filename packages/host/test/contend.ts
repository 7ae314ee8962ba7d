/** Tries to open the journal in a directory, tells how it went, and keeps it until its input ends. */
import { fileJournal } from '@flowdeck/host';

const [, , dir = ''] = process.argv;
process.stdin.resume();
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));
try {
  await fileJournal({ dir });
  process.stdout.write('owner\n');
} catch (error) {
  process.stdout.write(`${error instanceof Error && 'code' in error ? error.code : error}\n`);
}
