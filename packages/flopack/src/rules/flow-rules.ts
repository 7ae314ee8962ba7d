/** Rules of flows and inline blocks. */
import { isObject, member } from '../json.js';
import { isKind, type RawCard } from '../read/index.js';
import type { Rule } from './rule.js';

const TRIGGERS = ['control:callable', 'http:accept', 'http:delegated'];

export function isTrigger(card: RawCard): boolean {
  return TRIGGERS.some((kind) => isKind(card, kind)) || (card.kind.channel !== null && card.model['webhook'] === true);
}

export const FLOW_RULES: readonly Rule[] = [
  {
    of: 'flow',
    code: 'rule-flow-id',
    says: "A flow's id is its key and the uuid of its body; the id of the body is null.",
    check({ id, raw, settings, graph, spot }, report) {
      if (raw['id'] !== id) report(spot.at('id'), `The flow names itself ${JSON.stringify(raw['id'])}.`);
      if (!graph) return;
      if (settings['uuid'] !== id)
        report(spot.at('data', 'uuid'), `The body names itself ${JSON.stringify(settings['uuid'])}.`);
      if (settings['id'] !== null) report(spot.at('data', 'id'), 'The id of the body is not null.');
    },
  },
  {
    of: 'flow',
    code: 'rule-schedule',
    says: 'A flow is scheduled exactly when its cron is not empty.',
    check({ graph, settings, spot }, report) {
      if (!graph) return;
      const { cron, scheduled } = settings;
      const isEmpty = !isObject(cron) || Object.keys(cron).length === 0;
      if ((scheduled === true) === isEmpty)
        report(spot.at('data', 'scheduled'), 'Only one of cron and scheduled says so.');
    },
  },
  {
    of: 'flow',
    code: 'rule-folder-path',
    says: "A folder's path consists of folders of the file.",
    check(flow, report, pack) {
      const group = flow.group === null ? undefined : pack.groups.get(flow.group);
      const missing = (group?.path ?? '').split('.').find((id) => id !== '' && !pack.groups.has(id));
      if (missing !== undefined) report(flow.spot.at('data', 'group'), `There is no folder "${missing}".`);
    },
  },
  {
    of: 'graph',
    code: 'rule-block-header',
    says: "A block's id is its uuid; it has no folder, no schedule, and no log of its own.",
    check({ graph: { raw, spot }, owner }, report) {
      if (!owner) return;
      if (raw['id'] !== raw['uuid']) report(spot.at('id'), 'The id is not the uuid.');
      for (const key of ['log', 'inheritLog']) if (raw[key] !== false) report(spot.at(key), `"${key}" is not false.`);
      if (raw['group'] !== null) report(spot.at('group'), 'A block lies in no folder.');
      if (member(raw, 'cron') !== undefined) report(spot.at('cron'), 'A block has no schedule.');
    },
  },
  {
    of: 'graph',
    code: 'rule-one-trigger',
    says: 'Only the first card of a graph starts it.',
    check({ graph }, report) {
      for (const card of graph.cards.values()) {
        if (card !== graph.start && isTrigger(card)) report(card.spot, `"${card.title}" is a second start.`);
      }
    },
  },
];
