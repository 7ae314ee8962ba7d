/** API keys: list, fetch, create, rename, delete. Deleting one is the only revocation there is. */

import type { ApiKey } from './accounts.js';
import { rfc2822 } from './wire/dates.js';
import { Refusal } from './wire/errors.js';
import { pageOf } from './wire/paging.js';
import type { Call, Reply } from './world.js';

/** `GET …/Keys` */
export function listKeys(call: Call): Reply {
  const { account, path, query, world } = call;
  const page = { path, query, key: 'keys', sids: world.sids };
  return { status: 200, element: 'Keys', fields: pageOf(account.keys.values(), page, keyResource) };
}

/** `POST …/Keys` makes a Standard key; its secret is in this answer only. */
export function createKey(call: Call): Reply {
  const { account, form, world } = call;
  const now = world.clock();
  const sid = world.sids.next('SK');
  const secret = `fake-secret-${sid.slice(2, 22)}`;
  const friendlyName = form.get('FriendlyName') ?? '';
  const key: ApiKey = { sid, secret, kind: 'standard', friendlyName, createdAt: now, updatedAt: now };
  account.keys.set(sid, key);
  return { status: 201, element: 'Key', fields: { ...keyResource(key), secret } };
}

/** `GET …/Keys/{SK…}` */
export function fetchKey(call: Call): Reply {
  return { status: 200, element: 'Key', fields: keyResource(findKey(call)) };
}

/** `POST …/Keys/{SK…}` */
export function updateKey(call: Call): Reply {
  const key = findKey(call);
  key.friendlyName = call.form.get('FriendlyName') ?? key.friendlyName;
  key.updatedAt = call.world.clock();
  return { status: 200, element: 'Key', fields: keyResource(key) };
}

/** `DELETE …/Keys/{SK…}`: the key's next request is refused. */
export function deleteKey(call: Call): Reply {
  call.account.keys.delete(findKey(call).sid);
  return { status: 204 };
}

function findKey(call: Call): ApiKey {
  const key = call.account.keys.get(call.params['KeySid'] ?? '');
  if (!key) throw new Refusal(20404, { path: call.path });
  return key;
}

function keyResource(key: ApiKey): Record<string, unknown> {
  return {
    sid: key.sid,
    friendly_name: key.friendlyName,
    date_created: rfc2822(key.createdAt),
    date_updated: rfc2822(key.updatedAt),
  };
}
