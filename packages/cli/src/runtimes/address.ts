/** Addresses of runtimes that are URLs. */
import { UsageError } from '../errors.js';

/** @throws UsageError `runtime-option`. */
export function readAddress(address: string, example: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url !== null) return url;
  throw faultyAddress('The address that --runtime gives cannot be read', example);
}

/** The address itself is not shown: it may hold a password. */
export function faultyAddress(what: string, example: string): UsageError {
  return new UsageError('runtime-option', `${what}.`, { hint: `Write it as ${example}.` });
}
