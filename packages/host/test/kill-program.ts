/** A small interpreter on the journal that kills itself, without any warning, at a given point of the run. */
import { appendFileSync, writeSync } from 'node:fs';
import { RunError, type Value } from '@flowdeck/engine';
import type { EffectContext, RunRuntime } from '@flowdeck/engine/kit';
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

async function step(name: string, value: (context: EffectContext) => Value | Promise<Value>, atMostOnce = false) {
  const id = `${RUN}/${name}`;
  const effect = async (context: EffectContext) => {
    await new Promise((resolve) => setImmediate(resolve));
    appendFileSync(effects, `${context.key}\n`);
    tell(`did ${context.key}`);
    return value(context);
  };
  try {
    return await run.step(id, effect, { atMostOnce });
  } finally {
    tell(`known ${id}`);
  }
}

async function flow(): Promise<Value> {
  const first = await step('first', () => ({ at: new Date(5), text: 'é' }));
  const items = await run.forEach(
    `${RUN}/each`,
    6,
    async (index) => {
      const one = await step(`each.${index}/a`, () => index * 10);
      return step(`each.${index}/b`, () => [one, 'x'.repeat(100)]);
    },
    { concurrency: 3 },
  );
  await run.sleep(`${RUN}/wait`, 15);
  tell('waited');
  const failed = await step('fail', () =>
    Promise.reject(new RunError<'http-status'>('http-status', 'HTTP 503.', { statusCode: 503 })),
  ).catch((error: RunError) => [error.constructor.name, error.code, error.statusCode, error.message]);
  const paid = await step('pay', () => 'paid', true).catch((error: RunError) => error.code);
  await step('ring', () => Promise.resolve(journal.signal(RUN, 'bell', 'ding')).then(() => 'rung'));
  const heard = await run.signal(`${RUN}/hear`, 'bell');
  tell('heard');
  return { first, items, failed, heard, paid };
}

const outputs = await flow();
await journal.close(RUN, { status: 'success', outputs, error: null });
tell('ended');
await journal.shutdown();
writeSync(1, `result ${JSON.stringify(outputs)}\n`);
