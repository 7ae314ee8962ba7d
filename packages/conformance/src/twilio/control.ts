/** The side door of the service under `/_fake/`: what a test in another process reads and does, as JSON. */

import type { Account } from './accounts.js';
import { TWILIO_CLAIMS } from './claims.js';
import { advanceMessages } from './messages/callbacks.js';
import { receiveMessage } from './messages/inbound.js';
import type { RecordedRequest } from './options.js';
import { codeSentTo } from './verify/verifications.js';
import { Refusal } from './wire/errors.js';
import type { Fault, FaultScript } from './wire/faults.js';
import { isJsonObject, parseJson } from './wire/form.js';
import type { Reply, World } from './world.js';

/** What all its paths start with. */
export const CONTROL_ROOT = '/_fake/';

/** What the side door reaches. */
export interface Control {
  readonly world: World;
  readonly faults: FaultScript;
  readonly requests: readonly RecordedRequest[];
  readonly stop: AbortSignal;
}

type Handler = (control: Control, request: RecordedRequest, json: Readonly<Record<string, unknown>>) => unknown;

const DOOR_ROUTES: Readonly<Record<string, Handler>> = {
  'GET /_fake/claims': () => ({ claims: TWILIO_CLAIMS }),
  'GET /_fake/requests': ({ requests }) => ({ requests: requests.map(shownRequest) }),
  'GET /_fake/code': ({ world }, { path, query }) => {
    const code = codeSentTo(world.accounts, query.get('to') ?? '', world.clock());
    if (code === undefined) throw new Refusal(20404, { path });
    return { code };
  },
  'POST /_fake/advance': async ({ stop, world }, _, json) => {
    const { steps = 1 } = readDoor(json, STEPS);
    return { changes: await advanceMessages(world, steps === 0 ? Number.POSITIVE_INFINITY : steps, stop) };
  },
  'POST /_fake/inbound': ({ stop, world }, { path }, json) => {
    const { from, to, ...rest } = readDoor(json, INBOUND);
    if (from === undefined || to === undefined) throw new Refusal(20001, { what: 'from and to are required' });
    if (![...world.accounts.values()].some((account) => owns(account, to))) throw new Refusal(20404, { path });
    return receiveMessage(world, { from, to, ...rest }, stop);
  },
  'POST /_fake/faults': ({ faults }, _, json) => {
    const fault = readDoor(json, FAULT);
    faults.add(fault);
    return { fault };
  },
};

/**
 * Answers a request to the side door. It opens to this machine alone: not under a name that a page elsewhere could have
 * led here, and not to a form, which a page of any origin may send.
 *
 * @throws Refusal 20003 (another host), 20404 (no such path), 20001 (what is asked is faulty)
 */
export async function answerControl(control: Control, request: RecordedRequest): Promise<Reply> {
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.host)) throw new Refusal(20003);
  const key = `${request.method} ${request.path}`;
  const handler = Object.hasOwn(DOOR_ROUTES, key) ? DOOR_ROUTES[key] : undefined;
  if (!handler) throw new Refusal(20404, { path: request.path });
  const json = request.method === 'GET' ? {} : parseJson(request.headers['content-type'], request.body);
  if (!isJsonObject(json))
    throw new Refusal(20001, { what: 'the body must be a JSON object, sent as application/json' });
  return { status: 200, fields: { ...Object(await handler(control, request, json)) } };
}

interface DoorValues {
  text: string;
  count: number;
  flag: boolean;
  texts: Readonly<Record<string, string>>;
  media: readonly { url: string; contentType: string }[];
}

type DoorKind = keyof DoorValues;

const STEPS = { steps: 'count' } as const;
const INBOUND = { from: 'text', to: 'text', body: 'text', media: 'media', parameters: 'texts' } as const;
const FAULT = {
  times: 'count',
  method: 'text',
  path: 'text',
  delayMs: 'count',
  status: 'count',
  code: 'count',
  message: 'text',
  body: 'text',
  contentType: 'text',
  headers: 'texts',
  disconnect: 'flag',
  processed: 'flag',
} as const satisfies Readonly<Partial<Record<keyof Fault, DoorKind>>>;

const CHECKS: Readonly<Record<DoorKind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  count: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
  flag: (value) => typeof value === 'boolean',
  texts: (value) => isJsonObject(value) && Object.values(value).every((each) => typeof each === 'string'),
  media: (value) =>
    Array.isArray(value) &&
    value.every(
      (item) => isJsonObject(item) && typeof item['url'] === 'string' && typeof item['contentType'] === 'string',
    ),
};

/** The members that a table knows. @throws Refusal 20001 for an unknown or faulty one */
function readDoor<T extends Readonly<Record<string, DoorKind>>>(
  json: Readonly<Record<string, unknown>>,
  table: T,
): { [K in keyof T]?: DoorValues[T[K]] } {
  for (const [name, value] of Object.entries(json)) {
    const kind = Object.hasOwn(table, name) ? table[name] : undefined;
    if (kind === undefined) throw new Refusal(20001, { what: `${name}: there is ${Object.keys(table).join(', ')}` });
    if (!CHECKS[kind](value)) throw new Refusal(20001, { what: `${name} must be a ${kind}` });
  }
  return json as { [K in keyof T]?: DoorValues[T[K]] }; // each member was checked above
}

function owns(account: Account, address: string): boolean {
  const senders = [...account.numbers, ...account.shortCodes].map((sender) => sender.phoneNumber);
  return senders.includes(address) || account.setup.channelSenders?.includes(address) === true;
}

/** Without what proves the caller. */
function shownRequest({ form, headers, query, ...request }: RecordedRequest): Record<string, unknown> {
  const { authorization: _, ...rest } = headers;
  return { ...request, query: [...query], form: [...form], headers: rest };
}
