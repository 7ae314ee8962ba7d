/** Exports that nobody wrote: flows of random cards, lanes and blocks, with wires between what fits. */
import fc from 'fast-check';
import { block, card, end, flow, graph, pack, start } from './pack.js';

type Json = Record<string, unknown>;

/** One thing that an author put into a flow. Which of its parts count depends on its kind. */
interface Piece {
  readonly kind:
    | 'assign'
    | 'compose'
    | 'service'
    | 'map'
    | 'call'
    | 'comment'
    | 'unknown'
    | 'fork'
    | 'branch'
    | 'guard';
  readonly title: string;
  /** A literal, where nothing is wired. */
  readonly text: string;
  /** Chooses what is wired, and what stands in the card besides. */
  readonly choice: number;
  readonly lanes: readonly [readonly Piece[], readonly Piece[]];
}

const title = fc.oneof(
  fc.constantFrom('Assign', 'a b', 'Tom & "Jerry"', '日本', 'é', ' blank ', 'x/y~z', '1st', 'return'),
  fc.string({ minLength: 1, maxLength: 12 }),
);
const text = fc.oneof(fc.constantFrom('', 'plain', '{{{not}}}', '0', 'null', 'a\r\nb', '\u2028', '/'), fc.string());

const { body } = fc.letrec<{ body: readonly Piece[]; piece: Piece }>((tie) => ({
  body: fc.array(tie('piece'), { maxLength: 5 }),
  piece: fc.record({
    kind: fc.constantFrom<Piece['kind']>(
      ...(['assign', 'compose', 'service', 'map', 'call', 'comment', 'unknown', 'fork', 'branch', 'guard'] as const),
    ),
    title,
    text,
    choice: fc.nat({ max: 1000 }),
    lanes: fc.oneof({ maxDepth: 3 }, fc.constant<Piece['lanes']>([[], []]), fc.tuple(tie('body'), tie('body'))),
  }),
}));

/** What an export is made of; as it is printed when a law fails. */
export interface Program {
  readonly body: readonly Piece[];
  readonly name: string;
  /** True: the cards stand in the file in another order than they run. */
  readonly shuffled: boolean;
}

export const anyProgram: fc.Arbitrary<Program> = fc.record({ body, name: title, shuffled: fc.boolean() });

/** A whole export, sound by every rule of the format. */
export function packOf({ body, name, shuffled }: Program): Json {
  const draft = new Draft('M', start('MS', [{ key: 'given' }]), 'MS.given');
  for (const piece of body) draft.add(piece);
  draft.close(end('MR', [{ key: 'text' }]), 'MR.text');
  const parts = [start('HS', [{ key: 'given' }]), end('HR', [{ key: 'text' }])];
  const helper = graph('h', parts, ['HS HR'], ['HS.given > HR.text']);
  return pack([flow('m', name, draft.finish('m', graph, shuffled)), flow('h', name, helper)], {
    configs: { c1: { id: 'c1', name: 'A & B', module: 'okta', data: null } },
  });
}

/** A graph that grows: a flow, or a block. */
class Draft {
  readonly #prefix: string;
  readonly #cards: Json[] = [];
  readonly #order: string[] = [];
  readonly #wires: string[] = [];
  #count = 0;
  /** Text outputs that a card at the end may read. */
  #visible: string[] = [];
  #last: string;

  constructor(prefix: string, first: Json, output: string | null) {
    this.#prefix = prefix;
    this.#cards.push(first);
    this.#last = String(first['uuid']);
    if (output !== null) this.#visible.push(output);
  }

  finish(uuid: string, make: typeof graph, shuffle = false): Json {
    const cards = shuffle ? this.#cards.toReversed() : this.#cards;
    return make(uuid, cards, this.#order, this.#wires);
  }

  /** The last card; it reads something, if there is anything. */
  close(last: Json, input: string): void {
    this.#put(last);
    this.#read(0, input);
  }

  add(piece: Piece): void {
    const id = `${this.#prefix}${this.#count++}`;
    if (piece.kind === 'fork') this.#fork(id, piece);
    else this.#put(this.#cardOf(id, piece));
    if (piece.kind === 'assign') this.#read(piece.choice, `${id}.value`, `${id}.value`);
    else if (piece.kind === 'compose') this.#read(piece.choice, `${id}.k`, `${id}.output`);
    else if (piece.kind === 'service') this.#read(piece.choice, `${id}.User/ID`, `${id}.User/Email`);
    else if (piece.kind === 'unknown') this.#read(piece.choice, `${id}.a`, `${id}.b`);
    else if (piece.kind === 'call') this.#read(piece.choice, `${id}.given`, `${id}.text`);
    else if (piece.kind === 'map') this.#read(piece.choice, `${id}.given`);
    else if (piece.kind === 'branch' || piece.kind === 'guard') this.#visible.push(`${id}.text`);
  }

  #put(next: Json): void {
    const id = String(next['uuid']);
    this.#cards.push(next);
    this.#order.push(`${this.#last} ${id}`);
    this.#last = id;
  }

  /** Wires the input, or leaves it with its literal; the output may be read from then on. */
  #read(choice: number, input: string, output?: string): void {
    const source = this.#visible[choice % (this.#visible.length + 1)];
    if (source !== undefined) this.#wires.push(`${source} > ${input}`);
    if (output !== undefined) this.#visible.push(output);
  }

  #fork(id: string, { title, text, lanes }: Piece): void {
    const heads = [`${id}T`, `${id}F`] as const;
    const join = `${id}J`;
    const condition = card(id, 'control:if', {
      title,
      in: [
        { key: 'left-operand', data: text },
        { key: 'operator', data: '==' },
        { key: 'right-operand', data: 'b' },
      ],
      out: [{ key: 'result', type: 'boolean' }],
      branches: { [heads[0]]: true, [heads[1]]: false },
    });
    this.#put(condition);
    const before = this.#visible;
    for (const [index, head] of heads.entries()) {
      this.#cards.push(card(head, 'control:noop', { model: { displayed: false } }));
      this.#last = head;
      this.#visible = [...before];
      for (const piece of lanes[index] ?? []) this.add(piece);
      // The editor leads both ends of a lane to the Join.
      for (const each of new Set([head, this.#last])) this.#order.push(`${each} ${join}`);
      const [given] = this.#visible.slice(before.length);
      if (given !== undefined && index === 0) this.#wires.push(`${given} > ${join}.text`);
    }
    this.#visible = [...before, `${join}.shown`];
    this.#cards.push(
      card(join, 'control:join', {
        in: [{ key: 'text', data: text }],
        out: [{ key: 'shown' }],
        joins: { [`i_${join}_text`]: [{ output: `o_${join}_shown`, transform: null }] },
      }),
    );
    this.#last = join;
  }

  #cardOf(id: string, piece: Piece): Json {
    const { kind, title, text, choice } = piece;
    const model = extrasOf(choice);
    switch (kind) {
      case 'assign':
        return card(id, 'control:let', {
          title,
          in: [{ key: 'value', data: text }],
          out: [{ key: 'value' }],
          model: { ...model, mirrored: true },
        });
      case 'compose':
        return card(id, 'string:compose', {
          title,
          in: [
            { key: '_text_', data: 'Dear {{{k}}}!' },
            { key: 'k', data: text },
          ],
          out: [{ key: 'output' }],
          model,
        });
      case 'service':
        return card(id, 'okta@1.2.3:readUser', {
          title,
          in: [{ group: 'User', key: 'ID', data: text }],
          out: [{ group: 'User', key: 'Email' }],
          model: { config: choice % 2 === 0 ? 'c1' : null, ...model },
        });
      case 'call':
        return card(id, 'control:spawn', {
          title,
          in: [
            { key: 'flo', type: 'flo', data: 'h' },
            { key: 'given', data: text, metadata: { custom: true, transient: true } },
          ],
          out: [{ key: 'text', metadata: { custom: true } }],
          model,
        });
      case 'map':
        return card(id, 'list:map', {
          title,
          in: [
            { key: 'list', list: true, data: [text] },
            { key: 'flo', type: 'flo', data: 'h' },
            { key: 'concurrency', type: 'number', data: choice },
            {
              key: 'given',
              proxy: { dynamic: false, path: null, dest: { key: 'given', group: null } },
              data: text,
              metadata: { custom: true },
            },
          ],
          out: [{ key: 'new list', list: true }],
          model,
        });
      case 'comment':
        return card(id, 'control:comment', { title, model: { comments: { title, markdown: text } } });
      case 'branch':
        return card(id, 'control:branch', {
          title,
          in: [
            { group: 'if', key: 'left-operand', data: text },
            { group: 'if', key: 'operator', data: '==' },
            { group: 'if', key: 'right-operand', data: 'b' },
            { group: 'if', key: 'flo', type: 'flo', data: blockOf(`${id}i`, piece.lanes[0]) },
            { group: 'else', key: 'flo', type: 'flo', data: blockOf(`${id}e`, piece.lanes[1]) },
          ],
          out: [{ key: 'text', metadata: { custom: true } }],
          model: { async: true },
        });
      case 'guard':
        return card(id, 'control:tryCatch', {
          title,
          in: [{ key: 'flo', type: 'flo', data: blockOf(`${id}t`, piece.lanes[0]) }],
          out: [{ key: 'text', metadata: { custom: true } }],
          model: { policy: { error: { type: 'handler', merge: 'join', flo: blockOf(`${id}c`, piece.lanes[1]) } } },
        });
      default:
        return card(id, 'list:somethingNew', { title, in: [{ key: 'a', data: text }], out: [{ key: 'b' }], model });
    }
  }
}

function blockOf(prefix: string, pieces: readonly Piece[]): Json {
  const draft = new Draft(prefix, start(`${prefix}S`), null);
  for (const piece of pieces) draft.add(piece);
  draft.close(end(`${prefix}R`, [{ key: 'text' }]), `${prefix}R.text`);
  return draft.finish(prefix, block);
}

/** Members of a model that no document has a word for. */
function extrasOf(choice: number): Json {
  const error = [
    { type: 'finish' },
    { type: 'return', retry: 2, delay: 500 },
    { type: 'finish', retryCondition: 'ratelimits', retry: 1, delay: [100, 900] },
  ][choice % 3];
  return {
    policy: { error },
    ...(choice % 5 === 0 ? { timeout: 30_000 + choice } : {}),
    ...(choice % 7 === 0 ? { comments: 'Mind the gap.' } : {}),
    ...(choice % 11 === 0 ? { madeBy: { someone: [choice, null] } } : {}),
  };
}
