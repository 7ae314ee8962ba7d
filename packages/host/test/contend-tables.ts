/** Tries to open the tables in a directory, and tells how it went. */
import { diskTables } from '@flowdeck/host';

const [, , dir = ''] = process.argv;
try {
  await diskTables({ dir });
  process.stdout.write('owner\n');
} catch (error) {
  process.stdout.write(`${error instanceof Error && 'code' in error ? error.code : error}\n`);
}
