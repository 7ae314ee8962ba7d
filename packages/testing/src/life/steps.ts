/** What each kind of step does to a host. */
import { FlowdeckError } from '@flowdeck/engine';
import type { JsonObject } from '../cases/json.js';
import type { TestingCode } from '../codes.js';
import { matches } from '../match/match.js';
import { parsed, send } from './send.js';
import type { HostCommand, HostData } from './served.js';
import type { OF_KIND } from './shape.js';
import { type LifeStage, seen } from './stage.js';
import type { HostState, HostStep } from './types.js';

/** What a step comes to. */
type Played = (stage: LifeStage) => Promise<HostData>;

/** By the member that says what is done: a kind of step is a row here. */
const STEPS = {
  on: (flow) => (stage) => stage.host.ask({ do: 'on', flow }),
  off: (flow) => (stage) => stage.host.ask({ do: 'off', flow }),
  start:
    (flow, { inputs = {} }) =>
    (stage) =>
      stage.host.ask({ do: 'start', flow, inputs }),
  emit:
    (event, { inputs = {}, id = null, key = null }) =>
    (stage) =>
      stage.host.ask({ do: 'emit', event, inputs, id, key }),
  delegate:
    (flow, { caller = {}, inputs = {} }) =>
    (stage) =>
      stage.host.ask({ do: 'delegate', flow, caller, inputs }),
  send: (request) => async (stage) => send(request, (await stage.host.facts())['host.url'] ?? '', stage.signal),
  asked: (request) => (stage) => asked(request, stage),
  until: (state) => (stage) => until(state, stage),
  clock: (moment) => async (stage) => {
    await stage.host.passTo(Date.parse(moment));
    return {};
  },
  again:
    (how, { at, flows, connectors = null }) =>
    async (stage) => {
      const document = flows === undefined ? null : servedDocument(flows);
      await stage.host.again(how, at === undefined ? null : Date.parse(at), { document, connectors });
      return {};
    },
  connect:
    (connection, { auth = {} }) =>
    (stage) =>
      stage.host.ask({ do: 'connect', connection, auth }),
  test: (connection) => (stage) => stage.host.ask({ do: 'test', connection }),
  revoke: (connection) => (stage) => stage.host.ask({ do: 'revoke', connection }),
  replay: (index) => (stage) => withParked('replay', index, stage),
  drop: (index) => (stage) => withParked('drop', index, stage),
} as const satisfies { readonly [K in StepKind]: (value: NonNullable<HostStep[K]>, step: HostStep) => Played };

/** The members of a step that say what is done. */
type StepKind = Exclude<keyof HostStep, keyof typeof OF_KIND | 'expect' | 'keep'>;

export const STEP_KINDS = Object.keys(STEPS);

/** The document of the flows that a host serves. */
export function servedDocument(flows: readonly JsonObject[]): unknown {
  return { flowdeck: 1, flows };
}

/** @throws FlowdeckError when the step does nothing: the reader of cases has seen that it does. */
export function stepOf(step: HostStep): Played {
  for (const [kind, make] of Object.entries(STEPS)) {
    const value = step[kind as StepKind]; // a key of the table
    // Each row takes what the member of its name has.
    if (value !== undefined) return (make as (value: unknown, step: HostStep) => Played)(value, step);
  }
  throw new FlowdeckError<TestingCode>('case-invalid', 'The step does nothing.');
}

async function asked(request: HostData, stage: LifeStage): Promise<HostData> {
  const all = () => (stage.service?.requests() ?? []).map(withJson);
  const found = await seen(async () => all().find((each) => matches(request, each, 'subset')) ?? null, stage);
  return found ?? { error: { message: 'The service was not asked for it.' }, asked: all() };
}

/** The body of a request as what it says, where it is JSON. */
function withJson(request: HostData): HostData {
  const json = typeof request['body'] === 'string' ? parsed(request['body']) : undefined;
  return json === undefined ? request : { ...request, json };
}

/** What is waited for, member by member: what there is of it, and whether that is enough. */
async function until(state: HostState, stage: LifeStage): Promise<HostData> {
  let last: HostData = {};
  const found = await seen(async () => {
    last = await stateOf(state, stage);
    const { flow: _, is, ...counts } = state;
    return matches({ ...counts, ...(is === undefined ? {} : { flow: is }) }, last, 'subset') ? last : null;
  }, stage);
  return found ?? { error: { message: 'It did not come to that.' }, ...last };
}

async function stateOf({ flow, ended, parked }: HostState, { host }: LifeStage): Promise<HostData> {
  return {
    ...(flow === undefined ? {} : { flow: await host.flow(flow) }),
    ...(ended === undefined ? {} : { ended: (await host.ended()).length }),
    ...(parked === undefined ? {} : { parked: (await host.parked()).length }),
  };
}

async function withParked(what: 'replay' | 'drop', index: number, { host }: LifeStage): Promise<HostData> {
  const event = (await host.parked())[index]?.['number'] ?? null;
  const command: HostCommand = { do: what, event };
  return host.ask(command);
}
