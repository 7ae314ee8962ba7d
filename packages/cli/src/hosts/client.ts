/** The way to the owner's part of a host that runs: `/admin`, with its token. */
import type { Arguments } from '../arguments.js';
import { UsageError } from '../errors.js';
import type { Io } from '../system/io.js';
import { within } from '../system/within.js';
import { readToken } from './token.js';

const DEFAULT_URL = 'http://127.0.0.1:3000/';
/** Of one request: `/admin` answers from memory. */
const TIMEOUT_MS = 10_000;
/** Answers of a host that are no faults of the command: what is asked for is not there, or has ended. */
const TOLD = [404, 409];

export type JsonRecord = Readonly<Record<string, unknown>>;

export interface HostAnswer {
  readonly status: number;
  readonly body: JsonRecord;
}

/** Asks a host. */
export interface HostClient {
  /** Where it is. */
  readonly url: string;
  /** `path` begins after `/admin/`. Without a limit of time where the answer waits for the end of a run. */
  ask(method: 'GET' | 'POST', path: readonly string[], request?: HostQuestion): Promise<HostAnswer>;
}

export interface HostQuestion {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Default 10 seconds. */
  readonly timeoutMs?: number;
}

/** @throws UsageError `host-option`, `serve-option`; when it is asked `host-unreachable`, `host-refused`. */
export function hostClient(args: Arguments, io: Io): HostClient {
  const url = readUrl(args.value('url') ?? io.env.FLOWDECK_URL ?? DEFAULT_URL);
  const token = readToken(args, io);
  if (token === null) {
    throw new UsageError('host-option', 'The admin token of the host is missing.', {
      hint: 'Set FLOWDECK_ADMIN_TOKEN, or give --admin-token-file: the one that "flowdeck serve" was started with.',
    });
  }
  const authorization = `Bearer ${token}`;
  return {
    url: url.href,
    async ask(method, path, { query = {}, body, timeoutMs = TIMEOUT_MS } = {}) {
      const address = new URL(`admin/${path.map(encodeURIComponent).join('/')}`, url);
      for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
      return within(io.signal, timeoutMs, async (signal) => {
        const response = await fetch(address, {
          method,
          redirect: 'manual',
          headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal,
        }).catch((error: unknown) => {
          throw unreachable(url, error);
        });
        return readAnswer(response, url);
      });
    },
  };
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text.endsWith('/') ? text : `${text}/`) : null;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new UsageError('host-option', `${JSON.stringify(text)} is no URL of a host.`, {
    hint: `Write it whole, such as ${DEFAULT_URL}`,
  });
}

async function readAnswer(response: Response, url: URL): Promise<HostAnswer> {
  const { status } = response;
  const body: unknown = await response.json().catch(() => null);
  const record: JsonRecord | null = typeof body === 'object' && body !== null ? { ...body } : null;
  if (record !== null && (response.ok || TOLD.includes(status))) return { status, body: record };
  const said = typeof record?.['message'] === 'string' ? record['message'] : `it answered ${status}`;
  const hint =
    status === 401
      ? 'The token is not the one of this host, or its /admin is closed.'
      : typeof record?.['hint'] === 'string'
        ? record['hint']
        : 'Is it "flowdeck serve" that listens there?';
  throw new UsageError('host-refused', `The host at ${url.href} refuses: ${said}`, { hint });
}

function unreachable(url: URL, error: unknown): UsageError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? ('code' in cause ? `${cause.code}` : cause.message) : String(cause);
  return new UsageError('host-unreachable', `No host answers at ${url.href}: ${reason}.`, {
    hint: 'Start one with "flowdeck serve", or say where it is with --url or FLOWDECK_URL.',
    cause: error,
  });
}
