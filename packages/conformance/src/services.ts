/** The services that cases talk to. */
import type { CaseService, JsonObject, Services } from '@flowdeck/testing';
import { plainParameters, plainRequest, scriptedService } from '@flowdeck/testing/http';
import { type Fault, startTwilioService } from './twilio/index.js';

/** By the name that a case gives: `scripted` exchanges, or a whole `twilio`. */
export const services: Services = { scripted: scriptedService, twilio: twilioService };

/** Takes `{ faults, concurrency, ... }`: the options of the service, and what it is to do wrong. */
async function twilioService(setup: JsonObject): Promise<CaseService> {
  const { faults = [], ...options } = setup as { readonly faults?: readonly Fault[] }; // the schema of cases says so
  const twilio = await startTwilioService(options);
  for (const fault of faults) twilio.failNext(fault);
  const { url, accountSid, authToken, keySid, keySecret } = twilio;
  const { host } = new URL(url);
  return {
    facts: { url, host, accountSid, authToken, keySid, keySecret },
    host,
    requests: () =>
      twilio.requests.map((request) => ({ ...plainRequest(request), form: plainParameters(request.form) })),
    problems: () => [],
    close: () => twilio.close(),
  };
}
