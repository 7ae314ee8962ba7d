/** Calls the webhooks that a test registered: signed, with the vendor's parameters, and on loopback only. */

import { request } from 'node:http';
import { signBody, signForm } from './signature.js';
import { isLoopbackUrl } from './urls.js';

const TIMEOUT_MS = 15_000;
const MAX_ANSWER_BYTES = 65_536;

export interface Webhook {
  /** As registered; a fragment is neither sent nor signed. */
  readonly url: string;
  readonly method: 'GET' | 'POST';
  /** A form, or the query for GET; text is sent as JSON, by POST. */
  readonly content: URLSearchParams | string;
  readonly authToken: string;
  /** `RQ…`: the same for every retry of one delivery. */
  readonly token: string;
  readonly signal: AbortSignal;
}

/** What became of one webhook call. */
export interface Delivery {
  /** As sent: with the parameters in the query for GET, without the fragment. */
  readonly url: string;
  /** As the webhook is set up. Default of the service: `POST`. */
  readonly method: 'GET' | 'POST';
  /** What was sent, by name: in the query for GET, as a form for POST. Empty for JSON. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What was sent as JSON. Null: a form. */
  readonly json: string | null;
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
  const { content, method } = webhook;
  const { url, signature } = signed(webhook);
  const sent =
    typeof content === 'string'
      ? { url, method, parameters: {}, json: content, signature }
      : { url, method, parameters: Object.fromEntries(content), json: null, signature };
  if (!isLoopbackUrl(url)) {
    return { ...sent, ...NO_ANSWER, problem: `Not called: only http URLs on 127.0.0.1 are, not ${url}` };
  }
  try {
    return { ...sent, ...(await exchange(webhook, url, signature)), problem: null };
  } catch (error) {
    return { ...sent, ...NO_ANSWER, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** The URL that is called, and what signs it. */
function signed({ authToken, content, method, url }: Webhook): { readonly url: string; readonly signature: string } {
  if (typeof content === 'string') return signBody(authToken, url, content);
  const bare = url.split('#', 1)[0] ?? '';
  const called = method === 'GET' ? `${bare}${bare.includes('?') ? '&' : '?'}${content}` : bare;
  return { url: called, signature: signForm(authToken, called, method === 'POST' ? content : undefined) };
}

const NO_ANSWER = { status: null, contentType: '', body: '' };

interface WebhookAnswer {
  status: number | null;
  contentType: string;
  body: string;
}

function exchange(webhook: Webhook, url: string, signature: string): Promise<WebhookAnswer> {
  const body = webhook.method === 'POST' ? webhook.content.toString() : undefined;
  const form = typeof webhook.content !== 'string';
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
        'I-Twilio-Idempotency-Token': webhook.token.slice(2),
        ...(body === undefined
          ? {}
          : {
              'Content-Type': form ? 'application/x-www-form-urlencoded; charset=UTF-8' : 'application/json',
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
