/** W7: the whole process of `flowdeck run` on a flow of three cards, next to a process that does nothing. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bench } from './harness.js';
import { inFolder, raceProcess } from './processes.js';

const flow = {
  flowdeck: 1,
  id: 'three',
  type: 'manual',
  cards: [
    { id: 'greeting', card: 'text.concatenate', in: { 'text 1': 'Hello', 'text 2': ', world' } },
    {
      id: 'same',
      card: 'boolean.compare',
      in: { left: { from: '/greeting/output' }, operator: 'in', right: 'Hello, world' },
    },
    { card: 'flow.return', in: { greeting: { from: '/greeting/output' }, same: { from: '/same/result' } } },
  ],
};

await bench('W7', (workload) =>
  inFolder(workload, function* (folder) {
    const file = join(folder, 'three.flow.json');
    writeFileSync(file, JSON.stringify(flow));
    const args = ['run', file];
    yield raceProcess(workload, {
      what: 'flowdeck run, three cards',
      args,
      expected: 'Hello, world',
      rounds: 25,
      target: 1.3,
    });
  }),
);
