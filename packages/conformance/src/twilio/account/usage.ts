/** Usage records: what messages and calls came to, by category. */

import type { Account } from '../accounts.js';
import { fixedListing } from '../shelf.js';
import { Refusal } from '../wire/errors.js';
import { accountPath, type Call, listReply, type Reply } from '../world.js';
import { priceOf } from './spending.js';

interface Used {
  count: number;
  /** Segments of messages, minutes of calls. */
  usage: number;
  price: number;
}

interface Category {
  readonly description: string;
  readonly countUnit: string;
  readonly usageUnit: string;
}

const MESSAGES = { countUnit: 'messages', usageUnit: 'segments' };
const CALLS = { countUnit: 'calls', usageUnit: 'minutes' };

/** The categories that this service knows; each message and call counts in all that hold for it. */
const CATEGORIES: Readonly<Record<string, Category>> = {
  calls: { description: 'Voice Minutes', ...CALLS },
  'calls-outbound': { description: 'Outbound Voice Minutes', ...CALLS },
  mms: { description: 'MMS', ...MESSAGES },
  'mms-inbound': { description: 'Inbound MMS', ...MESSAGES },
  'mms-outbound': { description: 'Outbound MMS', ...MESSAGES },
  sms: { description: 'SMS', ...MESSAGES },
  'sms-inbound': { description: 'Inbound SMS', ...MESSAGES },
  'sms-outbound': { description: 'Outbound SMS', ...MESSAGES },
  totalprice: { description: 'Total Price', countUnit: '', usageUnit: 'usd' },
};

/** `GET …/Usage/Records`: one a category, for the days from `StartDate` to `EndDate` (GMT); without them, for all. */
export function listUsage(call: Call): Reply {
  const { account, query } = call;
  const wanted = query.get('Category') || null;
  if (wanted !== null && !Object.hasOwn(CATEGORIES, wanted)) {
    throw new Refusal(20001, { what: `Category ${wanted} is not known` });
  }
  const today = day(call.world.clock());
  const from = dayParameter(query, 'StartDate') ?? day(account.createdAt);
  const to = dayParameter(query, 'EndDate') ?? today;
  const used = usedBy(account, from, to);
  const records = Object.entries(CATEGORIES)
    .filter(([name]) => wanted === null || name === wanted)
    .map(([name, category]) => ({ sid: name, category, used: used.get(name) ?? { count: 0, usage: 0, price: 0 } }));
  const base = `${accountPath(call)}/Usage/Records`;
  return listReply(call, 'UsageRecords', 'usage_records', {
    shelf: fixedListing(records),
    show: ({ sid, category, used: { count, usage, price } }) => ({
      account_sid: call.principal.accountSid,
      api_version: '2010-04-01',
      as_of: new Date(call.world.clock()).toISOString().replace(/\.\d+Z/, '+00:00'),
      category: sid,
      count: String(count),
      count_unit: category.countUnit,
      description: category.description,
      end_date: to,
      price: Number(price.toFixed(5)),
      price_unit: 'usd',
      start_date: from,
      subresource_uris: {},
      uri: `${base}.json?Category=${sid}&StartDate=${from}&EndDate=${to}`,
      usage: String(usage),
      usage_unit: category.usageUnit,
    }),
  });
}

function usedBy(account: Account, from: string, to: string): ReadonlyMap<string, Used> {
  const used = new Map<string, Used>();
  const count = (categories: readonly string[], usage: number, price: number) => {
    for (const name of categories) {
      const entry = used.get(name) ?? { count: 0, usage: 0, price: 0 };
      used.set(name, { count: entry.count + 1, usage: entry.usage + usage, price: entry.price + price });
    }
  };
  const inside = (ms: number) => day(ms) >= from && day(ms) <= to;
  for (const message of account.messages) {
    if (!inside(message.createdAt)) continue;
    const kind = message.media.length > 0 ? 'mms' : 'sms';
    const way = message.direction === 'inbound' ? 'inbound' : 'outbound';
    count([kind, `${kind}-${way}`, 'totalprice'], message.segments, priceOf(message.price));
  }
  for (const call of account.calls) {
    if (inside(call.createdAt)) {
      count(['calls', 'calls-outbound', 'totalprice'], Math.ceil(call.duration / 60), priceOf(call.price));
    }
  }
  return used;
}

function dayParameter(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name) || undefined;
  if (text !== undefined && (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text)))) {
    throw new Refusal(20001, { what: `${name} must be a date such as 2026-01-31` });
  }
  return text;
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
