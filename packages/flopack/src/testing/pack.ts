/** Small exports for tests, put together by hand: one for every structure of the format. */

type Json = Record<string, unknown>;

interface FieldDraft {
  readonly key: string;
  readonly group?: string | null;
  readonly type?: unknown;
  readonly list?: boolean;
  readonly data?: unknown;
  readonly metadata?: Json;
  readonly proxy?: Json;
  readonly error?: boolean;
}

interface CardDraft {
  readonly title?: string;
  readonly in?: readonly FieldDraft[];
  readonly out?: readonly FieldDraft[];
  readonly model?: Json;
  readonly branches?: Json;
  readonly joins?: Json;
}

const EMPTY: Readonly<Record<string, unknown>> = {
  string: '',
  number: 0,
  boolean: false,
  object: {},
  Date: '',
  file: null,
  flo: null,
};

function field(side: 'i' | 'o', card: string, draft: FieldDraft, index: number): [string, Json] {
  const { key, group = null, type = 'string', list = false, metadata = {}, proxy, error = false } = draft;
  const id = `${side}_${card}_${group === null ? '' : `${group}_`}${key}${draft.error ? '_e' : ''}`.replace(/\W/g, '_');
  const data = draft.data === undefined ? (list ? [] : typeof type === 'string' ? EMPTY[type] : {}) : draft.data;
  const value = { type, collection: list, data, available: [], error, ...(proxy ? { proxy } : {}) };
  const flags = side === 'i' ? { required: false, flags: group === 'parameters' ? 'p' : 'd' } : {};
  return [id, { id, group, key, value, ref: false, metadata: { index, ...metadata }, ...flags }];
}

/** A card: `control:let` is built in, `okta@1.0.0:readUser` is of a channel. */
export function card(uuid: string, kind: string, draft: CardDraft = {}): Json {
  const [space = '', key = ''] = kind.split(':');
  const [channel = '', version] = space.split('@');
  const address =
    version === undefined ? `root:kernel:${space}:0.0.1:${key}` : `root:channels:http:${channel}:${version}:${key}`;
  const parts = address.split(':');
  const side = (name: 'i' | 'o', fields: readonly FieldDraft[] = []) => ({
    extensible: true,
    data: Object.fromEntries(fields.map((each, index) => field(name, uuid, each, index))),
  });
  const title = draft.title ?? key;
  return {
    uuid,
    address,
    parents: {
      version: { address: parts.slice(0, -1).join(':'), key: parts.at(-2), data: { name: parts.at(-2) } },
      channel: { address: parts.slice(0, -2).join(':'), key: parts.at(-3), data: { name: parts.at(-3) } },
    },
    node: {
      key,
      data: { name: title },
      model: {
        type: 'method',
        key,
        config: null,
        metadata: { id: null, name: title, description: '' },
        policy: { error: { type: 'finish' } },
        ...draft.model,
        inputs: side('i', draft.in),
        outputs: side('o', draft.out),
      },
    },
    pins: {},
    joins: draft.joins ?? {},
    branches: draft.branches ?? {},
  };
}

/** `A.output > B.input`, with a conversion: `A.output > B.input : parse`. Groups are written `A.group/key`. */
function wire(cards: readonly Json[], text: string): void {
  const [ends = '', convert] = text.split(' : ');
  const [from, to] = ends.split(' > ').map((end) => {
    const dot = end.indexOf('.');
    return [end.slice(0, dot), end.slice(dot + 1)] as const;
  });
  const source = cards.find((each) => each['uuid'] === from?.[0]);
  if (!source || !from || !to) throw new Error(`No such wire: ${text}`);
  const id = (side: string, [uuid, name]: readonly [string, string]) => `${side}_${uuid}_${name}`.replace(/\W/g, '_');
  const output = id('o', from);
  const transform = convert ? { [output]: { convert, forceWrapArray: false, dest: output } } : null;
  const pins = source['pins'] as Record<string, Record<string, Json[]>>;
  const targets = (pins[output] ?? {}) as Record<string, Json[]>;
  pins[output] = targets;
  targets[to[0]] = [...(targets[to[0]] ?? []), { input: id('i', to), transform }];
}

/** A graph. `order`: chains of card ids, `A B C`. */
export function graph(
  uuid: string,
  cards: readonly Json[],
  order: readonly string[],
  wires: readonly string[] = [],
): Json {
  for (const each of wires) wire(cards, each);
  const pairs = order.flatMap((chain) => {
    const ids = chain.split(' ');
    return ids.slice(1).map((id, index) => [ids[index], id]);
  });
  return { uuid, methods: cards, orderings: Object.fromEntries(pairs.map((pair, index) => [`e${index}`, pair])) };
}

/** An inline block. */
export function block(
  uuid: string,
  cards: readonly Json[],
  order: readonly string[],
  wires: readonly string[] = [],
): Json {
  return {
    id: uuid,
    log: false,
    inheritLog: false,
    group: null,
    security_level: null,
    ...graph(uuid, cards, order, wires),
  };
}

export function flow(uuid: string, name: string, body: Json, settings: Json = {}): [string, Json] {
  const data = {
    id: null,
    cron: {},
    scheduled: false,
    security_level: null,
    group: 'g1',
    log: true,
    inheritLog: true,
    ...body,
    ...settings,
  };
  return [uuid, { id: uuid, name, description: '', data }];
}

export function pack(flows: readonly (readonly [string, Json])[], data: Json = {}): Json {
  return {
    type: 'flopack',
    version: '1.5.0',
    created: '2024-01-01T00:00:00.000Z',
    flags: { 'auto-transform': true, looseBooleans: true, looseStrings: true, looseNulls: true },
    data: {
      configs: {},
      tables: {},
      groups: { g1: { id: 'g1', data: { name: 'Folder', description: '', media_uri: '', path: '' } } },
      ...data,
      flos: Object.fromEntries(flows),
    },
  };
}

/** A start card of a helper, or of a block: the same fields in and out. */
export function start(
  uuid: string,
  fields: readonly FieldDraft[] = [],
  kind = 'control:callable',
  title = 'Helper Flow',
): Json {
  return card(uuid, kind, { title, in: fields, out: fields, model: { mirrored: true } });
}

export function end(uuid: string, fields: readonly FieldDraft[] = []): Json {
  return card(uuid, 'control:return', { title: 'Return', in: fields, out: fields, model: { mirrored: true } });
}
