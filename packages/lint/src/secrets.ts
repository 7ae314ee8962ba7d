/** What secrets look like. */

/** Forms that services give their keys, so that scanners find them. Repetitions are bounded: a text may be written to make them slow. */
const FORMS: readonly { readonly pattern: RegExp; readonly kind: string }[] = [
  { pattern: /-----BEGIN (?:[A-Z]{2,10} ){0,3}PRIVATE KEY-----/, kind: 'a private key' },
  { pattern: /\beyJ[A-Za-z0-9_-]{8,4000}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8}/, kind: 'a JSON Web Token' },
  { pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, kind: 'an AWS access key' },
  { pattern: /\bgh[pousr]_[A-Za-z0-9]{36}/, kind: 'a GitHub token' },
  { pattern: /\bgithub_pat_[A-Za-z0-9_]{22,}/, kind: 'a GitHub token' },
  { pattern: /\bglpat-[A-Za-z0-9_-]{20}/, kind: 'a GitLab token' },
  { pattern: /\bxox[abposr]-[A-Za-z0-9-]{10}/, kind: 'a Slack token' },
  {
    pattern: /hooks\.slack\.com\/services\/T[A-Z0-9]{6,20}\/B[A-Z0-9]{6,20}\/[A-Za-z0-9]{16}/,
    kind: 'a Slack webhook address',
  },
  { pattern: /\bAIza[A-Za-z0-9_-]{35}/, kind: 'a Google API key' },
  { pattern: /\b[rs]k_live_[A-Za-z0-9]{16}/, kind: 'a Stripe key' },
  { pattern: /\bSG\.[A-Za-z0-9_-]{16,64}\.[A-Za-z0-9_-]{16}/, kind: 'a SendGrid key' },
  { pattern: /\bSSWS\s{1,4}00[A-Za-z0-9_-]{38}/, kind: 'an Okta API token' },
  { pattern: /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32}/, kind: 'an API key' },
];

/** Credentials inside a text: group 1 is the part that has to look random. */
const CARRIERS: readonly { readonly pattern: RegExp; readonly kind: string }[] = [
  { pattern: /\bhttps?:\/\/[^\s/:@]{1,256}:([^\s/@]{1,256})@/i, kind: 'a password in a URL' },
  { pattern: /^Bearer\s+(\S{16,})$/i, kind: 'a bearer token' },
  { pattern: /^Basic\s+([A-Za-z0-9+/]{12,}={0,2})$/i, kind: 'a user name and password' },
];

const NAMES: ReadonlySet<string> = new Set([
  'accesskey',
  'accesstoken',
  'apikey',
  'apisecret',
  'apitoken',
  'authorization',
  'authtoken',
  'bearertoken',
  'clientsecret',
  'passphrase',
  'passwd',
  'password',
  'privatekey',
  'pwd',
  'refreshtoken',
  'secret',
  'secretkey',
  'xapikey',
]);

/** Longer texts are not looked through in full: a secret stands at the start of a field, or is one. */
const MAX_LENGTH = 100_000;
const MIN_LENGTH = 8;
const MADE_UP =
  /\{\{|\$\{|[<>]|\*{3}|x{4}|\.{3}|…|example|placeholder|change.?me|your|dummy|sample|redacted|insert|todo/i;

/** What kind of secret the text holds, by its form, or null. */
export function secretKind(text: string): string | null {
  const looked = text.slice(0, MAX_LENGTH);
  for (const { pattern, kind } of FORMS) {
    const [found] = pattern.exec(looked) ?? [];
    if (found !== undefined && !MADE_UP.test(found)) return kind;
  }
  for (const { pattern, kind } of CARRIERS) if (looksRandom(pattern.exec(looked.trim())?.[1] ?? '')) return kind;
  return null;
}

/** True for names of fields that hold secrets, such as `client_secret` and `X-API-Key`. */
export function isSecretName(name: string): boolean {
  const last = name.slice(name.lastIndexOf('/') + 1);
  return NAMES.has(last.toLowerCase().replace(/[^a-z0-9]/g, ''));
}

/** True for a text that is more likely a secret than a word, a sentence or a placeholder. */
export function looksRandom(text: string): boolean {
  if (text.length < MIN_LENGTH || /\s/.test(text) || MADE_UP.test(text)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(text)).length;
  return kinds >= 2 && (/[0-9]/.test(text) || kinds >= 3);
}
