/** API keys of the later API on `iam.twilio.com`, which also makes Restricted keys. */

import { Refusal } from '../wire/errors.js';
import { required } from '../wire/parameters.js';
import { type Call, metaListReply, named, type Reply } from '../world.js';
import { type ApiKey, keyResource, newKey } from './key.js';

/** `GET /v1/Keys?AccountSid=…` */
export function listIamKeys(call: Call): Reply {
  checkAccount(call, required(call.query, 'AccountSid'));
  const show = (key: ApiKey) => ({ ...keyResource(key), flags: key.kind === 'restricted' ? ['restricted'] : [] });
  return metaListReply(call, 'keys', { shelf: call.account.keys, show });
}

/** `POST /v1/Keys`: Standard, or Restricted with a `Policy`; the secret is in this answer only. */
export function createIamKey(call: Call): Reply {
  const { account, form, world } = call;
  checkAccount(call, required(form, 'AccountSid'));
  const type = form.get('KeyType') ?? '';
  if (!['', 'restricted'].includes(type)) throw new Refusal(20001, { what: 'KeyType must be restricted' });
  const policy = policyOf(form);
  if ((type === 'restricted') !== (policy !== undefined)) {
    throw new Refusal(20001, { what: 'KeyType=restricted and Policy go together' });
  }
  const kind = type === 'restricted' ? 'restricted' : 'standard';
  const key = newKey(world.sids.next('SK'), kind, form.get('FriendlyName') ?? '', world.clock());
  key.policy = policy ?? null;
  account.keys.add(key);
  return { status: 201, fields: { ...iamResource(key), secret: key.secret } };
}

/** `GET /v1/Keys/{SK…}` */
export function fetchIamKey(call: Call): Reply {
  return { status: 200, fields: iamResource(named(call, call.account.keys)) };
}

/** `POST /v1/Keys/{SK…}`: a name, and the policy of a Restricted key. */
export function updateIamKey(call: Call): Reply {
  const key = named(call, call.account.keys);
  const policy = policyOf(call.form);
  if (policy !== undefined && key.kind !== 'restricted') {
    throw new Refusal(20001, { what: 'only a restricted key has a Policy' });
  }
  key.friendlyName = call.form.get('FriendlyName') ?? key.friendlyName;
  key.policy = policy ?? key.policy;
  key.updatedAt = call.world.clock();
  return { status: 200, fields: iamResource(key) };
}

/** `DELETE /v1/Keys/{SK…}` */
export function deleteIamKey(call: Call): Reply {
  call.account.keys.delete(named(call, call.account.keys).sid);
  return { status: 204 };
}

function checkAccount(call: Call, sid: string): void {
  if (sid !== call.principal.accountSid) throw new Refusal(20003);
}

function policyOf(form: URLSearchParams): ApiKey['policy'] | undefined {
  const text = form.get('Policy');
  if (text === null || text === '') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (isAllowing(value)) return { allow: value.allow };
  } catch {
    // Told below, with every other wrong policy.
  }
  throw new Refusal(20001, { what: 'Policy must be a JSON object with a list "allow" of 1 to 100 permissions' });
}

function isAllowing(value: unknown): value is { allow: readonly string[] } {
  if (typeof value !== 'object' || value === null || !('allow' in value)) return false;
  const { allow } = value;
  if (!Array.isArray(allow) || allow.length === 0 || allow.length > 100) return false;
  return allow.every((permission) => typeof permission === 'string' && permission.startsWith('/twilio/'));
}

function iamResource(key: ApiKey): Record<string, unknown> {
  return { ...keyResource(key), policy: key.policy };
}
