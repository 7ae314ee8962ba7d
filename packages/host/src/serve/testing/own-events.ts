/** Hosts whose own code starts flows: by events, and for people. */
import { standard } from '@flowdeck/cards';
import { createEngine, defineCard, definePack, type Value } from '@flowdeck/engine';
import { ManualClock } from '@flowdeck/testing';
import { Host } from '../host.js';
import type { HostOptions } from '../host-types.js';

const TEXT = (key: string, group?: string) =>
  ({ key, type: 'text', ...(group === undefined ? {} : { group }) }) as const;

function hostOf(flows: readonly object[], options: Partial<HostOptions>) {
  const heard: Value[] = [];
  const hear = defineCard({
    id: 'own.hear',
    title: 'Hear',
    description: 'Tells the test.',
    kind: 'effect',
    inputs: [{ key: 'value', type: 'any' }],
    outputs: [],
    async run(value) {
      if (value === 'fail') throw new Error('The flow failed.');
      heard.push(value);
    },
  });
  const clock = new ManualClock({ start: Date.parse('2026-05-01T11:30:00Z') });
  const own = definePack({ name: 'own-cards', namespace: 'own', version: '1.0.0', cards: [hear] });
  const engine = createEngine({ packs: [standard, own], ports: { clock } });
  const host = new Host({ engine, deck: engine.load({ flowdeck: 1, flows }), clock, ...options });
  return { host, clock, heard };
}

/** Two flows hear `order.placed`, one hears what no connector has. */
export function emitting(options: Partial<HostOptions> = {}) {
  const hearing = (id: string, from: string) => ({
    id,
    type: 'event',
    event: { name: 'order.placed' },
    inputs: [TEXT('number'), TEXT('city', 'address'), { key: 'at', type: 'date' }],
    cards: [{ card: 'own.hear', in: { value: { from } } }],
  });
  return hostOf(
    [
      hearing('first', '/inputs/number'),
      hearing('second', '/inputs/address/city'),
      {
        id: 'deaf',
        type: 'event',
        event: { name: 'posted', connector: 'nobody' },
        cards: [{ card: 'control.comment' }],
      },
    ],
    options,
  );
}

/** A delegated flow that tells who has it run. */
export function delegating(options: Partial<HostOptions> = {}) {
  const inputs = [
    TEXT('okta-user-id', 'user context'),
    TEXT('execution_id', 'context'),
    TEXT('order', 'inputs'),
    TEXT('displayName', 'caller'),
    TEXT('note'),
  ];
  const given = {
    who: { from: '/inputs/user context/okta-user-id' },
    run: { from: '/inputs/context/execution_id' },
    order: { from: '/inputs/inputs/order' },
    name: { from: '/inputs/caller/displayName' },
    note: { from: '/inputs/note' },
  };
  return hostOf([{ id: 'approve', type: 'delegated', inputs, cards: [{ card: 'flow.return', in: given }] }], options);
}
