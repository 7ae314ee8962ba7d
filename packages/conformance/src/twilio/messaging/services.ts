/** Messaging Services: list, create, fetch, change, delete. */

import { readParameters, required } from '../wire/parameters.js';
import { type Call, metaListReply, named, type Reply } from '../world.js';
import { type MessagingService, newService, SERVICE_PARAMETERS, serviceResource } from './service.js';

/** `GET /v1/Services` */
export function listServices(call: Call): Reply {
  return metaListReply(call, 'services', {
    shelf: call.account.services,
    show: (service) => shownService(call, service),
  });
}

/** `POST /v1/Services`: a name is all it needs. */
export function createService(call: Call): Reply {
  const { account, form, world } = call;
  const name = required(form, 'FriendlyName');
  const values = readParameters(form, SERVICE_PARAMETERS);
  const service = newService(world.sids.next('MG'), name, world.clock());
  Object.assign(service.values, values);
  account.services.add(service);
  return { status: 201, fields: shownService(call, service) };
}

/** `GET /v1/Services/{MG…}` */
export function fetchService(call: Call): Reply {
  return { status: 200, fields: shownService(call, named(call, call.account.services)) };
}

/** `POST /v1/Services/{MG…}`: sets what is given, leaves the rest. An empty `InboundRequestUrl` drops what comes in. */
export function updateService(call: Call): Reply {
  const service = named(call, call.account.services);
  Object.assign(service.values, readParameters(call.form, SERVICE_PARAMETERS));
  service.updatedAt = call.world.clock();
  return { status: 200, fields: shownService(call, service) };
}

/** `DELETE /v1/Services/{MG…}`: its senders stay with the account. */
export function deleteService(call: Call): Reply {
  call.account.services.delete(named(call, call.account.services).sid);
  return { status: 204 };
}

function shownService(call: Call, service: MessagingService): Record<string, unknown> {
  return serviceResource(call.principal.accountSid, `${call.origin}/v1/Services/${service.sid}`, service);
}
