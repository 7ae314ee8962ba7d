/** The token of a host's owner: for the host that asks for it, and for the commands that give it. */
import type { Arguments } from '../arguments.js';
import { UsageError } from '../errors.js';
import type { Io } from '../system/io.js';
import { readFileSync, resolve } from '../system/node.js';

/** A shorter token could be guessed. */
const LEAST_TOKEN = 16;

/** What may stand behind `Bearer` (RFC 6750, section 2.1). */
const AS_BEARER = /^[\w.~+/=-]+$/;

/** From the file of `--admin-token-file`, else from the environment; null when there is neither. @throws UsageError `serve-option`. */
export function readToken(args: Arguments, io: Io): string | null {
  const file = args.value('admin-token-file');
  const from = file === undefined ? 'FLOWDECK_ADMIN_TOKEN' : file;
  let token = io.env.FLOWDECK_ADMIN_TOKEN;
  if (file !== undefined) {
    try {
      token = readFileSync(resolve(io.cwd, file), 'utf8');
    } catch (error) {
      throw new UsageError('serve-option', `The admin token cannot be read: ${reasonOf(error)}`, {
        at: { file },
        hint: 'Give the path of a file that holds the token and nothing else.',
      });
    }
  }
  if (token === undefined) return null;
  const trimmed = token.trim();
  if (trimmed.length >= LEAST_TOKEN && AS_BEARER.test(trimmed)) return trimmed;
  if (trimmed.length >= LEAST_TOKEN) {
    throw new UsageError('serve-option', `The admin token of ${from} has characters that no header carries.`, {
      hint: 'Letters, digits and -._~+/= may stand in it. Make one with: openssl rand -hex 24',
    });
  }
  throw new UsageError('serve-option', `The admin token of ${from} is shorter than ${LEAST_TOKEN} characters.`, {
    hint: 'Make one with: openssl rand -hex 24',
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
