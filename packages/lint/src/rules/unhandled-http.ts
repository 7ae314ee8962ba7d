/** `lint-unhandled-http`: an endpoint flow leaves it to chance what its caller is told when a request fails. */
import type { FlowType } from '@flowdeck/engine';
import { calledFlows } from '../calls.js';
import { quoted } from '../quoted.js';
import { type CardSite, type FlowSite, isCaught, type LintedFile } from '../sites.js';
import type { Rule } from '../types.js';

const ENDPOINTS: ReadonlySet<FlowType> = new Set(['api', 'delegated']);

export const unhandledHttp: Rule = {
  id: 'lint-unhandled-http',
  severity: 'warning',
  title: 'A failing request ends an endpoint flow',
  explanation:
    'A request fails sooner or later, and then whoever called the endpoint gets an answer that the flow did not choose. Judged are flows of the types "api" and "delegated": HTTP cards, cards with a connection, and calls of flows that make such requests themselves. It is enough that the card, or the call in the flow that it leads to, stands in the "try" block of an If Error, or that its error policy ("onError") says what to return or to run. After a Close the caller has its answer, so nothing is judged there.',
  bad: {
    title: 'Nothing catches the error of the request',
    document: {
      flowdeck: 1,
      id: 'lookup',
      type: 'api',
      cards: [
        { id: 'get', card: 'http.get', in: { url: 'https://api.example.com/orders' } },
        { card: 'flow.returnRaw', in: { statusCode: 200, body: { from: '/get/body' } } },
      ],
    },
  },
  good: {
    title: 'The flow answers for itself',
    document: {
      flowdeck: 1,
      id: 'lookup',
      type: 'api',
      cards: [
        {
          id: 'attempt',
          card: 'error.ifError',
          outputs: [
            { key: 'statusCode', type: 'number' },
            { key: 'body', type: 'text' },
          ],
          blocks: {
            try: {
              cards: [
                { id: 'get', card: 'http.get', in: { url: 'https://api.example.com/orders' } },
                { card: 'flow.return', in: { statusCode: 200, body: { from: '/get/body' } } },
              ],
            },
            catch: { cards: [{ card: 'flow.return', in: { statusCode: 502, body: 'Try again later.' } }] },
          },
        },
        {
          card: 'flow.returnRaw',
          in: { statusCode: { from: '/attempt/statusCode' }, body: { from: '/attempt/body' } },
        },
      ],
    },
  },
  check: (file, report) => {
    const exposed = exposedCards(file);
    const failing = failingFlows(exposed);
    for (const flow of file.flows) {
      if (!ENDPOINTS.has(flow.flow.type)) continue;
      const answered = answeredBefore(flow);
      for (const card of exposed.get(flow) ?? []) {
        if (answered.has(card)) continue;
        const called = calledFlows(card).find((target) => failing.has(target));
        if (!makesRequest(card) && called === undefined) continue;
        const what = makesRequest(card)
          ? 'this request fails'
          : `a request of flow ${quoted(called?.flow.id ?? '')} fails`;
        report(card, {
          message: `When ${what}, the endpoint flow ends with that error.`,
          hint: 'Put the card into the "try" block of an If Error, and answer in its "catch" block.',
        });
      }
    }
  },
};

/** The cards of each flow whose errors go up to the caller of the flow. */
function exposedCards(file: LintedFile): ReadonlyMap<FlowSite, readonly CardSite[]> {
  return new Map(
    file.flows.map((flow) => {
      const caught = new Set<CardSite>();
      // A card stands before what is in its blocks.
      for (const card of flow.cards) {
        const { owner } = card.parent;
        if (owner !== null && (caught.has(owner) || isCaught(card))) caught.add(card);
      }
      return [flow, flow.cards.filter((card) => !caught.has(card) && !isHandled(card))];
    }),
  );
}

/** The cards that run after one that has answered the caller. */
function answeredBefore(flow: FlowSite): ReadonlySet<CardSite> {
  const answered = new Set<CardSite>();
  const closed = new Set<CardSite['parent']>();
  for (const card of flow.cards) {
    const { owner } = card.parent;
    if (closed.has(card.parent) || (owner !== null && answered.has(owner))) answered.add(card);
    if (card.type?.traits?.answers === true) closed.add(card.parent);
  }
  return answered;
}

function isHandled({ node, type }: CardSite): boolean {
  const { swallowsErrors, detached } = type?.traits ?? {};
  return (
    node.onError?.then === 'return' || node.onError?.then === 'flow' || swallowsErrors === true || detached === true
  );
}

function makesRequest({ node, type }: CardSite): boolean {
  return type?.traits?.requests !== undefined || node.connection !== undefined;
}

/** Flows that fail when a request of theirs does, by themselves or through the flows that they call. */
function failingFlows(exposed: ReadonlyMap<FlowSite, readonly CardSite[]>): ReadonlySet<FlowSite> {
  const callers = new Map<FlowSite, FlowSite[]>();
  const open: FlowSite[] = [];
  for (const [flow, cards] of exposed) {
    if (cards.some(makesRequest)) open.push(flow);
    for (const target of new Set(cards.flatMap(calledFlows))) {
      const known = callers.get(target);
      if (known) known.push(flow);
      else callers.set(target, [flow]);
    }
  }
  const failing = new Set(open);
  for (let flow = open.pop(); flow; flow = open.pop()) {
    for (const caller of callers.get(flow) ?? []) {
      if (failing.has(caller)) continue;
      failing.add(caller);
      open.push(caller);
    }
  }
  return failing;
}
