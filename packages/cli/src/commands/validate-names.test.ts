/** What `flowdeck validate` promises of names that a flow reads: of its connection, and in expressions of any kind. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeckIn } from '../../test/support.js';

interface Found {
  readonly severity: string;
  readonly code: string;
  readonly pointer: string;
  readonly message: string;
  readonly hint: string;
  readonly line: number;
}

/** What is found in the action of a connector that binds an input so. */
async function found(binding: unknown, type = 'custom'): Promise<readonly Found[]> {
  const deck = {
    flowdeck: 1,
    connector: {
      key: 'acme',
      name: 'Acme',
      version: '1.0.0',
      auth: { type, fields: [{ key: 'api_key', type: 'text' }] },
      parameters: [{ key: 'region', type: 'text' }],
      flows: { actions: ['send'] },
    },
    flows: [
      {
        id: 'send',
        type: 'action',
        inputs: [{ key: 'items', type: 'object', list: true }],
        cards: [{ id: 'a', card: 'text.compose', in: { template: '{{x}}', x: binding } }],
      },
    ],
  };
  const ran = await flowdeckIn({ 'a.flow.json': deck }, ['validate', 'a.flow.json', '--json']);
  assert.is(ran.code, 0, ran.stdout);
  return JSON.parse(ran.stdout).diagnostics;
}

const summary = ({ severity, code, pointer, hint }: Found) => `${severity} ${code} ${pointer} ${hint}`;

test('what the manifest declares, and what its kind of authentication brings', async () => {
  for (const name of ['api_key', 'region']) assert.equal(await found({ from: `/connection/${name}` }), []);
  assert.equal(await found({ from: '/connection/username' }, 'basic'), []);
  assert.equal(await found({ from: '/connection/access_token' }, 'oauth2'), []);
  assert.equal(await found({ expr: 'connection.region & $uppercase(connection.api_key)' }), []);
  assert.equal(await found({ expr: '$keys(connection)' }), []);
});

test('what nothing declares is told, with what was meant', async () => {
  const [misspelt] = await found({ from: '/connection/regoin' });
  assert.ok(misspelt);
  assert.is(summary(misspelt), 'warning connection-name-unknown /flows/0/cards/0/in/x/from Did you mean "region"?');
  assert.ok(misspelt.line > 1);
  const [other] = await found({ from: '/connection/username' });
  assert.match(other?.hint ?? '', /"api_key", "region"/);
});

test('so it is in expressions, whoever evaluates them', async () => {
  const hint = '/flows/0/cards/0/in/x/expr Did you mean "region"?';
  for (const expr of [
    'connection.regoin',
    '"x" & connection.regoin.a',
    '$uppercase(connection.regoin)',
    '$base64encode($$.connection.regoin & ":")',
    '$map(inputs.items, function($i) { connection.regoin })',
  ]) {
    const all = await found({ expr });
    assert.equal(all.map(summary), [`warning connection-name-unknown ${hint}`], expr);
  }
});

test('other names that an expression reads for nothing are warnings where JSONata itself evaluates it', async () => {
  for (const [expr, message] of [
    ['$uppercase(inputs.itms)', 'The flow has no input "itms".'],
    ['$uppercase(nobody.output)', 'There is no card "nobody".'],
    ['$uppercase(error.message)', '"error" is only known in the catch block of an If Error.'],
    ['$uppercase(context.calller)', 'The context has no "calller".'],
  ] as const) {
    const all = await found({ expr });
    assert.equal(
      all.map((each) => `${each.severity} ${each.code} ${each.message}`),
      [`warning unresolved-reference ${message}`],
      expr,
    );
  }
});

test('names of items are not held against the flow', async () => {
  for (const expr of ['inputs.items[price > 1].name', '$sum(inputs.items.price)', 'inputs.items^(rank)']) {
    assert.equal(await found({ expr }), [], expr);
  }
});

test.run();
