/** What is promised of --pack: found as a program here would find it, or refused with a code. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { Directory, flowdeck, flowdeckIn, flowOf, GREET } from '../../test/support.js';

function pack(namespace: string, more = ''): string {
  return `{
    name: '${namespace}-pack', namespace: '${namespace}', version: '1.0.0',
    cards: [{
      id: '${namespace}.shout', title: 'Shout', description: 'Text in capitals. Loud.', kind: 'pure',
      inputs: [{ key: 'text', type: 'text', required: true }], outputs: [{ key: 'output', type: 'text' }],
      run: (text) => ({ output: text.toUpperCase() }), ${more}
    }],
  }`;
}

const FLOW = flowOf([{ card: 'acme.shout', in: { text: 'hi' } }]);

const FOUND: Readonly<Record<string, readonly [files: Readonly<Record<string, string>>, name: string]>> = {
  'a path, default export': [{ 'p.mjs': `export default ${pack('acme')}` }, './p.mjs'],
  'a path, named exports': [
    { 'p.mjs': `export const a = ${pack('acme')}; export const b = ${pack('other')}; export const c = 1` },
    './p.mjs',
  ],
  'a package that can only be imported': [
    {
      'node_modules/acme-pack/package.json':
        '{"name":"acme-pack","type":"module","exports":{".":{"import":{"types":"./x.d.ts","default":"./main.js"}}}}',
      'node_modules/acme-pack/main.js': `export default ${pack('acme')}`,
    },
    'acme-pack',
  ],
  'a package with a scope and a main file': [
    {
      'node_modules/@acme/pack/package.json': '{"name":"@acme/pack","main":"./main.cjs"}',
      'node_modules/@acme/pack/main.cjs': `module.exports = ${pack('acme')}`,
    },
    '@acme/pack',
  ],
};

for (const [what, [files, name]] of Object.entries(FOUND)) {
  test(`${what} is loaded`, async () => {
    const ran = await flowdeckIn({ ...files, 'a.flow.json': FLOW }, ['run', 'a.flow.json', '--pack', name]);
    assert.is(ran.code, 0, ran.stderr);
    assert.equal(JSON.parse(ran.stdout), { output: 'HI' });
  });
}

const REFUSED: Readonly<
  Record<string, readonly [files: Readonly<Record<string, string>>, name: string, code: string]>
> = {
  'a package that is not installed': [{}, 'acme-pack', 'pack-not-found'],
  'a path that leads nowhere': [{}, './gone.mjs', 'pack-not-found'],
  'a module without a pack': [{ 'p.mjs': 'export const a = 1' }, './p.mjs', 'pack-invalid'],
  'a module that does not parse': [{ 'p.mjs': 'export const' }, './p.mjs', 'pack-invalid'],
  'a module that throws': [{ 'p.mjs': 'throw new Error("no licence")' }, './p.mjs', 'pack-invalid'],
  'a card outside its namespace': [
    { 'p.mjs': `export default { ...${pack('acme')}, namespace: 'other' }` },
    './p.mjs',
    'pack-invalid',
  ],
  'a namespace that is none': [
    { 'p.mjs': `export default { ...${pack('acme')}, namespace: 'A!' }` },
    './p.mjs',
    'pack-invalid',
  ],
  'a connector that is none': [
    { 'p.mjs': `export default { ...${pack('acme')}, connectors: [{ flowdeck: 1 }] }` },
    './p.mjs',
    'pack-invalid',
  ],
  'cards that are known already': [
    { 'p.mjs': `export const a = ${pack('acme')}; export const b = ${pack('acme')}` },
    './p.mjs',
    'duplicate-card',
  ],
  'an address that two cards claim': [
    {
      'p.mjs': ['a', 'b']
        .map((name) => `export const ${name} = ${pack(name, `addresses: [{ address: 'root:kernel:x:0.0.1:y' }],`)};`)
        .join(' '),
    },
    './p.mjs',
    'duplicate-address',
  ],
};

for (const [what, [files, name, code]] of Object.entries(REFUSED)) {
  test(`${what} is refused: ${code}`, async () => {
    const ran = await flowdeckIn({ ...files, 'a.flow.json': FLOW }, ['run', 'a.flow.json', '--pack', name]);
    assert.is(ran.code, 2, ran.stderr);
    assert.ok(ran.stderr.includes(`[${code}]`), ran.stderr);
    assert.not.match(ran.stderr, /\n\s+at /);
  });
}

test('all faults of a connector are told, by every command that loads its pack', async () => {
  const connector = {
    flowdeck: 1,
    connector: { key: 'bad', name: 'Bad', version: '1.0.0', auth: { type: 'basic' }, flows: { authping: 'act' } },
    flows: [{ id: 'act', type: 'action', cards: [{ card: 'text.composee' }] }],
  };
  const module = `export default { name: 'p', namespace: 'bad', version: '1.0.0', connectors: [${JSON.stringify(connector)}] }`;
  const files = { 'p.mjs': module, 'a.flow.json': GREET, 'c.json': { connector: 'bad', auth: {} } };
  for (const argv of [
    ['validate', 'a.flow.json'],
    ['run', 'a.flow.json'],
    ['cards'],
    ['connection', 'test', 'c.json'],
  ]) {
    const { code, stderr } = await flowdeckIn(files, [...argv, '--pack', './p.mjs']);
    assert.is(code, 2);
    assert.match(stderr, /^error: The connector "bad" is faulty: /);
    assert.match(stderr, /There is no card "text\.composee"\. At \/flows\/0\/cards\/0\/card\./);
    assert.match(stderr, /"authping" asks for one of type "authping"\. At \/connector\/flows\/authping\./);
    assert.match(stderr, /\[pack-invalid\]/);
  }
});

test('cards: lists, searches, explains one card in full, suggests', async () => {
  const directory = new Directory({ 'p.mjs': `export default ${pack('acme')}` });
  const cards = (...argv: string[]) => flowdeck(['cards', ...argv, '--pack', './p.mjs'], { cwd: directory.path });
  const all = await cards();
  const found = await cards('CAPITALS');
  const one = await cards('acme.shout');
  const json = await cards('acme.shout', '--json');
  const none = await cards('acme.shot');
  const traits = [await cards('flow.returnErrorIf'), await cards('flow.returnErrorIf', '--json')];
  directory.remove();
  assert.match(all.stdout, /^text\.compose {2,}/m);
  assert.match(all.stdout, /^twilio\.sendMessage {2,}/m);
  assert.match(found.stdout, /^acme\.shout {2,}Text in capitals\.$/m);
  assert.not.match(found.stdout, /^text\.compose/m);
  assert.match(
    one.stdout,
    /^acme\.shout {2}Shout {2}pure, acme-pack 1\.0\.0\n\nText in capitals\. Loud\.\n\nInputs\n {2}text {2}text, required\n/,
  );
  const [card] = JSON.parse(json.stdout).cards;
  assert.equal([card.id, card.inputs[0].key, card.outputs[0].key], ['acme.shout', 'text', 'output']);
  assert.match(traits[0]?.stdout ?? '', /^Traits\n {2}leaves: sometimes\n {2}compares: left, operator, right\n$/m);
  assert.equal(JSON.parse(traits[1]?.stdout ?? '').cards[0].traits, {
    leaves: 'sometimes',
    compares: { left: 'left', operator: 'operator', right: 'right' },
  });
  assert.is(none.code, 2);
  assert.ok(none.stderr.includes('Did you mean "acme.shout"?'), none.stderr);
});

test.run();
