/** API keys of the 2010 API: list, fetch, create, rename, delete. Deleting one is the only revocation there is. */

import { type Call, listReply, named, type Reply } from '../world.js';
import { keyResource, newKey } from './key.js';

/** `GET …/Keys` */
export function listKeys(call: Call): Reply {
  return listReply(call, 'Keys', 'keys', { shelf: call.account.keys, show: keyResource });
}

/** `POST …/Keys` makes a Standard key; its secret is in this answer only. */
export function createKey(call: Call): Reply {
  const { account, form, world } = call;
  const key = newKey(world.sids.next('SK'), 'standard', form.get('FriendlyName') ?? '', world.clock());
  account.keys.add(key);
  return { status: 201, element: 'Key', fields: { ...keyResource(key), secret: key.secret } };
}

/** `GET …/Keys/{SK…}` */
export function fetchKey(call: Call): Reply {
  return { status: 200, element: 'Key', fields: keyResource(named(call, call.account.keys)) };
}

/** `POST …/Keys/{SK…}` */
export function updateKey(call: Call): Reply {
  const key = named(call, call.account.keys);
  key.friendlyName = call.form.get('FriendlyName') ?? key.friendlyName;
  key.updatedAt = call.world.clock();
  return { status: 200, element: 'Key', fields: keyResource(key) };
}

/** `DELETE …/Keys/{SK…}`: the key's next request is refused. */
export function deleteKey(call: Call): Reply {
  call.account.keys.delete(named(call, call.account.keys).sid);
  return { status: 204 };
}
