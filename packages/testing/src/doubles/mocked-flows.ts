/** Flows that mocks stand for: their cards give way to one that asks the mocks. */
import { type CardContext, type DeckDocument, defineCard, type Pack, type Value } from '@flowdeck/engine';
import { type DeckFlow, fieldName, formatPointer, isPlainObject, isSameName } from '@flowdeck/engine/kit';
import type { Mock } from '../mocks/types.js';
import type { Border, CallRecord } from './border.js';
import { recorded } from './effects.js';
import { mockedError } from './mocked-error.js';
import { pause } from './pause.js';

const NAMESPACE = 'mocked';
const ASK = `${NAMESPACE}.flow`;
/** Inputs of the card; those of the flow follow behind this prefix. */
const CALLER = 'caller';
const INPUT = 'in/';

/** The document in which every flow that a mock names asks the mocks. Mocks name flows by id from here on. */
export function withMockedFlows(document: DeckDocument, mocks: readonly Mock[]) {
  const flows = new Map<string, string>();
  const named = mocks.map((mock) => {
    if (mock.flow === undefined) return mock;
    const { flow: name } = mock;
    const found =
      document.flows.find(({ id }) => id === name) ?? document.flows.find((flow) => isSameName(flow.name, name));
    if (found === undefined) return mock;
    flows.set(found.id, name);
    return { ...mock, flow: found.id };
  });
  if (flows.size === 0) return { document, mocks };
  const replaced = document.flows.map((flow) => (flows.has(flow.id) ? asking(flow) : flow));
  return { document: { ...document, flows: replaced }, mocks: named };
}

function asking(flow: DeckFlow): DeckFlow {
  const inputs = (flow.inputs ?? []).map((field) => {
    const name = fieldName(field);
    return [INPUT + name, { from: formatPointer(['inputs', name]) }] as const;
  });
  const given = { [CALLER]: { from: '/context/caller' }, ...Object.fromEntries(inputs) };
  return { ...flow, cards: [{ id: 'mocked', card: ASK, in: given }] };
}

/** The pack of the card that stands in mocked flows, where there are any. */
export function mockedFlowPack({ flows }: DeckDocument, border: Border): readonly Pack[] {
  if (!flows.some(({ cards: [first] }) => first?.card === ASK)) return [];
  const card = defineCard({
    id: ASK,
    title: 'Mocked Flow',
    description: 'Stands in for the cards of a flow: gives what a mock says.',
    kind: 'control',
    inputs: [{ key: CALLER, type: 'any', label: CALLER, description: 'Who calls the flow.' }],
    extraInputs: { type: 'any' },
    outputs: [],
    run: (caller, extra, ctx) => answered(caller, extra, ctx, border),
  });
  return [{ name: `simulated-${NAMESPACE}`, namespace: NAMESPACE, version: '0.0.0', cards: [card] }];
}

async function answered(caller: Value, extra: Readonly<Record<string, Value>>, ctx: CardContext, border: Border) {
  const inputs = Object.fromEntries(Object.entries(extra).map(([name, value]) => [name.slice(INPUT.length), value]));
  const given = recorded(inputs);
  const told = (member: string) => {
    const value = isPlainObject(caller) ? caller[member] : undefined;
    return typeof value === 'string' ? value : null;
  };
  const [flow, card] = [told('id'), told('method')];
  const call: CallRecord = { kind: 'flow', flow, card, connector: 'flow', action: ctx.flowId, inputs: given };
  const answer = border.answer({ kind: 'flow', name: ctx.flowId, flow, card, inputs: given }, call);
  await pause(answer?.delayMs ?? 0, ctx.clock, ctx.signal);
  if (answer?.error) throw mockedError(answer.error, 'returned-error', call, border);
  const outputs = answer?.outputs ?? {};
  border.note(call, recorded(outputs));
  return ctx.return(outputs);
}
