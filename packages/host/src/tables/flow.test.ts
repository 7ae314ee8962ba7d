/** A flow with tables and files on disk, in the life of one process after another. */
import { join } from 'node:path';
import { standard } from '@flowdeck/cards';
import { createEngine, FileRef, type ValueObject } from '@flowdeck/engine';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { withDirectory } from '../../test/support.js';
import { diskFiles } from '../files/open.js';
import { diskTables } from './open.js';

const DECK = {
  flowdeck: 1,
  flows: [
    {
      id: 'add',
      type: 'manual',
      inputs: [{ key: 'name', type: 'text' }],
      cards: [
        { card: 'tables.createRow', in: { table: 'people', 'fields/name': { from: '/inputs/name' } } },
        {
          card: 'tables.exportToCsv',
          in: { table: 'people', filename: 'people.csv', columns: { value: ['name', 'age'] } },
        },
      ],
    },
    {
      id: 'restore',
      type: 'manual',
      inputs: [{ key: 'file', type: 'file' }],
      cards: [
        { card: 'tables.clearTable', in: { table: 'people' } },
        { id: 'import', card: 'tables.importFromCsv', in: { table: 'people', file: { from: '/inputs/file' } } },
        { id: 'all', card: 'tables.searchRows', in: { table: 'people', result: 'all', 'sort by': 'name' } },
        { card: 'flow.return', in: { names: { expr: 'all.rows.name' }, imported: { from: '/import/imported' } } },
      ],
    },
  ],
  tables: [
    {
      id: 'people',
      columns: [
        { key: 'name', type: 'text' },
        { key: 'age', type: 'number', default: 7 },
      ],
    },
  ],
};

test('rows and files of one process are there for the next', async () => {
  await withDirectory(async (dir) => {
    const live = async (flow: string, inputs: Record<string, unknown>): Promise<ValueObject> => {
      const tables = await diskTables({ dir: join(dir, 'tables') });
      const files = await diskFiles({ dir: join(dir, 'files') });
      const engine = createEngine({ packs: [standard], ports: { tables, files } });
      const { error, outputs } = await engine.run(engine.load(DECK), { flow, inputs });
      await Promise.all([tables.close(), files.close()]);
      assert.is(error, null, error?.message);
      return outputs as ValueObject;
    };
    await live('add', { name: 'joe' });
    const { file } = await live('add', { name: 'Ada, "A"' });
    assert.instance(file, FileRef);
    const restored = await live('restore', { file });
    assert.is(restored['imported'], 2);
    assert.equal(restored['names'], ['joe', 'Ada, "A"'], 'descending unless told otherwise');
  });
});

test.run();
