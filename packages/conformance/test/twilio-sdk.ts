/** The vendor's own SDK, pointed at the simulated service, for its tests. */

import twilio from 'twilio';
import type { TwilioService } from '../src/twilio/options.js';

/** One request of the SDK as it was answered. */
export interface SdkAnswer {
  readonly status: number;
  readonly body: unknown;
}

const { RequestClient } = twilio;

/** Sends what the SDK asks of `https://api.twilio.com` and its siblings to the service, which tells them apart by host. */
class LocalClient extends RequestClient {
  readonly answers: SdkAnswer[] = [];
  readonly #url: string;

  constructor(url: string) {
    super();
    this.#url = url;
  }

  override async request<TData>(options: Parameters<typeof RequestClient.prototype.request<TData>>[0]) {
    const { host, pathname, search } = new URL(options.uri);
    const headers = { ...options.headers, Host: host };
    const response = await super.request<TData>({ ...options, uri: this.#url + pathname + search, headers });
    this.answers.push({ status: response.statusCode, body: response.body });
    return response;
  }
}

/** An SDK client with the Auth Token of the service's first account, or with the pair and the hosts that are given. */
export function sdkFor(
  service: TwilioService,
  options: { user?: string; password?: string; edge?: string; region?: string } = {},
) {
  const { user = service.accountSid, password = service.authToken, ...hosts } = options;
  const http = new LocalClient(service.url);
  const client = twilio(user, password, { accountSid: service.accountSid, httpClient: http, ...hosts });
  return { client, answers: http.answers };
}
