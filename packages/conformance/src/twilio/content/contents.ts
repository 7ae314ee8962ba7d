/** Content templates: list, create from JSON, fetch, delete, and where their approval stands. */

import { Refusal } from '../wire/errors.js';
import { isJsonObject } from '../wire/form.js';
import { type Call, metaListReply, named, type Reply } from '../world.js';
import { approvalOf, type ContentTemplate, templateResource, templateWithApproval } from './template.js';

/** `GET /v1/Content` */
export function listContents(call: Call): Reply {
  const { account, origin, principal } = call;
  return metaListReply(call, 'contents', {
    shelf: account.templates,
    show: (template) => templateResource(principal.accountSid, origin, template),
  });
}

/** `GET /v1/ContentAndApprovals` */
export function listContentsWithApprovals(call: Call): Reply {
  const { account, principal } = call;
  return metaListReply(call, 'contents', {
    shelf: account.templates,
    show: (template) => templateWithApproval(principal.accountSid, template),
  });
}

/** `POST /v1/Content` with a JSON body. The first one of a template is not submitted for approval. */
export function createContent(call: Call): Reply {
  const { account, json, origin, principal, world } = call;
  if (!isJsonObject(json)) throw new Refusal(20001, { what: 'the body must be a JSON object' });
  const { friendly_name: name = '', language, variables = {}, types } = json;
  if (typeof language !== 'string' || language === '') throw new Refusal(20001, { what: 'language is required' });
  if (typeof name !== 'string') throw new Refusal(20001, { what: 'friendly_name must be a text' });
  if (!isTexts(variables)) throw new Refusal(20001, { what: 'variables must be texts by name' });
  if (!isTypes(types)) throw new Refusal(20001, { what: 'types must be one content or more by type' });
  const template: ContentTemplate = {
    sid: world.sids.next('HX'),
    friendlyName: name,
    language,
    variables,
    types,
    approval: 'unsubmitted',
    createdAt: world.clock(),
  };
  account.templates.add(template);
  return { status: 201, fields: templateResource(principal.accountSid, origin, template) };
}

/** `GET /v1/Content/{HX…}` */
export function fetchContent(call: Call): Reply {
  const template = named(call, call.account.templates);
  return { status: 200, fields: templateResource(call.principal.accountSid, call.origin, template) };
}

/** `DELETE /v1/Content/{HX…}` */
export function deleteContent(call: Call): Reply {
  call.account.templates.delete(named(call, call.account.templates).sid);
  return { status: 204 };
}

/** `GET /v1/Content/{HX…}/ApprovalRequests` */
export function fetchApproval(call: Call): Reply {
  const template = named(call, call.account.templates);
  const { origin, principal } = call;
  return {
    status: 200,
    fields: {
      sid: template.sid,
      account_sid: principal.accountSid,
      whatsapp: approvalOf(template),
      url: `${origin}/v1/Content/${template.sid}/ApprovalRequests`,
    },
  };
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isJsonObject(value) && Object.values(value).every((text) => typeof text === 'string');
}

function isTypes(value: unknown): value is ContentTemplate['types'] {
  if (!isJsonObject(value)) return false;
  const types = Object.entries(value);
  return (
    types.length > 0 && types.every(([name, type]) => /^(twilio|whatsapp)\/[a-z-]+$/.test(name) && isJsonObject(type))
  );
}
