/** One content template: the record that the service keeps, and the resource that callers see. */

import type { ContentTemplateSetup } from '../setup.js';
import { iso8601 } from '../wire/dates.js';

/** A content template. */
export interface ContentTemplate {
  /** `HX…` */
  readonly sid: string;
  readonly friendlyName: string;
  readonly language: string;
  /** Defaults of its variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** By content type, such as `twilio/text`. */
  readonly types: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Where WhatsApp's review of it stands. */
  readonly approval: 'approved' | 'unsubmitted' | 'pending' | 'rejected';
  readonly createdAt: number;
}

/** The template of an account's setup, of one text. */
export function templateOf(setup: ContentTemplateSetup, now: number): ContentTemplate {
  return {
    sid: setup.sid,
    friendlyName: setup.friendlyName ?? 'flowdeck_test_template',
    language: 'en',
    variables: setup.variables ?? {},
    types: { 'twilio/text': { body: setup.text } },
    approval: setup.approval ?? 'approved',
    createdAt: now,
  };
}

/** What a message from this template says before its variables are filled in: the first text of its types. */
export function textOf(template: ContentTemplate): string {
  for (const type of Object.values(template.types)) {
    for (const name of ['body', 'title', 'label']) {
      const text = type[name];
      if (typeof text === 'string') return text;
    }
  }
  return '';
}

export function templateResource(
  accountSid: string,
  origin: string,
  template: ContentTemplate,
): Record<string, unknown> {
  const url = `${origin}/v1/Content/${template.sid}`;
  return {
    ...bare(accountSid, template),
    url,
    links: {
      approval_create: `${url}/ApprovalRequests/whatsapp`,
      approval_fetch: `${url}/ApprovalRequests`,
    },
  };
}

/** The resource of the list that has each template with its approval. */
export function templateWithApproval(accountSid: string, template: ContentTemplate): Record<string, unknown> {
  return { ...bare(accountSid, template), approval_requests: approvalOf(template) };
}

/** WhatsApp's side of a template. */
export function approvalOf(template: ContentTemplate): Record<string, unknown> {
  return {
    type: 'whatsapp',
    name: template.friendlyName,
    category: 'UTILITY',
    content_type: Object.keys(template.types)[0] ?? '',
    status: template.approval,
    rejection_reason: template.approval === 'rejected' ? 'INVALID_FORMAT' : '',
    allow_category_change: true,
  };
}

function bare(accountSid: string, template: ContentTemplate): Record<string, unknown> {
  return {
    date_created: iso8601(template.createdAt),
    date_updated: iso8601(template.createdAt),
    sid: template.sid,
    account_sid: accountSid,
    friendly_name: template.friendlyName,
    language: template.language,
    variables: template.variables,
    types: template.types,
  };
}
