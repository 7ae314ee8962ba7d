/** The proof `twilio.signature`: that a webhook comes from Twilio, by the header X-Twilio-Signature and the account's Auth Token. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'node:querystring';
import type { DeliveryProofFunction } from '@flowdeck/connect/node';

/** Algorithms that the header X-Twilio-Webhooks-Signature-Settings may name; without it the first. */
const HASHES: ReadonlyMap<string, string> = new Map([
  ['HMAC_SHA1', 'sha1'],
  ['HMAC_SHA256', 'sha256'],
]);

/**
 * True when Twilio has signed the delivery with one of the secrets. A form is signed with its parameters; of any other body
 * the URL holds the hash (`bodySHA256`), and the signature covers that URL. Ports that go without saying may stand in it or not.
 *
 * @example
 * isTwilioSigned({ method: 'POST', url, headers, body, secrets: [Buffer.from(authToken)] });
 */
export const isTwilioSigned: DeliveryProofFunction = ({ url, headers, body, secrets }) => {
  const given = headers['x-twilio-signature'];
  const hash = hashOf(headers['x-twilio-webhooks-signature-settings'] ?? '');
  if (given === undefined || given === '' || hash === null) return false;
  const bare = url.split('#', 1)[0] ?? '';
  const isHashed = /[?&]bodySHA256=/.test(bare);
  if (isHashed && !hashesTo(bare, body)) return false;
  const parameters = isHashed ? '' : parametersText(headers['content-type'] ?? '', body);
  if (parameters === null) return false;
  let isSigned = false;
  // All of them, so that the time does not tell which one holds.
  for (const secret of secrets)
    for (const signed of spellingsOf(bare)) {
      const mac = createHmac(hash, secret).update(signed).update(parameters).digest('base64');
      isSigned = isSame(given, mac) || isSigned;
    }
  return isSigned;
};

function hashOf(settings: string): string | null {
  const named = settings
    .split(',')
    .map((part) => part.trim().split('=', 2))
    .find(([name, value]) => name === 'algorithm' && value);
  return HASHES.get((named?.[1] ?? 'HMAC_SHA1').toUpperCase()) ?? null;
}

/** The hash stands in small letters, and is of the bytes as they came. */
function hashesTo(url: string, body: Uint8Array): boolean {
  const query = url.slice(url.indexOf('?') + 1);
  const given = new URLSearchParams(query).getAll('bodySHA256');
  // Two of them: which one counts is for nobody to choose.
  return given.length === 1 && isSame(given[0] ?? '', createHash('sha256').update(body).digest('hex'));
}

/** Names in the order of their code units, each with its different values in theirs. Null: a body that nothing signs. */
function parametersText(type: string, body: Uint8Array): string | null {
  if (body.length === 0) return '';
  if (type.split(';', 1)[0]?.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return null;
  const form = new URLSearchParams(new TextDecoder('utf-8', { ignoreBOM: true }).decode(body));
  return [...new Set(form.keys())]
    .sort()
    .flatMap((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value))
    .join('');
}

/** The URL as Twilio may have signed it: with and without the port that its scheme has, as it came and as browsers write it. */
function spellingsOf(url: string): ReadonlySet<string> {
  const written = URL.canParse(url) ? new URL(url).href : url;
  return new Set([url, written].flatMap((each) => [...ports(each), ...ports(reencoded(each))]));
}

function ports(url: string): readonly string[] {
  const [head, scheme = '', user = '', host = '', port] =
    /^([a-z]+:\/\/)([^/?#]*@)?([^/?#]*?)(:\d*)?(?=[/?#]|$)/i.exec(url) ?? [];
  if (head === undefined) return [url];
  const rest = url.slice(head.length);
  const usual = scheme.toLowerCase() === 'https://' ? ':443' : ':80';
  return [scheme + user + host + rest, scheme + user + host + (port ?? usual) + rest];
}

/** Some senders sign the query as it is after reading and writing it. */
function reencoded(url: string): string {
  const start = url.indexOf('?');
  return start === -1 || start === url.length - 1
    ? url
    : `${url.slice(0, start)}?${stringify(parse(url.slice(start + 1)))}`;
}

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
