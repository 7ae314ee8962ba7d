/** What is promised of pictures: every card is there, nested as in the flow, and no text can break out of them. */
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { flowdeckIn, flowOf, GREET } from '../../test/support.js';

const NESTED = flowOf([
  { id: 'first', card: 'text.compose', title: 'Say "hi" <b>#1; & more</b>', in: { template: 'x' } },
  {
    id: 'choice',
    card: 'control.ifElse',
    in: { left: { from: '/first/output' }, operator: '==', right: 'x' },
    blocks: {
      then: {
        cards: [
          { id: 'inner', card: 'flow.call', in: { flow: { flow: 'helper' }, a: { expr: 'first.output & "choice"' } } },
        ],
      },
      else: { cards: [] },
    },
  },
  { card: 'flow.return', in: { a: 1 } },
]);

async function graph(flow: unknown, argv: readonly string[]): Promise<string> {
  const ran = await flowdeckIn({ 'a.flow.json': flow }, ['graph', 'a.flow.json', ...argv]);
  assert.is(ran.code, 0, ran.stderr);
  return ran.stdout;
}

test('json: nodes with their places, edges in order and by data', async () => {
  const { flows } = JSON.parse(await graph(NESTED, ['--format', 'json']));
  const [{ nodes, edges }] = flows;
  assert.equal(
    nodes.map(({ id, pointer, parent, calls }: Record<string, unknown>) => [id, pointer, parent, calls]),
    [
      ['first', '/cards/0', null, []],
      ['choice', '/cards/1', null, []],
      ['inner', '/cards/1/blocks/then/cards/0', { node: 'main.1', block: 'then' }, ['helper']],
      [null, '/cards/2', null, []],
    ],
  );
  assert.equal(edges, [
    { from: 'main.0', to: 'main.1', kind: 'next', label: null },
    { from: 'main.0', to: 'main.1', kind: 'data', label: 'output' },
    { from: 'main.0', to: 'main.1.0.0', kind: 'data', label: null },
    { from: 'main.1', to: 'main.2', kind: 'next', label: null },
  ]);
});

test('mermaid: a subgraph for every block, wires when they are asked for, titles escaped', async () => {
  const text = await graph(NESTED, []);
  assert.ok(text.startsWith('flowchart LR\n'));
  assert.match(text, /subgraph n\d+\["then"\]/);
  assert.match(text, /n\d+\(\["empty"\]\)/);
  assert.ok(text.includes('["Say #34;hi#34; #60;b#62;#35;1#59; #38; more#60;/b#62;<br/>text.compose"]'), text);
  assert.is(text.includes('-.->'), false);
  assert.ok((await graph(NESTED, ['--wires'])).includes('-.->|"output"|'));
  const opened = text.match(/subgraph /g)?.length;
  assert.is(text.match(/^\s+end$/gm)?.length, opened);
});

test('svg: well-formed, with every card, and arrows from left to right', async () => {
  const text = await graph(NESTED, ['--format', 'svg', '--wires']);
  assert.ok(text.startsWith('<svg xmlns="http://www.w3.org/2000/svg"'));
  assert.is(text.match(/<rect class="card"/g)?.length, 4);
  assert.is(text.match(/<rect class="block"/g)?.length, 2);
  assert.is(text.match(/class="wire"/g)?.length, 2);
  assert.ok(text.includes('Say &quot;hi&quot; &lt;b&gt;#1;'));
  assert.not.ok(text.includes('<b>'));
  for (const [, from, to] of text.matchAll(/class="next" d="M(\d+) \d+H(\d+)"/g)) assert.ok(Number(from) < Number(to));
});

test('boxes lie inside what they belong to', async () => {
  const text = await graph(NESTED, ['--format', 'svg']);
  const boxes = [...text.matchAll(/<rect class="(\w+)" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/g)].map(
    ([, kind, ...numbers]) => {
      const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number);
      return { kind, x, y, right: x + width, bottom: y + height };
    },
  );
  for (const [index, box] of boxes.entries()) {
    for (const other of boxes.slice(index + 1)) {
      const inside = other.x >= box.x && other.right <= box.right && other.y >= box.y && other.bottom <= box.bottom;
      const apart = other.x >= box.right || other.y >= box.bottom || other.right <= box.x || other.bottom <= box.y;
      assert.ok(inside || apart, JSON.stringify([box, other]));
    }
  }
});

test('what a card or a branch compares stands with it', async () => {
  const branches = {
    if: { in: { left: { from: '/inputs/age' }, operator: '>=', right: 18 }, cards: [] },
    else: { cards: [] },
  };
  const cards = [{ card: 'control.ifElseIf', blocks: branches }];
  for (const format of ['svg', 'mermaid']) {
    const text = (await graph(flowOf(cards), ['--format', format])).replaceAll('&gt;', '>').replaceAll('#62;', '>');
    assert.ok(text.includes('if: inputs.age >= 18'), text);
  }
  assert.ok((await graph(NESTED, ['--format', 'svg'])).includes('>first.output == &quot;x&quot;</text>'));
});

test('the picture in the documentation is what the command draws', async () => {
  const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
  const drawn = await graph(JSON.parse(read('examples/notify.flow.json')), ['--format', 'svg']);
  assert.ok(drawn === read('docs/gallery/notify.svg'), 'stale: flowdeck graph examples/notify.flow.json --format svg');
});

test('a long flow is drawn in lines, which fit a screen', async () => {
  const cards = Array.from({ length: 69 }, (_, index) => ({ id: `c${index}`, card: 'text.trim', in: { text: 'a' } }));
  const text = await graph(flowOf(cards), ['--format', 'svg']);
  const [, width = 0, height = 0] = (/width="(\d+)" height="(\d+)"/.exec(text) ?? []).map(Number);
  assert.ok(width < 1_800 && height < 1_000, `${width} x ${height}`);
  assert.is(text.match(/<rect class="card"/g)?.length, 69);
  assert.is(text.match(/class="next"/g)?.length, 68);
});

test('without --flow all flows are drawn, with it one; unknown cards are no obstacle', async () => {
  const deck = {
    flowdeck: 1,
    flows: [
      { ...GREET, flowdeck: undefined },
      { id: 'b', type: 'helper', cards: [{ card: 'no.card' }] },
    ],
  };
  assert.is(JSON.parse(await graph(deck, ['--format', 'json'])).flows.length, 2);
  const one = JSON.parse(await graph(deck, ['--format', 'json', '--flow', 'b']));
  assert.equal(
    one.flows.map((flow: { id: string }) => flow.id),
    ['b'],
  );
  const faulty = await flowdeckIn({ 'a.flow.json': '[]' }, ['graph', 'a.flow.json']);
  assert.equal([faulty.code, faulty.stdout], [3, '']);
});

test('a picture that Mermaid would not draw is written all the same, with what to do instead', async () => {
  const row = flowOf(Array.from({ length: 502 }, () => ({ card: 'text.trim', in: { text: 'x' } })));
  const told = async (format: string) => {
    const argv = ['graph', 'a.flow.json', '--format', format];
    const { code, stdout, stderr } = await flowdeckIn({ 'a.flow.json': row }, argv);
    assert.is(code, 0);
    assert.ok(stdout.length > 10_000);
    return stderr;
  };
  const note = 'note: Mermaid draws at most 500 arrows, and the picture has 501.';
  assert.is(await told('mermaid'), `${note} Draw one flow with --flow, or all with --format svg.\n`);
  assert.is(await told('svg'), '');
});

test.run();
