/** Calls the webhooks that a test registered: signed, with the vendor's parameters, and on loopback only. */

import { request } from 'node:http';
import { signForm } from './signature.js';
import { isLoopbackUrl } from './urls.js';

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 65_536;

export interface Webhook {
  /** As registered; a fragment is neither sent nor signed. */
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly parameters: URLSearchParams;
  readonly authToken: string;
  /** The same for every retry of one delivery. */
  readonly idempotencyToken: string;
  readonly signal: AbortSignal;
}

/** What became of one webhook call. */
export interface Delivery {
  /** As sent: with the parameters in the query for GET, without the fragment. */
  readonly url: string;
  /** As the webhook is set up. Default of the service: `POST`. */
  readonly method: 'GET' | 'POST';
  /** What was sent, by name: in the query for GET, as a form for POST. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The `X-Twilio-Signature` that was sent. */
  readonly signature: string;
  /** Null when there was no answer; then `problem` says why. */
  readonly status: number | null;
  /** Of the answer; empty text without one. */
  readonly contentType: string;
  /** Of the answer; empty text without one. */
  readonly body: string;
  /** Why there was no usable answer. Null: there was one. */
  readonly problem: string | null;
}

/** Calls a webhook once and reports what happened. Never rejects: a dead webhook is a result, not an error. */
export async function deliver(webhook: Webhook): Promise<Delivery> {
  const { authToken, method, parameters } = webhook;
  const bare = webhook.url.split('#', 1)[0] ?? '';
  const url = method === 'GET' ? `${bare}${bare.includes('?') ? '&' : '?'}${parameters}` : bare;
  const signature = signForm(authToken, url, method === 'POST' ? parameters : undefined);
  const sent = { url, method, parameters: Object.fromEntries(parameters), signature };
  if (!isLoopbackUrl(url)) {
    return { ...sent, ...NO_ANSWER, problem: `Not called: only http URLs on 127.0.0.1 are, not ${url}` };
  }
  try {
    return { ...sent, ...(await exchange(webhook, url, signature)), problem: null };
  } catch (error) {
    return { ...sent, ...NO_ANSWER, problem: error instanceof Error ? error.message : String(error) };
  }
}

const NO_ANSWER = { status: null, contentType: '', body: '' };

interface WebhookAnswer {
  status: number | null;
  contentType: string;
  body: string;
}

function exchange(webhook: Webhook, url: string, signature: string): Promise<WebhookAnswer> {
  const body = webhook.method === 'POST' ? webhook.parameters.toString() : undefined;
  return new Promise((resolve, reject) => {
    const call = request(url, {
      // A connection of its own, closed after the answer: the webhook's server can stop at once.
      agent: false,
      method: webhook.method,
      signal: AbortSignal.any([webhook.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      headers: {
        'User-Agent': 'TwilioProxy/1.1',
        Accept: '*/*',
        'X-Twilio-Signature': signature,
        'I-Twilio-Idempotency-Token': webhook.idempotencyToken,
        ...(body === undefined
          ? {}
          : {
              'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8',
              'Content-Length': Buffer.byteLength(body),
            }),
      },
    });
    call.on('error', reject);
    call.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('error', reject);
      response.on('data', (chunk: string) => {
        text = (text + chunk).slice(0, MAX_ANSWER_BYTES);
      });
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? null,
          contentType: response.headers['content-type'] ?? '',
          body: text,
        });
      });
    });
    call.end(body);
  });
}
