// Hostile flows that call, loop and wait.
import { call, callAsync, deck, each, numbers, pure, rows, wait } from './parts.mjs';

/** By name. */
export const CALLS = {
  fork: ({ number }) => ({
    source: deck([callAsync('h')], ['h', [...rows(number(0, 6), pure), ...rows(number(2, 4), () => callAsync('h'))]]),
  }),
  'async chain': ({ number }) => ({
    source: deck([callAsync('h')], ['h', [...rows(number(0, 40), pure), callAsync('h')]]),
  }),
  'fork that waits': ({ number }) => ({
    source: deck([callAsync('h'), wait(60)], ['h', [callAsync('h'), callAsync('h'), wait(number(0, 2))]]),
  }),
  recursion: ({ number }) => ({
    source: deck([call('h')], ['h', rows(number(1, 3), () => call('g'))], ['g', rows(number(2, 4), () => call('h'))]),
  }),
  'recursion that is caught': ({ number }) => ({
    source: deck(
      [call('h')],
      [
        'h',
        [
          {
            card: 'error.ifError',
            blocks: { try: { cards: rows(number(1, 3), () => call('h')) }, catch: { cards: [call('h')] } },
          },
        ],
      ],
    ),
  }),
  'recursion through a loop': ({ number }) => ({
    source: deck(
      [numbers('n', number(2, 2_000)), each('/n/v', 'h')],
      ['h', [numbers('n', number(2, 200)), each('/n/v', 'h', { concurrency: number(1, 50) })]],
    ),
  }),
  'nested loops': ({ number }) => ({
    source: deck(
      [{ card: 'control.repeat', in: { count: number(100, 10_000), flow: { flow: 'a' } } }],
      ['a', [{ card: 'control.repeat', in: { count: number(100, 10_000), flow: { flow: 'b' } } }]],
      ['b', rows(number(1, 30), pure)],
    ),
  }),
  'a long loop': ({ number, oneOf }) => ({
    source: deck(
      [numbers('n', number(100_000, 1_000_000)), { ...each('/n/v', 'h'), card: oneOf(['list.forEach', 'list.map']) }],
      ['h', rows(number(1, 5), pure)],
    ),
  }),
  'a loop that waits': ({ number }) => ({
    source: deck(
      [numbers('n', number(100, 50_000)), each('/n/v', 'h', { concurrency: number(1, 200) })],
      ['h', [wait(number(1, 3) - 1), ...rows(number(0, 5), pure)]],
    ),
  }),
  'a wait without end': ({ oneOf }) => ({
    source: deck([oneOf([wait(1e9), { card: 'control.pauseRaw' }, { card: 'control.pause' }])]),
  }),
  'errors without end': ({ number }) => ({
    source: deck(
      [numbers('n', number(1_000, 500_000)), { ...each('/n/v', 'h'), card: 'list.forEachIgnoreErrors' }],
      ['h', [{ card: 'flow.returnError', in: { message: 'no' } }]],
    ),
  }),
};
