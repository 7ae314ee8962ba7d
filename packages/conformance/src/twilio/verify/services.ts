/** Verify services: list, create, fetch. */

import { Refusal } from '../wire/errors.js';
import { readParameters, required } from '../wire/parameters.js';
import { type Call, metaListReply, named, type Reply } from '../world.js';
import {
  VERIFY_SERVICE_PARAMETERS,
  type VerifyService,
  verifyServiceResource,
  verifyServiceValues,
} from './service.js';

/** `GET /v2/Services` */
export function listVerifyServices(call: Call): Reply {
  const { account, origin, principal } = call;
  return metaListReply(call, 'services', {
    shelf: account.verifyServices,
    show: (service) => verifyServiceResource(principal.accountSid, origin, service),
  });
}

/** `POST /v2/Services`: a name without a row of digits, and codes of 4 to 10 digits. */
export function createVerifyService(call: Call): Reply {
  const { account, form, world } = call;
  const name = required(form, 'FriendlyName');
  if (name.length > 30 || /\d{5}/.test(name)) throw new Refusal(60200, { what: 'FriendlyName' });
  const values = { ...verifyServiceValues(name), ...readParameters(form, VERIFY_SERVICE_PARAMETERS) };
  if (values.CodeLength < 4 || values.CodeLength > 10) throw new Refusal(60200, { what: 'CodeLength' });
  const service: VerifyService = {
    sid: world.sids.next('VA'),
    createdAt: world.clock(),
    values,
    whatsapp: { serviceSid: form.get('Whatsapp.MsgServiceSid') ?? '', from: form.get('Whatsapp.From') ?? '' },
  };
  account.verifyServices.add(service);
  return { status: 201, fields: verifyServiceResource(call.principal.accountSid, call.origin, service) };
}

/** `GET /v2/Services/{VA…}` */
export function fetchVerifyService(call: Call): Reply {
  const service = named(call, call.account.verifyServices);
  return { status: 200, fields: verifyServiceResource(call.principal.accountSid, call.origin, service) };
}
