/** Reads one card of a graph. */
import { brief, isObject, type JsonObject, type Spot, textOf } from '../json.js';
import { readFields } from './field.js';
import type { PolicyType, RawCard, RawKind, RawPolicy } from './model.js';
import type { Reading } from './reading.js';

const POLICIES: readonly PolicyType[] = ['finish', 'handler', 'flo', 'return'];
const FINISH: RawPolicy = { type: 'finish', flow: null, block: null, retry: 0, delay: null };

export function readCard(raw: unknown, spot: Spot, reading: Reading, depth: number): RawCard | null {
  if (!isObject(raw)) {
    reading.wrong(spot, 'a card');
    return null;
  }
  const id = raw['uuid'];
  if (typeof id !== 'string' || id === '') {
    reading.wrong(spot.at('uuid'), 'the id of a card');
    return null;
  }
  const kind = readKind(raw['address'], spot.at('address'), reading);
  if (!kind) return null;
  const node = isObject(raw['node']) ? raw['node'] : {};
  const model = isObject(node['model']) ? node['model'] : {};
  const place = spot.at('node', 'model');
  if (!isObject(node['model'])) reading.wrong(place, 'an object with inputs and outputs');
  const config = model['config'] ?? null;
  return {
    id,
    kind,
    title: textOf(node['data'], 'name') ?? kind.name,
    inputs: readFields(model['inputs'], place.at('inputs'), reading, depth),
    outputs: readFields(model['outputs'], place.at('outputs'), reading, depth),
    policy: readPolicy(model, place.at('policy', 'error'), reading, depth),
    branches: readBranches(raw['branches'], spot.at('branches'), reading),
    joins: readJoins(raw['joins']),
    config: typeof config === 'string' ? config : null,
    model,
    raw,
    spot,
  };
}

/** `root:kernel:<namespace>:<version>:<card>` or `root:channels:<style>:<channel>:<version>:<card>`. */
function readKind(address: unknown, spot: Spot, reading: Reading): RawKind | null {
  const parts = typeof address === 'string' ? address.split(':') : [];
  const [root, family, ...rest] = parts;
  if (root === 'root' && parts.every((part) => part !== '')) {
    const [first, second, third, fourth] = rest;
    if (family === 'kernel' && rest.length === 3 && first && second && third) {
      return { channel: null, namespace: first, version: second, name: third };
    }
    if (family === 'channels' && rest.length === 4 && second && third && fourth) {
      return { channel: second, namespace: second, version: third, name: fourth };
    }
  }
  reading.found.add(
    'error',
    'malformed-address',
    spot,
    `${brief(address)} is not the address of a card.`,
    'Addresses read "root:kernel:namespace:version:card" or "root:channels:http:channel:version:card".',
  );
  return null;
}

function readPolicy(model: JsonObject, spot: Spot, reading: Reading, depth: number): RawPolicy {
  const policy = isObject(model['policy']) ? model['policy']['error'] : undefined;
  if (policy === undefined) return FINISH;
  if (!isObject(policy)) {
    reading.wrong(spot, 'an error policy');
    return FINISH;
  }
  const type = POLICIES.find((known) => known === policy['type']);
  if (type === undefined) {
    reading.found.add(
      'error',
      'unknown-policy',
      spot.at('type'),
      `${brief(policy['type'])} is not a known error policy.`,
      `Known: ${POLICIES.join(', ')}.`,
    );
    return FINISH;
  }
  const { flo, retry } = policy;
  return {
    type,
    flow: type === 'flo' && typeof flo === 'string' ? flo : null,
    block: type === 'handler' && isObject(flo) ? reading.block(flo, spot.at('flo'), depth + 1) : null,
    retry: typeof retry === 'number' && retry > 0 ? Math.floor(retry) : 0,
    delay: readDelay(policy['delay']),
  };
}

function readDelay(delay: unknown): RawPolicy['delay'] {
  const isTime = (value: unknown): value is number => typeof value === 'number' && value >= 0;
  if (isTime(delay)) return delay;
  if (Array.isArray(delay) && isTime(delay[0]) && isTime(delay[1])) return [delay[0], delay[1]];
  return null;
}

function readBranches(branches: unknown, spot: Spot, reading: Reading): Map<string, boolean> {
  const lanes = new Map<string, boolean>();
  if (!isObject(branches)) return lanes;
  for (const [head, when] of Object.entries(branches)) {
    if (typeof when === 'boolean') lanes.set(head, when);
    else reading.wrong(spot.at(head), 'true or false');
  }
  return lanes;
}

function readJoins(joins: unknown): Map<string, string> {
  const shown = new Map<string, string>();
  if (!isObject(joins)) return shown;
  for (const [input, targets] of Object.entries(joins)) {
    const output = Array.isArray(targets) ? textOf(targets[0], 'output') : undefined;
    if (output !== undefined) shown.set(input, output);
  }
  return shown;
}
