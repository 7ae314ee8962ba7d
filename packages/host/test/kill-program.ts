/** A small interpreter on the journal that kills itself, without any warning, at a given point of the run. */
import { appendFileSync, writeSync } from 'node:fs';
import type { JsonData, RunRuntime } from '@flowdeck/engine';
import { fileJournal } from '@flowdeck/host';

const [, , dir = '', effects = '', killAt = '0'] = process.argv;
const RUN = 'run';
const record = { runId: RUN, flow: 'demo', revision: 'r1', inputs: {}, options: {}, startedAt: 0 };

let told = 0;
/** Tells the parent, and dies if this is the point. */
function tell(line: string): void {
  writeSync(1, `${line}\n`);
  told += 1;
  if (told === Number(killAt)) process.kill(process.pid, 'SIGKILL');
}

const journal = await fileJournal({ dir, maxSegmentBytes: 600 });
const ended = await journal.result(RUN);
if (ended !== null) {
  writeSync(1, `result ${JSON.stringify(ended.outputs)}\n`);
  process.exit();
}
const run = (await journal.open(record, { signal: new AbortController().signal })) as RunRuntime;
tell('began');

async function step(name: string, value: () => JsonData | Promise<JsonData>): Promise<JsonData> {
  const id = `${RUN}/${name}`;
  const effect = async () => {
    await new Promise((resolve) => setImmediate(resolve));
    appendFileSync(effects, `${id}\n`);
    tell(`did ${id}`);
    return value();
  };
  const given = await run.step(id, effect);
  tell(`known ${id}`);
  return given;
}

async function item(index: number): Promise<JsonData> {
  const one = await step(`each.${index}/a`, () => index * 10);
  return step(`each.${index}/b`, () => [one, 'x'.repeat(100)]);
}

async function flow(): Promise<JsonData> {
  const first = await step('first', () => ({ at: 5, text: 'é' }));
  const items: JsonData[] = [];
  let next = 0;
  const line = async () => {
    for (let index = next++; index < 6; index = next++) items[index] = await item(index);
  };
  await Promise.all([line(), line(), line()]);
  await run.sleep(`${RUN}/wait`, 15);
  tell('waited');
  await step('ring', async () => {
    await journal.signal(RUN, 'bell', 'ding');
    return 'rung';
  });
  const heard = (await run.signal(`${RUN}/hear`, 'bell')) ?? null;
  tell('heard');
  return { first, items, heard };
}

const outputs = await flow();
await journal.close(RUN, { status: 'success', outputs, error: null });
tell('ended');
await journal.shutdown();
writeSync(1, `result ${JSON.stringify(outputs)}\n`);
