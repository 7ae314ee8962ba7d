/** `lint-unbounded-recursion`: flows call each other in a circle that nothing ends. */
import { targetOf } from '../calls.js';
import { quoted } from '../quoted.js';
import type { CardSite, FlowSite } from '../sites.js';
import type { Rule } from '../types.js';

export const unboundedRecursion: Rule = {
  id: 'lint-unbounded-recursion',
  severity: 'error',
  title: 'A recursion never ends',
  explanation:
    'A flow that always calls itself, by way of other flows or not, ends in the error "limit"; with Call Flow Async it starts runs without an end. A call counts as always made when it stands in the body of its flow, or in the "try" block of an If Error there, and no card before it may end the flow: no Return in a branch, Continue If or Return Error If. Calls per item end with their lists, and are not judged.',
  bad: {
    title: 'The next page is read whether there is one or not',
    document: {
      flowdeck: 1,
      id: 'page',
      type: 'helper',
      inputs: [{ key: 'url', type: 'text' }],
      cards: [
        { id: 'get', card: 'http.get', in: { url: { from: '/inputs/url' } } },
        {
          id: 'next',
          card: 'flow.call',
          in: { flow: { flow: 'page' }, url: { expr: 'get.headers.link' } },
        },
      ],
    },
  },
  good: {
    title: 'It ends when there is no next page',
    document: {
      flowdeck: 1,
      id: 'page',
      type: 'helper',
      inputs: [{ key: 'url', type: 'text' }],
      cards: [
        { id: 'get', card: 'http.get', in: { url: { from: '/inputs/url' } } },
        { card: 'control.continueIf', in: { left: { from: '/get/headers/link' }, operator: 'is not empty' } },
        {
          id: 'next',
          card: 'flow.call',
          in: { flow: { flow: 'page' }, url: { expr: 'get.headers.link' } },
        },
      ],
    },
  },
  check: (file, report) => {
    const calls = new Map(file.flows.map((flow) => [flow, certainCalls(flow)]));
    const circle = onlyCircles(calls);
    for (const flow of circle) {
      const card = calls.get(flow)?.find((call) => circle.has(call.target))?.card;
      if (card === undefined) continue;
      report(card, {
        message: `Flow ${quoted(flow.flow.id)} is called again by what this card calls, and nothing ends that.`,
        hint: 'Put a Continue If, or an If/Else with a Return, before this card.',
      });
    }
  },
};

interface Call {
  readonly card: CardSite;
  readonly target: FlowSite;
}

/** The calls that every run of the flow makes, unless a card fails. */
function certainCalls(flow: FlowSite): readonly Call[] {
  const calls: Call[] = [];
  const certain = new Set<CardSite>();
  for (const card of flow.cards) {
    const { owner } = card.parent;
    if (owner === null || (certain.has(owner) && card.parent.declaration?.always === true)) certain.add(card);
    if (certain.has(card) && card.type?.traits?.callsOnce === true) {
      const target = targetOf(card);
      if (target !== null) calls.push({ card, target });
    }
    if (mayEnd(card)) break;
  }
  return calls;
}

/** A card that nobody knows may do anything, unless it is an action of a connector. */
function mayEnd({ node, type }: CardSite): boolean {
  if (type === undefined) return node.connection === undefined;
  return type.traits?.leaves !== undefined;
}

/** The flows from which calls lead on for ever, and to which such calls lead. */
function onlyCircles(calls: ReadonlyMap<FlowSite, readonly Call[]>): ReadonlySet<FlowSite> {
  const forward = new Map<FlowSite, readonly FlowSite[]>();
  const back = new Map<FlowSite, FlowSite[]>([...calls.keys()].map((flow) => [flow, []]));
  for (const [flow, made] of calls) {
    const targets = [...new Set(made.map(({ target }) => target))];
    forward.set(flow, targets);
    for (const target of targets) back.get(target)?.push(flow);
  }
  return peel(peel(new Set(calls.keys()), forward, back), back, forward);
}

/** Takes away the flows that lead to none of the others, until each that is left leads to one. */
function peel(
  flows: Set<FlowSite>,
  next: ReadonlyMap<FlowSite, readonly FlowSite[]>,
  previous: ReadonlyMap<FlowSite, readonly FlowSite[]>,
): Set<FlowSite> {
  const counts = new Map<FlowSite, number>();
  for (const flow of flows) counts.set(flow, (next.get(flow) ?? []).filter((target) => flows.has(target)).length);
  const ends = [...flows].filter((flow) => counts.get(flow) === 0);
  for (let end = ends.pop(); end; end = ends.pop()) {
    flows.delete(end);
    for (const flow of previous.get(end) ?? []) {
      const left = (counts.get(flow) ?? 0) - 1;
      counts.set(flow, left);
      if (left === 0 && flows.has(flow)) ends.push(flow);
    }
  }
  return flows;
}
