/** One small export for every structure. Each call gives a fresh one, to be broken at will. */
import { block, card, end, flow, graph, pack, start } from './pack.js';

type Json = Record<string, unknown>;

const OBJECT = {
  id: { type: 'string', collection: false },
  profile: { type: { email: { type: 'string', collection: false } }, collection: false },
};

/** A helper: a struct taken apart by an expand, a template, a Return. The list of cards is not in order. */
export function helper(): Json {
  const cards = [
    end('R', [{ key: 'text' }]),
    card('C', 'string:compose', {
      title: 'Compose',
      in: [{ key: '_text_', data: 'Dear {{{k1}}}' }, { key: 'k1' }],
      out: [{ key: 'output' }],
    }),
    start('S', [
      { key: 'user', type: OBJECT },
      { group: 'context', key: 'index', type: 'number', data: null },
    ]),
    card('X', 'object:expand', {
      title: 'S',
      in: [{ key: 'object', type: OBJECT, metadata: { srcMethodId: 'S', srcOutputId: 'o_S_user' } }],
      out: [
        { group: 'gx', key: 'key', list: true, data: ['profile', 'email'] },
        { group: 'gx', key: 'value' },
      ],
      model: { displayed: false },
    }),
  ];
  const body = graph('f1', cards, ['S X C R'], ['S.user > X.object', 'X.gx/value > C.k1', 'C.output > R.text']);
  (body['orderings'] as Json)['self'] = ['X', 'X'];
  return pack([flow('f1', 'Greet User', body)]);
}

/** If/Else whose lanes make the value that the Join shows. */
export function lanes(): Json {
  const cards = [
    start('S', [{ key: 'amount', type: 'number' }]),
    card('I', 'control:if', {
      title: 'If/Else',
      in: [
        { key: 'left-operand', type: 'number' },
        { key: 'operator', data: '>' },
        { key: 'right-operand', type: 'number', data: 100 },
      ],
      out: [{ key: 'result', type: 'boolean' }],
      branches: { HT: true, HF: false },
    }),
    card('HT', 'control:noop', { model: { displayed: false } }),
    card('HF', 'control:noop', { model: { displayed: false } }),
    card('A', 'control:let', {
      title: 'Assign',
      in: [{ key: 'size', data: 'big' }],
      out: [{ key: 'size' }],
      model: { mirrored: true },
    }),
    card('J', 'control:join', {
      title: 'Outputs',
      in: [{ key: 'size', data: 'small' }],
      out: [{ key: 'label' }],
      joins: { i_J_size: [{ output: 'o_J_label', transform: null }] },
    }),
    end('R', [{ key: 'label' }]),
  ];
  const order = ['S I', 'HT A J R', 'HT J', 'HF J'];
  const wires = ['S.amount > I.left-operand', 'A.size > J.size', 'J.label > R.label'];
  return pack([flow('f2', 'Size', graph('f2', cards, order, wires))]);
}

/** If/ElseIf and If Error, one in the other, with a value that passes two walls. */
export function blocks(): Json {
  const inner = block(
    'b1',
    [start('BS', [{ group: 'context', key: 'K1', metadata: { wormholeMethodId: 'B' } }]), end('BR', [{ key: 'out' }])],
    ['BS BR'],
    ['BS.context/K1 > BR.out'],
  );
  const other = block('b2', [start('ES'), end('ER', [{ key: 'out', data: 'none' }])], ['ES ER']);
  const second = block('b3', [start('QS'), end('QR', [{ key: 'out', data: 'second' }])], ['QS QR']);
  const branch = card('B', 'control:branch', {
    title: 'If/ElseIf',
    in: [
      { group: 'if', key: 'left-operand', metadata: { index: 0 } },
      { group: 'if', key: 'operator', data: 'is not empty', metadata: { index: 1 } },
      { group: 'if', key: 'right-operand', metadata: { index: 2 } },
      { group: 'if', key: 'flo', type: 'flo', data: inner, metadata: { index: 3 } },
      { group: 'else', key: 'flo', type: 'flo', data: other, metadata: { index: 9 } },
      { group: 'Zq', key: 'left-operand', data: 'a', metadata: { index: 4 } },
      { group: 'Zq', key: 'operator', data: '==', metadata: { index: 5 } },
      { group: 'Zq', key: 'right-operand', data: 'b', metadata: { index: 6 } },
      { group: 'Zq', key: 'flo', type: 'flo', data: second, metadata: { index: 7 } },
      { group: 'context', key: 'K1', metadata: { wormholeMethodId: 'BS', forceHide: true, index: 20 } },
    ],
    out: [{ key: 'out', metadata: { custom: true } }],
    model: { async: true },
  });
  const tried = block(
    'b4',
    [
      start('TS', [{ group: 'context', key: 'K2', metadata: { wormholeMethodId: 'T' } }]),
      branch,
      end('TR', [{ key: 'result' }]),
    ],
    ['TS B TR'],
    ['TS.context/K2 > B.if/left-operand', 'TS.context/K2 > B.context/K1', 'B.out > TR.result'],
  );
  const ERROR = { message: { type: 'string', collection: false } };
  const caught = block(
    'b5',
    [
      start('CS', [{ group: 'context', key: 'error', type: ERROR, data: null }]),
      card('CX', 'object:expand', {
        in: [{ key: 'object', type: ERROR, metadata: { srcMethodId: 'CS', srcOutputId: 'o_CS_context_error' } }],
        out: [
          { group: 'g', key: 'key', list: true, data: ['message'] },
          { group: 'g', key: 'value' },
        ],
        model: { displayed: false },
      }),
      end('CR', [{ key: 'result' }]),
    ],
    ['CS CX CR'],
    ['CS.context/error > CX.object', 'CX.g/value > CR.result'],
  );
  const cards = [
    start('S', [{ key: 'name' }]),
    card('T', 'control:tryCatch', {
      title: 'If Error',
      in: [
        { key: 'flo', type: 'flo', data: tried },
        { group: 'context', key: 'K2', metadata: { wormholeMethodId: 'TS', forceHide: true } },
      ],
      out: [{ key: 'result', metadata: { custom: true } }],
      model: { policy: { error: { type: 'handler', merge: 'join', flo: caught } } },
    }),
    end('R', [{ key: 'result' }]),
  ];
  return pack([flow('f3', 'Guarded', graph('f3', cards, ['S T R'], ['S.name > T.context/K2', 'T.result > R.result']))]);
}

/** A schedule that maps a list through a helper, with a value per item and one for all; and a Call Flow with a policy. */
export function calls(): Json {
  const dest = (key: string) => ({ key, group: null });
  const helperCards = [start('HS', [{ key: 'mail' }, { key: 'topic' }]), end('HR', [{ key: 'line' }])];
  const onError = [
    start('OS', [
      { key: 'who' },
      { group: 'context', key: 'error', type: { message: { type: 'string', collection: false } }, data: null },
    ]),
    card('ON', 'control:comment', {
      title: 'Comment',
      model: { comments: { title: 'Note', markdown: 'Nothing yet.' } },
    }),
  ];
  const cards = [
    card('S', 'control:callable', {
      title: 'Scheduled Flow',
      in: [{ group: 'context', key: 'execution_time' }],
      out: [{ group: 'context', key: 'execution_time' }],
      model: { mirrored: true },
    }),
    card('L', 'list:construct', {
      title: 'Construct',
      in: [
        { key: 'rnd1', data: 'a' },
        { key: 'rnd2', data: 'b' },
      ],
      out: [{ key: 'list', list: true }],
    }),
    card('M', 'list:map', {
      title: 'Map',
      in: [
        { key: 'list', list: true },
        { key: 'flo', type: 'flo', data: 'h1' },
        { key: 'concurrency', type: 'number', data: 5 },
        { key: 'mail', proxy: { dynamic: true, path: 'e-mail', dest: dest('mail') }, metadata: { custom: true } },
        { key: 'topic', proxy: { dynamic: false, path: null, dest: dest('topic') }, metadata: { custom: true } },
      ],
      out: [{ key: 'new list', list: true }],
    }),
    card('K', 'control:spawn', {
      title: 'Call Flow',
      in: [
        { key: 'flo', type: 'flo', data: 'h1' },
        { key: 'mail', data: 'x', metadata: { custom: true, transient: true } },
        { key: 'who', error: true, data: 'ops' },
      ],
      out: [{ key: 'line', metadata: { custom: true } }],
      model: {
        policy: { error: { type: 'flo', flo: 'h2', retry: 3, delay: [1000, 2000], retryCondition: 'ratelimits' } },
      },
    }),
  ];
  const wires = ['L.list > M.list', 'S.context/execution_time > M.topic'];
  const cron = {
    seconds: '00',
    minutes: '*/15',
    hours: '*',
    dayOfTheMonth: '*',
    month: '*',
    dayOfTheWeek: '1',
    timeZone: 'Europe/Vienna',
    recurrence: 0,
    startDate: '',
    endDate: '',
  };
  return pack([
    flow('m1', 'Every Quarter', graph('m1', cards, ['S L M K'], wires), { cron, scheduled: true }),
    flow('h1', 'Line', graph('h1', helperCards, ['HS HR'], ['HS.mail > HR.line'])),
    flow('h2', 'On Error', graph('h2', onError, ['OS ON'])),
  ]);
}

/** An event flow in its wrapper, with a connector, a connection, and a table search by a computed value. */
export function event(): Json {
  const inner = block(
    'w1',
    [
      start(
        'ES',
        [
          { group: 'Output', key: 'User ID' },
          { group: 'context', key: 'execution_id' },
        ],
        'control:callable',
        'User Created',
      ),
      card('U', 'okta@1.2.3:readUser', {
        title: 'Read User',
        in: [{ group: 'User', key: 'ID' }],
        out: [
          { group: 'User', key: 'Email' },
          { group: 'User', key: 'Created', type: 'Date' },
        ],
        model: { config: 'c1' },
      }),
      card('Q', 'stash@1.0.0:searchRows2', {
        title: 'Search Rows',
        in: [
          { group: 'parameters', key: 'stash', data: 't1', metadata: { table: true } },
          { group: 'parameters', key: 'resultSet', data: 'one' },
          {
            group: 'Filter',
            key: 'Where Expression',
            type: 'object',
            data: { expr: [{ lhs: 'mail', op: '=', join: 'AND', rhd: { outputId: 'o_U_User_Email', methodId: 'U' } }] },
          },
          { group: '_expr', key: 'o_U_User_Email', metadata: { method: 'U', forceHide: true } },
        ],
        out: [
          { group: 'Row', key: 'Row ID' },
          { group: 'Fields', key: 'mail' },
        ],
      }),
      card('I', 'control:continueIf', {
        title: 'Continue If',
        in: [
          { key: 'left-operand' },
          { key: 'operator', data: 'is empty' },
          { key: 'right-operand' },
          { group: 'otherwise', key: 'message', data: 'known' },
        ],
        out: [{ key: 'message' }],
      }),
    ],
    ['ES U Q I'],
    ['ES.Output/User ID > U.User/ID', 'U.User/Email > Q._expr/o_U_User_Email', 'Q.Row/Row ID > I.left-operand'],
  );
  const item = { Output: { type: { 'User ID': { type: 'string', collection: false } }, collection: false } };
  const cards = [
    card('E', 'okta@1.2.3:userCreated', {
      title: 'User Created',
      in: [
        { key: 'type', data: 'invoke' },
        { key: 'data', type: 'object' },
      ],
      out: [{ key: 'collection', type: item, list: true }],
      model: { webhook: true, webhookList: true, config: 'c1' },
    }),
    card('A', 'list:asyncEach', {
      title: 'For Each - Ignore Errors',
      in: [
        { key: 'list', type: item, list: true },
        { key: 'flo', type: 'flo', data: inner },
        { key: 'concurrency', type: 'number', data: 1 },
      ],
    }),
  ];
  const body = graph('f5', cards, ['E A'], ['E.collection > A.list']);
  return pack([flow('f5', 'Welcome', body)], {
    configs: { c1: { id: 'c1', name: 'My Okta', module: 'okta', data: null } },
    tables: {
      t1: {
        id: 't1',
        name: 'Known Users',
        description: '',
        data: {
          class: 'simple',
          group_id: 'g1',
          structure: [
            { name: 'mail', type: 'str', default: null },
            { name: 'seen', type: 'dte', default: null },
          ],
        },
      },
    },
  });
}

/** A streaming card, an API endpoint, conversions on wires, and a flow that is called but not in the file. */
export function endpoint(): Json {
  const cards = [
    card('S', 'http:accept', {
      title: 'API Endpoint',
      in: [
        { group: 'raw', key: 'body' },
        { group: 'raw', key: 'query' },
        { group: 'body', key: 'count' },
      ],
      out: [
        { group: 'raw', key: 'body' },
        { group: 'raw', key: 'query' },
        { group: 'body', key: 'count' },
      ],
      model: { mirrored: true },
    }),
    card('G', 'object:pick', {
      title: 'Get Multiple',
      in: [{ key: 'object', type: 'object' }],
      out: [{ key: 'a.b', type: 'number', metadata: { custom: true } }],
    }),
    card('P', 'okta@1.0.0:searchUsers', {
      title: 'Search Users',
      in: [
        { group: 'parameters', key: 'resultSet', data: 'stream' },
        { group: 'Streaming', key: 'Flow', type: 'flo', data: 'r1' },
        { group: 'Streaming', key: 'Note', metadata: { custom: true } },
      ],
      out: [{ group: 'Result', key: 'Records Streamed', type: 'number' }],
    }),
    card('K', 'control:spawn', { title: 'Call Flow', in: [{ key: 'flo', type: 'flo', data: 'gone-0001' }] }),
    card('W', 'control:returnRaw', {
      title: 'Return Raw',
      in: [{ key: 'statusCode', type: 'number', data: 200 }, { key: 'headers', type: 'object' }, { key: 'body' }],
      out: [{ key: 'statusCode', type: 'number' }, { key: 'headers', type: 'object' }, { key: 'body' }],
      model: { mirrored: true },
    }),
  ];
  const record = [
    start('RS', [
      { key: 'Record', type: 'object' },
      { key: 'State', type: 'object' },
    ]),
  ];
  const wires = ['S.raw/body > G.object : parse', 'G.a.b > W.body : toString'];
  return pack([
    flow('e1', 'Endpoint', graph('e1', cards, ['S G P K W'], wires), { security_level: 'open' }),
    flow('r1', 'Per Record', graph('r1', record, [])),
  ]);
}

/** An event flow without a wrapper, and a built-in card that nobody knows, which calls a flow per item. */
export function unknown(): Json {
  const dest = { key: 'x', group: null };
  const cards = [
    card('E', 'tracker@1.0.0:issueUpdated', {
      title: 'Issue Updated',
      in: [{ key: 'type', data: 'invoke' }],
      out: [
        { group: 'Issue', key: 'ID' },
        { group: 'context', key: 'execution_id' },
      ],
      model: { webhook: true },
    }),
    card('N', 'list:somethingNew', {
      title: 'Something New',
      in: [
        { key: 'list', type: 'object', list: true, data: [{ a: 'one' }] },
        { key: 'flo', type: 'flo', data: 'h' },
        { key: 'x', proxy: { dynamic: true, path: 'a', dest }, metadata: { custom: true } },
      ],
      out: [{ key: 'result', type: 'object', list: true }],
    }),
    end('R', [{ key: 'id' }, { key: 'made', type: 'object', list: true }]),
  ];
  const wires = ['E.Issue/ID > R.id', 'N.result > R.made'];
  return pack([
    flow('j', 'On Issue', graph('j', cards, ['E N R'], wires)),
    flow('h', 'Per Item', graph('h', [start('S', [{ key: 'x' }])], [])),
  ]);
}

export const SAMPLES: Readonly<Record<string, () => Json>> = {
  helper,
  lanes,
  blocks,
  calls,
  event,
  endpoint,
  unknown,
};
