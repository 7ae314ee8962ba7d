/** `lint-relative-url`: a value from outside can change the host that a request, and its credentials, go to. */
import { isDeck } from '@flowdeck/engine/kit';
import { originOf } from '../origin.js';
import { quoted } from '../quoted.js';
import { type BindingSite, type CardSite, type FlowSite, sourcePointer } from '../sites.js';
import { outlineOf, type Piece, piecesOf, VALUE, valuesOf } from '../text.js';
import type { Rule } from '../types.js';

export const relativeUrl: Rule = {
  id: 'lint-relative-url',
  severity: 'warning',
  title: 'A relative URL can lead to another host',
  explanation:
    'Put straight after "https://api.example.com", the relative URL ".evil.net/" or "@evil.net/" names another host, which is then sent the credentials. Found are inputs and options of a flow that are joined to a host, or to a base URL of the connection, without a slash between them; and in a connector, HTTP cards whose whole URL is an input. It is enough that a card of the flow (Return Error If, Continue If, If/Else, If/ElseIf) looks at the value.',
  bad: {
    title: 'The path begins wherever the caller wants',
    document: {
      flowdeck: 1,
      id: 'request',
      type: 'helper',
      inputs: [{ key: 'relative_url', type: 'text' }],
      cards: [
        {
          id: 'url',
          card: 'text.concatenate',
          in: { 'text 1': 'https://api.example.com', 'text 2': { from: '/inputs/relative_url' } },
        },
        { id: 'get', card: 'http.get', in: { url: { from: '/url/output' } } },
      ],
    },
  },
  good: {
    title: 'The host ends in a slash of our own',
    document: {
      flowdeck: 1,
      id: 'request',
      type: 'helper',
      inputs: [{ key: 'relative_url', type: 'text' }],
      cards: [
        {
          id: 'url',
          card: 'text.concatenate',
          in: { 'text 1': 'https://api.example.com/v1/', 'text 2': { from: '/inputs/relative_url' } },
        },
        { id: 'get', card: 'http.get', in: { url: { from: '/url/output' } } },
      ],
    },
  },
  check: (file, report) => {
    const isConnector = isDeck(file.document) && file.document.connector !== undefined;
    for (const flow of file.flows) {
      let looked: ReadonlySet<string> | null = null;
      for (const card of flow.cards) {
        const site = hostEnd(card) ?? (isConnector ? wholeUrl(card) : null);
        const name = site && outsideName(site);
        if (site === null || name === null) continue;
        looked ??= lookedAt(flow);
        if (looked.has(name)) continue;
        report(card, {
          pointer: sourcePointer(site),
          message: `${quoted(name)} can name another host: nothing stands between it and the host, and nothing looks at it.`,
          hint: 'End the host in a slash, or refuse with a Return Error If what does not begin with one.',
        });
      }
    }
  },
};

/** The value that stands last in the host of the URL that a card puts together, after something else; or null. */
function hostEnd(card: CardSite): BindingSite | null {
  const pieces = piecesOf(card);
  if (pieces === null) return joinedInExpression(card);
  const outline = outlineOf(pieces);
  const values = valuesOf(pieces);
  const scheme = /^https?:\/\//i.exec(outline)?.[0];
  if (scheme === undefined && !startsWithBase(pieces)) return null;
  const start = scheme?.length ?? 0;
  const length = outline.slice(start).search(/[/?#]/);
  const host = length < 0 ? outline.slice(start) : outline.slice(start, start + length);
  if (host.length < 2 || !host.endsWith(VALUE)) return null;
  return values[host.split(VALUE).length - 2] ?? null;
}

/** The names by which connections know the start of a URL. */
const BASE = /url|host|domain|base|endpoint|instance/i;

function startsWithBase(pieces: readonly Piece[]): boolean {
  const first = pieces.find((piece) => 'value' in piece || piece.text !== '');
  const origin = first && 'value' in first ? originOf(first.value) : null;
  return origin?.kind === 'root' && origin.root === 'connection' && BASE.test(origin.path.at(-1) ?? '');
}

const ADDRESS_JOIN = /(["'])https?:\/\/[^/?#"'\s]{1,256}\1\s{0,20}&\s{0,20}(?:inputs|options)\./i;

function joinedInExpression(card: CardSite): BindingSite | null {
  return (
    card.bindings.find(
      ({ binding }) =>
        typeof binding === 'object' && binding !== null && 'expr' in binding && ADDRESS_JOIN.test(binding.expr),
    ) ?? null
  );
}

function wholeUrl(card: CardSite): BindingSite | null {
  const input = card.type?.traits?.requests;
  return typeof input === 'string' ? (card.inputs.get(input) ?? null) : null;
}

/** The input or option of the flow that a value is. Null when it is something else. */
function outsideName(site: BindingSite): string | null {
  const origin = originOf(site);
  if (origin === null) return site.references.find(isOutside)?.path?.join('/') ?? null;
  return origin.kind === 'root' && isOutside(origin) ? origin.path.join('/') : null;
}

function isOutside({ root }: { readonly root: string }): boolean {
  return root === 'inputs' || root === 'options';
}

/** Whether what the card reads decides what is run. */
function decides({ type }: CardSite): boolean {
  return type?.traits?.chooses === true || type?.traits?.leaves === 'sometimes';
}

/** The inputs and options that a card decides by, also by way of cards that only compute. */
function lookedAt(flow: FlowSite): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<CardSite>();
  const open = flow.cards.filter(decides);
  for (let card = open.pop(); card; card = open.pop()) {
    if (seen.has(card)) continue;
    seen.add(card);
    for (const { part, references } of card.bindings) {
      if (part === 'out' || part === 'error-values') continue;
      for (const { root, path } of references) {
        if (isOutside({ root }) && path !== null) names.add(path.join('/'));
        const source = flow.cardById.get(root);
        if (source?.type?.kind === 'pure') open.push(source);
      }
    }
  }
  return names;
}
