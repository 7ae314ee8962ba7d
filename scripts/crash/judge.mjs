// What became of everything in spite of the kills: the judgement of the crash script, apart from what it judges.

/**
 * `accepted` and `refused` are subjects whose deliveries were answered; `orders` those that were listed; `effects` what
 * flows did; `left` ids of webhooks at the service after all is off, `known` those that the host has had; `wishes` tells of
 * flows that were off when they should have been on, or the other way round; `connection` is its state in the store.
 */
export function judge({ accepted, refused, orders, effects, left, known, wishes, connection }) {
  const done = new Map();
  for (const effect of effects) {
    const list = done.get(effect.subject) ?? [];
    list.push(effect);
    done.set(effect.subject, list);
  }
  const isDone = (subject) => (done.get(subject) ?? []).some(({ what }) => what === 'second');
  return {
    lost: [...accepted, ...orders].filter((subject) => !isDone(subject)),
    doubled: [...done].filter(([, list]) => !isOneRun(list)).map(([subject]) => subject),
    orphans: refused.filter((subject) => done.has(subject)),
    forgotten: left.filter((id) => known.has(id)),
    wishes,
    tokens: connection === 'ready' ? [] : [String(connection)],
  };
}

/** True when nothing was lost, doubled or forgotten. */
export function isKept(verdict) {
  return Object.values(verdict).every((faults) => faults.length === 0);
}

/**
 * The first thing, then the second. Each may come again only from another process than before: what was under way when one
 * was killed is done again by the next; what was followed by something is not.
 */
function isOneRun(effects) {
  let before = null;
  for (const { what, epoch } of effects) {
    if (what === 'first' ? before?.what === 'second' : before === null) return false;
    if (before?.what === what && epoch <= before.epoch) return false;
    before = { what, epoch };
  }
  return true;
}
