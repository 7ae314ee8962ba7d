/** Calls of API flows: what the flow is given, what the caller is answered. */
import { type Answer, type DataObject, FlowdeckError } from '@flowdeck/engine';
import type { Host } from '../host.js';
import type { HostedFlow } from '../host-types.js';
import { isLeft } from '../lasting-runs.js';
import { answered, json, refusal, resultAnswer } from './answer.js';
import { type ApiRequest, inputsOf } from './inputs.js';

/** Starts the flow, and answers as soon as it does: at its end, or when a card answers before. */
export async function callEndpoint(
  host: Host,
  flow: HostedFlow,
  request: ApiRequest,
  metadata: DataObject,
): Promise<Response> {
  let onAnswer: (answer: Answer) => void = () => {};
  const early = new Promise<Answer>((resolve) => {
    onAnswer = resolve;
  });
  let runId: string | null = null;
  try {
    // A card may answer before the run has been given out.
    const run = host.run(flow.info.id, 'api', { inputs: inputsOf(flow.info, request), metadata, onAnswer });
    ({ runId } = run);
    return await Promise.race([early.then((answer) => answered(answer, run.runId)), run.ended.then(resultAnswer)]);
  } catch (error) {
    if (isLeft(error))
      return json(503, { message: 'The host is being stopped: the run goes on when it is back.' }, runId);
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
