/** What is promised of names under `/connection` in the flows of a connector. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeckIn } from '../../test/support.js';

async function warnings(type: string, name: string): Promise<string[]> {
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
        cards: [{ id: 'a', card: 'text.compose', in: { template: '{{x}}', x: { from: `/connection/${name}` } } }],
      },
    ],
  };
  const ran = await flowdeckIn({ 'a.flow.json': deck }, ['validate', 'a.flow.json', '--json']);
  assert.is(ran.code, 0, ran.stdout);
  const found: { code: string; pointer: string; hint: string; line: number }[] = JSON.parse(ran.stdout).diagnostics;
  return found.map(({ code, pointer, hint }) => `${code} ${pointer} ${hint}`);
}

test('what the manifest declares, and what its kind of authentication brings', async () => {
  for (const name of ['api_key', 'region']) assert.equal(await warnings('custom', name), []);
  assert.equal(await warnings('basic', 'username'), []);
  assert.equal(await warnings('oauth2', 'access_token'), []);
});

test('what nothing declares is told, with what was meant', async () => {
  const [found] = await warnings('custom', 'regoin');
  assert.is(found, 'connection-name-unknown /flows/0/cards/0/in/x Did you mean "region"?');
  assert.is((await warnings('custom', 'username')).length, 1);
});

test.run();
