/** The text of a new message: its Body, or a content template filled in. */

import type { Account } from '../accounts.js';
import { type ContentTemplate, textOf } from '../content/template.js';
import { Refusal } from '../wire/errors.js';

const MAX_BODY = 1600;
const MAX_VARIABLES = 100;

/**
 * Gives the text to send. A template wins over a Body.
 *
 * @throws Refusal 21617 (over 1600 characters), 21654, 21655, 21656 (content parameters)
 */
export function messageText(account: Account, form: URLSearchParams): string {
  const contentSid = form.get('ContentSid') ?? '';
  const variables = form.get('ContentVariables') ?? '';
  if (contentSid === '' && variables !== '') throw new Refusal(21654);
  const text =
    contentSid === '' ? (form.get('Body') ?? '') : fillTemplate(findTemplate(account, contentSid), variables);
  if (text.length > MAX_BODY) throw new Refusal(21617);
  return text;
}

function findTemplate(account: Account, sid: string): ContentTemplate {
  const template = account.templates.get(sid);
  if (!template) throw new Refusal(21655, { content: sid });
  return template;
}

function fillTemplate(template: ContentTemplate, variables: string): string {
  const values = { ...template.variables, ...parseVariables(variables) };
  return textOf(template).replace(/\{\{(\w+)\}\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

function parseVariables(text: string): Record<string, unknown> {
  if (text === '') return {};
  const value = jsonOrNothing(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refusal(21656);
  const entries = Object.entries(value);
  if (entries.length > MAX_VARIABLES || entries.some(([, member]) => typeof member === 'object')) {
    throw new Refusal(21656);
  }
  return Object.fromEntries(entries);
}

function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
