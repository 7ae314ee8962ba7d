/** A pack of somebody's first day: each card has one fault, and one is sound. */
import { existsSync, writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { defineCard, definePack, RunError } from '@flowdeck/engine';

const base = {
  title: 'Bad',
  description: 'A card with a fault.',
  kind: 'pure',
  inputs: [{ key: 'text', type: 'text', label: 'text' }],
  outputs: [{ key: 'n', type: 'number', label: 'n' }],
  examples: [{ in: { text: 'a' }, out: { n: 1 } }],
} as const;
const effect = { ...base, kind: 'effect' } as const;
const withSecret = {
  ...base,
  inputs: [{ key: 'key', type: 'text', label: 'key', secret: true, required: true }],
  examples: [{ in: { key: 'k' }, out: { n: 1 } }],
} as const;

const now = Date.now;
let calls = 0;
const numbers = new Map<string, number>();

export default definePack({
  name: 'flowdeck-newcomer',
  namespace: 'newcomer',
  version: '1.0.0',
  cards: [
    defineCard({ ...base, id: 'newcomer.sound', run: () => ({ n: 1 }) }),
    defineCard({ ...base, id: 'newcomer.falseExample', run: () => ({ n: 2 }) }),
    defineCard({
      ...base,
      id: 'newcomer.blankField',
      outputs: [{ key: 'n', type: 'number', description: ' ' }],
      run: () => ({ n: 1 }),
    }),
    defineCard({ ...base, id: 'newcomer.moreOutputs', run: () => ({ n: 1, more: 2 }) }),
    defineCard({ ...base, id: 'newcomer.otherType', run: () => ({ n: Object('1') }) }),
    defineCard({
      ...effect,
      id: 'newcomer.fetches',
      run: async () => ({ n: (await fetch('https://example.com/').catch(() => ({ status: 1 }))).status }),
    }),
    defineCard({
      ...effect,
      id: 'newcomer.asksElsewhere',
      run: async (_text, ctx) => {
        const { signal } = ctx;
        await ctx.http.request({ method: 'GET', url: 'https://count.example.net/', headers: {}, signal });
        return { n: 1 };
      },
    }),
    defineCard({
      ...withSecret,
      id: 'newcomer.logsSecret',
      run: (key) => {
        console.log(`Calling with ${key}`);
        return { n: 1 };
      },
    }),
    defineCard({
      ...withSecret,
      id: 'newcomer.writesSecret',
      run: (key) => {
        writeSync(2, `Calling with ${key}\n`);
        return { n: 1 };
      },
    }),
    defineCard({ ...base, id: 'newcomer.readsClock', run: () => ({ n: Date.now() > Date.UTC(2030, 0, 1) ? 2 : 1 }) }),
    defineCard({ ...base, id: 'newcomer.keepsState', run: () => ({ n: ++calls }) }),
    defineCard({
      ...base,
      id: 'newcomer.crashes',
      run: (text) => ({ n: (text as string).length }), // wrong: the input is not required
    }),
    defineCard({
      ...base,
      id: 'newcomer.throwsText',
      run: () => {
        throw 'no';
      },
    }),
    defineCard({ ...base, id: 'newcomer.aborts', run: () => process.abort() }),
    defineCard({
      ...base,
      id: 'newcomer.leaves',
      run: () => {
        process.exitCode = 0;
        process.kill(process.pid, 'SIGKILL');
        return { n: 1 };
      },
    }),
    defineCard({ ...base, id: 'newcomer.dotsForWords', description: '...', run: () => ({ n: 1 }) }),
    defineCard({ ...base, id: 'newcomer.keptClock', run: () => ({ n: new Date(now()).getFullYear() > 2030 ? 2 : 1 }) }),
    defineCard({ ...base, id: 'newcomer.drawsRarely', run: () => ({ n: Math.random() < 1e-9 ? 2 : 1 }) }),
    defineCard({
      ...base,
      id: 'newcomer.takesZone',
      run: () => ({ n: new Date(2024, 0).getTime() === 1704067200000 ? 1 : 2 }),
    }),
    defineCard({ ...base, id: 'newcomer.takesLanguage', run: () => ({ n: 'ä'.localeCompare('z') < 0 ? 1 : 2 }) }),
    defineCard({ ...base, id: 'newcomer.readsEnvironment', run: () => ({ n: process.env['HOME'] === '?' ? 2 : 1 }) }),
    defineCard({ ...base, id: 'newcomer.looksForFile', run: () => ({ n: existsSync('/etc/acme.json') ? 2 : 1 }) }),
    defineCard({
      ...base,
      id: 'newcomer.changesLists',
      run: () => {
        const { map } = Array.prototype;
        Array.prototype.map = function (...args) {
          return Reflect.apply(map, this, args);
        };
        return { n: 1 };
      },
    }),
    defineCard({
      ...base,
      id: 'newcomer.altersQuietly',
      inputs: [{ key: 'items', type: 'number', list: true, label: 'items' }],
      examples: [{ in: { items: [2, 1] }, out: { n: 1 } }],
      run: (items) => {
        const own = items as number[] | null; // wrong: whose list it is
        try {
          own?.sort();
        } catch {}
        return { n: 1 };
      },
    }),
    defineCard({
      ...base,
      id: 'newcomer.numbersTexts',
      examples: [
        { in: { text: 'a' }, out: { n: 1 } },
        { in: { text: 'b' }, out: { n: 2 } },
      ],
      run: (text) => {
        if (text !== null && !numbers.has(text)) numbers.set(text, numbers.size + 1);
        return { n: numbers.get(text ?? '') ?? 0 };
      },
    }),
    defineCard({
      ...base,
      id: 'newcomer.preparesElse',
      run: (text) => ({ n: text === null ? 0 : 1 }),
      prepare: (text) => (text === undefined ? null : () => ({ n: 2 })),
    }),
    defineCard({
      ...base,
      id: 'newcomer.addsGlobal',
      run: () => {
        Object.assign(globalThis, { newcomer: 1 });
        return { n: 1 };
      },
    }),
    defineCard({
      ...base,
      id: 'newcomer.givesMap',
      outputs: [{ key: 'n', type: 'any', label: 'n' }],
      examples: [{ in: { text: 'a' } }],
      run: () => ({ n: new Map() as unknown as null }), // wrong: no value of a flow
    }),
    defineCard({
      ...base,
      id: 'newcomer.givesNaN',
      examples: [{ in: { text: 'a' } }],
      run: () => ({ n: Number.NaN }),
    }),
    defineCard({
      ...effect,
      id: 'newcomer.startsWorker',
      run: async () => {
        await new Worker('1', { eval: true }).terminate();
        return { n: 1 };
      },
    }),
    defineCard({
      ...effect,
      id: 'newcomer.leavesTimer',
      run: async () => {
        setTimeout(() => {}, 86_400_000);
        return { n: 1 };
      },
    }),
    defineCard({
      ...effect,
      ...{ id: 'newcomer.showsPart', inputs: withSecret.inputs, examples: [{ in: { key: 'k' } }] },
      errors: { refused: 'The service refused.' },
      run: async (key) => {
        throw new RunError<'refused'>('refused', `Refused ${String(key).slice(0, 12)}...`);
      },
    }),
    defineCard({
      ...effect,
      id: 'newcomer.rejectsLater',
      run: async () => {
        void Promise.reject(new Error('Nobody waits for this.'));
        return { n: 1 };
      },
    }),
    defineCard({
      ...effect,
      id: 'newcomer.throwsLater',
      run: async () => {
        setTimeout(() => {
          throw new Error('Nobody catches this.');
        }, 0);
        return { n: 1 };
      },
    }),
  ],
});
