/** Callers of API flows: who may, what the flow is given, what they are answered. */
import { type Answer, FlowdeckError } from '@flowdeck/engine';
import type { Host, HostedFlow } from '../host.js';
import { isSame } from '../proof.js';
import { answered, json, refusal, resultAnswer } from './answer.js';
import { type ApiRequest, inputsOf } from './inputs.js';

/** The header and the query parameter that carry the token of a flow (reference: flow client token). */
const TOKEN_HEADER = 'x-api-client-token';
const TOKEN_PARAMETER = 'clientToken';
const METHODS: ReadonlySet<string> = new Set(['GET', 'POST']);

/** Null when the request may start the flow; else what it is told. Unknown flows and wrong tokens are answered alike. */
export function refuse(flow: HostedFlow | undefined, method: string, url: URL, headers: Headers): Response | null {
  const given = headers.get(TOKEN_HEADER) ?? bearerOf(headers) ?? url.searchParams.get(TOKEN_PARAMETER);
  const isKnown = isSame(given, flow?.info.type === 'api' ? flow.token : null);
  if (!isKnown) return json(401, { message: 'There is no such flow, or the token is not its own.' }, null);
  if (flow?.on !== true) return json(410, { message: 'The flow is off.' }, null);
  if (METHODS.has(method)) return null;
  const answer = json(405, { message: 'Flows are called by GET or POST.' }, null);
  answer.headers.set('allow', [...METHODS].join(', '));
  return answer;
}

/** The token of `Authorization: Bearer` (RFC 6750, 2.1). */
export function bearerOf(headers: Headers): string | null {
  return /^Bearer +([\w.~+/=-]+)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null;
}

/** Starts the flow, and answers as soon as it does: at its end, or when a card answers before. */
export async function callEndpoint(host: Host, flow: HostedFlow, request: ApiRequest): Promise<Response> {
  let onAnswer: (answer: Answer) => void = () => {};
  const early = new Promise<Answer>((resolve) => {
    onAnswer = resolve;
  });
  try {
    // A card may answer before the run has been given out.
    const run = host.run(flow.info.id, 'api', { inputs: inputsOf(flow.info, request), onAnswer });
    return await Promise.race([early.then((answer) => answered(answer, run.runId)), run.ended.then(resultAnswer)]);
  } catch (error) {
    return refusal(error) ?? unavailable(error);
  }
}

/** Refusals of the host itself. What else is thrown is a fault of ours, and tells callers nothing. */
function unavailable(error: unknown): Response {
  const isOurs = error instanceof FlowdeckError && (error.code === 'host-busy' || error.code === 'host-stopping');
  const answer = json(isOurs ? 503 : 500, { message: isOurs ? error.message : 'The flow could not be started.' }, null);
  if (isOurs) answer.headers.set('retry-after', '5');
  return answer;
}
