/** What is promised of wires: they lead from what is read to what reads it, and pass no card, no words and no label on their way. */
import type { CardNode, DeckFlow } from '@flowdeck/engine/kit';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { graphOf } from './index.js';
import { type Box, layout, METRICS, type PlacedCard } from './layout.js';
import { type Point, pathThrough, Wiring } from './wires.js';

/** Cards with random titles and blocks; each reads what stands before it, as far as it can see. */
const rows = fc.letrec<{ row: readonly CardNode[]; card: CardNode }>((tie) => ({
  row: fc.array(tie('card'), { maxLength: 9 }),
  card: fc.record({
    card: fc.constant('lib.plain'),
    title: fc.constantFrom('a', 'a title that takes several lines of its card', 'loadEverythingThatThereIsOfIt'),
    blocks: fc.option(
      fc.record({ then: fc.record({ cards: tie('row') }), else: fc.record({ cards: tie('row') }) }),
      { nil: undefined, depthSize: 'small', maxDepth: 2, freq: 2 } as const, // `as const`: the option takes nil's type
    ),
  }) as fc.Arbitrary<CardNode>, // a record of what a card holds
}));

/** The same cards with ids, each reading two of those before it. */
function reading(row: readonly CardNode[], seen: readonly string[], prefix: string): CardNode[] {
  const visible = [...seen];
  return row.map((card, index) => {
    const id = `${prefix}${index}`;
    const reads = [visible.at(-1), visible[index]].filter((each) => each !== undefined);
    const blocks = Object.entries(card.blocks ?? {}).map(
      ([name, { cards }]) => [name, { cards: reading(cards, visible, `${id}_${name}_`) }] as const, // a pair
    );
    visible.push(id);
    return {
      ...card,
      id,
      in: Object.fromEntries(reads.map((from, at) => [`i${at}`, { from: `/${from}/out` }])),
      ...(blocks.length === 0 ? {} : { blocks: Object.fromEntries(blocks) }),
    };
  });
}

const flowOf = (cards: readonly CardNode[]) => graphOf({ id: 'main', type: 'manual', cards } as DeckFlow, () => ({})); // a manual flow

/** What a wire to `target` must not pass: of a card around the target its head and labels, of any other all. */
function obstacles(cards: readonly PlacedCard[], target: string): Box[] {
  return cards.flatMap((placed): Box[] => {
    const { x, y, width, height, blocks, card } = placed;
    if (!target.startsWith(`${card.key}.`)) return [{ x, y, width, height }];
    const head = { x, y, width, height: (blocks[0]?.y ?? y + height) - y };
    return [
      head,
      ...blocks.flatMap((block) => [
        { x: block.x, y: block.y, width: block.width, height: METRICS.blockHeader },
        ...obstacles(block.cards, target),
      ]),
    ];
  });
}

/** Whether a straight part of a wire runs through the inside of a box. */
function passes([from, to]: readonly [Point, Point], { x, y, width, height }: Box): boolean {
  const [left, right] = [Math.min(from.x, to.x), Math.max(from.x, to.x)];
  const [top, bottom] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
  return right > x && left < x + width && bottom > y && top < y + height;
}

function partsOf(points: readonly Point[]): (readonly [Point, Point])[] {
  return points.slice(1).map((to, index) => [points[index] ?? to, to] as const); // a pair
}

const onEdge = ({ x, y }: Point, box: Box) =>
  x >= box.x && x <= box.x + box.width && (y === box.y || y === box.y + box.height);

test('no wire passes a card, the words of one, or the label of a block', () => {
  let drawn = 0;
  fc.assert(
    fc.property(rows.row, (row) => {
      const graph = flowOf(reading(row, [], 'c'));
      const [placed] = layout([graph]);
      if (placed === undefined) return;
      const wiring = new Wiring(placed.cards);
      const boxes = new Map<string, PlacedCard>();
      const gather = (cards: readonly PlacedCard[]): void => {
        for (const card of cards) {
          boxes.set(card.card.key, card);
          for (const block of card.blocks) gather(block.cards);
        }
      };
      gather(placed.cards);
      for (const { from, to, kind } of graph.edges) {
        if (kind !== 'data') continue;
        const points = wiring.route(from, to);
        const [first, last, a, b] = [points[0], points.at(-1), boxes.get(from), boxes.get(to)];
        assert.ok(first && last && a && b && onEdge(first, a) && onEdge(last, b), `${from} to ${to}: ends`);
        for (const part of partsOf(points)) {
          assert.ok(part[0].x === part[1].x || part[0].y === part[1].y);
          for (const box of obstacles(placed.cards, to)) {
            assert.not(passes(part, box), `${from} to ${to}: ${JSON.stringify({ part, box })}`);
          }
        }
        drawn += 1;
      }
    }),
  );
  assert.ok(drawn > 500, `${drawn} wires`);
});

test('a straight line between the same cards would pass others', () => {
  const cards = reading(
    Array.from({ length: 12 }, () => ({ card: 'lib.plain' })),
    [],
    'c',
  );
  const [placed] = layout([flowOf(cards)]);
  const [from, to] = [placed?.cards[0], placed?.cards[10]];
  assert.ok(placed && from && to);
  const straight = [from, to].map(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }));
  assert.ok(partsOf(straight).some((part) => obstacles(placed.cards, 'main.10').some((box) => passes(part, box))));
});

test('wires of one card share their way, those of several keep apart', () => {
  const cards: CardNode[] = [
    { id: 'a', card: 'lib.plain' },
    { id: 'b', card: 'lib.plain' },
    { id: 'c', card: 'lib.plain' },
  ];
  const [placed] = layout([flowOf(cards)]);
  assert.ok(placed);
  const wiring = new Wiring(placed.cards);
  const height = (from: string, to: string) => wiring.route(from, to)[1]?.y;
  assert.is(height('main.0', 'main.1'), height('main.0', 'main.2'));
  assert.is.not(height('main.0', 'main.2'), height('main.1', 'main.2'));
  assert.equal(wiring.route('main.0', 'main.9'), []);
});

test('a path has round corners, and none where it runs straight', () => {
  const path = pathThrough([
    { x: 0, y: 0 },
    { x: 0, y: 10 },
    { x: 0, y: 20 },
    { x: 30, y: 20 },
  ]);
  assert.is(path, 'M0 0L0 16Q0 20 4 20L30 20');
  assert.is(pathThrough([]), '');
});

test.run();
