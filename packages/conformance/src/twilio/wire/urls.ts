/** URLs that callers name: which ones are URLs, and which ones this service will call. */

/** True for an absolute http or https URL with a host. */
export function isWebUrl(text: string): boolean {
  return /^https?:\/\/[^/]/i.test(text) && URL.canParse(text);
}

/** True for a plain http URL on this machine. Nothing else is ever called, whatever a test registers. */
export function isLoopbackUrl(text: string): boolean {
  if (!isWebUrl(text)) return false;
  const { hostname, protocol } = new URL(text);
  return protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
}
