/** A card as the format has it, before it has fields. */
import type { Mutable } from '../json.js';
import type { Ids } from './ids.js';

/** A card without fields. */
export function bareCard(address: string, title: string, ids: Ids, model: Mutable = {}): Mutable {
  const parts = address.split(':');
  const key = parts.at(-1) ?? '';
  const version = parts.at(-2) ?? '';
  const channel = parts.at(-3) ?? '';
  return {
    joins: {},
    address,
    parents: {
      version: { address: parts.slice(0, -1).join(':'), key: version, data: { name: version } },
      channel: { address: parts.slice(0, -2).join(':'), key: channel, data: { name: channel } },
    },
    uuid: ids.short(),
    branches: {},
    node: {
      key,
      data: { name: title },
      model: {
        type: 'method',
        _v: 2,
        key,
        executable: parts[1] === 'channels',
        displayed: true,
        async: false,
        cooperative: false,
        mirrored: false,
        inlined: false,
        dependencies: [],
        timeout: 90_000,
        idempotent: false,
        monitor: false,
        webhook: false,
        webhookList: false,
        webhookConditions: false,
        mobile: false,
        hooks: {},
        policy: { error: { type: 'finish' } },
        metadata: { id: null, name: title, description: '' },
        meta: {},
        config: null,
        inputs: { extensible: false, data: {} },
        outputs: { extensible: false, data: {} },
        runtime: {},
        ...model,
      },
    },
    pins: {},
  };
}

export function kernel(kind: string): string {
  const [namespace = '', name = ''] = kind.split(':');
  return `root:kernel:${namespace}:0.0.1:${name}`;
}

/** What an inline block notes beside its cards. */
export const NEW_BLOCK = {
  display: {},
  tree: { id: 2, name: 'empty' },
  model: {},
  security_level: null,
  log: false,
  inheritLog: false,
  group: null,
};
