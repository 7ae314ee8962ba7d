/** `lint-action-for-request`: a request by hand that an action of a connector would send. */
import { isDeck } from '@flowdeck/engine/kit';
import { type KnownRequest, knownRequests, withoutQuery } from '../known-requests.js';
import { originOf } from '../origin.js';
import { quoted } from '../quoted.js';
import { type BindingSite, type CardSite, sourcePointer } from '../sites.js';
import { literalOf, outlineOf, piecesOf } from '../text.js';
import type { Rule } from '../types.js';

export const actionForRequest: Rule = {
  id: 'lint-action-for-request',
  severity: 'info',
  title: 'An action of a connector sends this request',
  explanation:
    'Sent by hand, a request needs its credentials, its form and the errors of the service looked after in every flow; an action of a connector does that once. Found are HTTP cards whose method and URL, a constant or put together by a card, are among the requests that a known connector declares in its manifest ("requests"). What an expression makes is not judged, nor are the flows of connectors.',
  bad: {
    title: 'The flow sends a text message by hand',
    document: {
      flowdeck: 1,
      id: 'notify',
      type: 'helper',
      inputs: [
        { key: 'account', type: 'text' },
        { key: 'form', type: 'text' },
      ],
      cards: [
        {
          id: 'url',
          card: 'text.compose',
          in: {
            template: 'https://api.twilio.com/2010-04-01/Accounts/{{account}}/Messages.json',
            account: { from: '/inputs/account' },
          },
        },
        {
          id: 'send',
          card: 'http.raw',
          in: { url: { from: '/url/output' }, method: 'POST', body: { from: '/inputs/form' } },
        },
      ],
    },
  },
  good: {
    title: 'The card of the connector sends it',
    document: {
      flowdeck: 1,
      id: 'notify',
      type: 'helper',
      inputs: [
        { key: 'phone', type: 'text' },
        { key: 'text', type: 'text' },
      ],
      cards: [
        {
          id: 'send',
          card: 'twilio.sendMessage',
          connection: 'twilio',
          in: { 'From Number': '+15005550006', To: { from: '/inputs/phone' }, Body: { from: '/inputs/text' } },
        },
      ],
    },
  },
  check: (file, report) => {
    const known = knownRequests(file.connectors);
    if (known.length === 0 || (isDeck(file.document) && file.document.connector !== undefined)) return;
    for (const card of file.flows.flatMap(({ cards }) => cards)) {
      const url = urlOf(card);
      const outline = url && outlineOfUrl(url);
      if (url === null || outline === null) continue;
      const cards = cardsFor(known, methodOf(card), withoutQuery(outline));
      if (cards.length === 0) continue;
      report(card, {
        pointer: sourcePointer(url),
        message: `${cards.map(quoted).join(' or ')} sends this request, and looks after its form and its errors.`,
        hint: 'Take that card with a connection, or switch this rule off here.',
      });
    }
  },
};

function urlOf({ type, inputs }: CardSite): BindingSite | null {
  const input = type?.traits?.requests;
  return typeof input === 'string' ? (inputs.get(input) ?? null) : null;
}

/** Null: it cannot be told what the URL is. */
function outlineOfUrl(url: BindingSite): string | null {
  const origin = originOf(url);
  if (origin?.kind === 'literal') return literalOf(url);
  const pieces = origin?.kind === 'card' ? piecesOf(origin.card) : null;
  return pieces === null ? null : outlineOf(pieces);
}

/** Null: only a run knows. */
function methodOf({ type, inputs }: CardSite): string | null {
  const method = type?.traits?.method;
  if (method === undefined) return null;
  const field = type?.inputs.find(({ key }) => key === method);
  if (field === undefined) return method;
  const given = inputs.get(method);
  const text = given === undefined ? String(field.default ?? '') : literalOf(given);
  return text?.trim().toUpperCase() ?? null;
}

function cardsFor(known: readonly KnownRequest[], method: string | null, url: string): readonly string[] {
  const fitting = known.filter((each) => (method === null || each.method === method) && each.url.test(url));
  return [...new Set(fitting.map(({ card }) => card))];
}
