/** `flowdeck connection login NAME`: through the browser to a new token. */
import type { PendingLogin, StoredConnection, TokenAnswer } from '@flowdeck/connect';
import type { HttpPort } from '@flowdeck/engine';
import { type AuthMethod, authMethodOf, type OAuthGrant } from '@flowdeck/engine/kit';
import type { DiskConnections } from '@flowdeck/host';
import type { Arguments } from '../arguments.js';
import { UsageError } from '../errors.js';
import { readPort } from '../run/port.js';
import { readSeconds } from '../run/seconds.js';
import { openBrowser } from '../system/browser.js';
import type { Io } from '../system/io.js';
import { quickClock } from '../system/ports.js';
import { type Session, storedConnection, withSession } from './session.js';
import { tellPing } from './told.js';

export async function loginConnection(name: string, store: DiskConnections, args: Arguments, io: Io): Promise<number> {
  const known = await storedConnection(name, store);
  return withSession(known.connector, store, args, io, async (session) => {
    const connection = await getToken(known, session, args, io);
    const asked = await session.ping(connection);
    const kept = asked.verdict.answer !== 'refused';
    // Kept under the lock: a renewal of the old grant that is under way must not come after it.
    if (kept) await store.exclusive(name, () => store.write(connection));
    return tellPing(asked, { connector: connection.connector, path: name, more: { kept } }, args, io);
  });
}

/**
 * The connection with a new token: by its own client, or by a person's agreement.
 *
 * @throws UsageError `login-method` (nothing to log in to), `login-refused`, `login-unclear`, `login-option`, `login-answer`.
 */
export async function getToken(
  connection: StoredConnection,
  session: Session,
  args: Arguments,
  io: Io,
): Promise<StoredConnection> {
  const { askAsClient } = await import('@flowdeck/connect');
  const method = methodOf(connection, session);
  const values = { ...connection.config, ...connection.parameters, ...connection.auth };
  const clock = quickClock();
  const request = { method, values, http: impatient(session.http, args, io), clock };
  const answer =
    method.oauth.grant === 'clientCredentials'
      ? await askAsClient(request)
      : await agreeing(request, clock.now(), args, io);
  if (answer.kind === 'unsettled') {
    throw new UsageError(
      'login-unclear',
      `Nobody can tell now whether "${connection.name}" may log in. ${answer.reason}`,
      {
        hint: 'Try again later. Nothing was changed.',
      },
    );
  }
  if (answer.kind !== 'granted') {
    throw new UsageError('login-refused', `There is no token for "${connection.name}". ${answer.reason}`, {
      hint: 'Check client_id, client_secret and the redirect URI that the service knows. Nothing was changed.',
    });
  }
  const now = clock.now();
  return {
    ...connection,
    auth: { ...connection.auth, ...answer.token.auth },
    state: 'ready',
    reason: null,
    expiresAt: answer.token.expiresAt,
    renewingSince: null,
    changedAt: now,
  };
}

/** A server that does not answer keeps nobody waiting for longer than --timeout says. */
function impatient(http: HttpPort, args: Arguments, io: Io): HttpPort {
  const timeoutMs = readSeconds(args.value('timeout'));
  const most = timeoutMs === undefined ? {} : { timeoutMs };
  return { request: (request) => http.request({ signal: io.signal, ...request, ...most }) };
}

type OAuthMethod = AuthMethod & { readonly oauth: OAuthGrant };

function methodOf({ connector, method, name }: StoredConnection, { manifest }: Session): OAuthMethod {
  const found = authMethodOf(manifest(connector), method);
  if (found?.oauth !== undefined) return { ...found, oauth: found.oauth };
  throw new UsageError(
    'login-method',
    `The connection "${name}" has nothing to log in to: its method gets no tokens.`,
    {
      hint: 'Delete it and make it again with other credentials.',
    },
  );
}

async function agreeing(
  request: Parameters<typeof import('@flowdeck/connect').askWithCode>[0],
  now: number,
  args: Arguments,
  io: Io,
): Promise<TokenAnswer> {
  const { askWithCode, beginLogin } = await import('@flowdeck/connect');
  const begin = (redirectUri: string) => beginLogin(request.method.oauth, request.values, redirectUri, now);
  const { pending, answered } = args.has('paste')
    ? await pasted(begin(args.value('redirect-uri') ?? 'http://127.0.0.1/callback'), io)
    : await throughBrowser(begin, args, io);
  return askWithCode(request, { ...pending, answered });
}

interface Agreement {
  readonly pending: PendingLogin;
  readonly answered: URL;
}

async function throughBrowser(
  begin: (redirectUri: string) => Promise<PendingLogin>,
  args: Arguments,
  io: Io,
): Promise<Agreement> {
  const { loopbackCallback } = await import('@flowdeck/connect/node');
  const wanted = args.value('port');
  const port = wanted === undefined ? undefined : readPort(wanted, 'login-option');
  const callback = await loopbackCallback({ ...(port === undefined ? {} : { port }), signal: io.signal });
  try {
    const pending = await begin(callback.redirectUri);
    io.stderr.write(`Log in here, if the browser does not open by itself:\n  ${pending.url}\n`);
    openBrowser(pending.url, io.env);
    return { pending, answered: await callback.answered };
  } finally {
    await callback.close();
  }
}

/** For machines without a browser: the address is opened elsewhere, and the one that it leads to comes back as text. */
async function pasted(begun: Promise<PendingLogin>, io: Io): Promise<Agreement> {
  const pending = await begun;
  io.stderr.write(
    `Open this address anywhere:\n  ${pending.url}\nThen paste the whole address that you were sent to, and end with Ctrl-D:\n`,
  );
  const text = new TextDecoder().decode(await io.stdin(64 * 1024)).trim();
  if (!URL.canParse(text)) {
    throw new UsageError('login-answer', 'What was pasted is no address.', {
      hint: 'Copy the whole address line of the browser, from http on.',
    });
  }
  return { pending, answered: new URL(text) };
}
