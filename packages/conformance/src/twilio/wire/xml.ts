/** The XML face of the 2010 API, which answers XML unless the path ends in `.json`. */

/** Element of one list entry, by the element of its list. */
const ENTRY_ELEMENTS: Readonly<Record<string, string>> = {
  Accounts: 'Account',
  AvailablePhoneNumbers: 'AvailablePhoneNumber',
  Calls: 'Call',
  Countries: 'Country',
  IncomingPhoneNumbers: 'IncomingPhoneNumber',
  Keys: 'Key',
  MediaList: 'Media',
  Messages: 'Message',
  ShortCodes: 'ShortCode',
  UsageRecords: 'UsageRecord',
};

/**
 * Writes a resource or a list page as XML: snake_case fields become PascalCase elements; the paging fields of
 * a list become attributes without underscores.
 *
 * @example toXml('Message', { sid: 'SM1', body: 'a & b' })
 */
export function toXml(element: string, fields: Readonly<Record<string, unknown>>): string {
  const entry = ENTRY_ELEMENTS[element];
  const inner = entry === undefined ? tag(element, fields) : list(element, entry, fields);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<TwilioResponse>${inner}</TwilioResponse>`;
}

function list(element: string, entry: string, fields: Readonly<Record<string, unknown>>): string {
  const attributes: string[] = [];
  let entries = '';
  for (const [name, value] of Object.entries(fields)) {
    if (Array.isArray(value)) entries = value.map((item) => tag(entry, item)).join('');
    else attributes.push(` ${name.replaceAll('_', '')}="${escapeXml(value ?? '')}"`);
  }
  return `<${element}${attributes.join('')}>${entries}</${element}>`;
}

function tag(name: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return `<${name}/>`;
  if (typeof value !== 'object') return `<${name}>${escapeXml(value)}</${name}>`;
  const inner = Object.entries(value).map(([key, member]) => tag(pascal(key), member));
  return `<${name}>${inner.join('')}</${name}>`;
}

function pascal(name: string): string {
  return name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeXml(value: unknown): string {
  return String(value).replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
