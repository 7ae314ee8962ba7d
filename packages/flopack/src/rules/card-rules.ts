/** Rules of cards and fields. */

import { isUnset } from '../import/types.js';
import { isObject, member, sameJson, textOf } from '../json.js';
import { isKind, nameOf, type RawCard, type RawField, type RawGraph } from '../read/index.js';
import type { Body, Report, Rule } from './rule.js';

export const CARD_RULES: readonly Rule[] = [
  {
    of: 'card',
    code: 'rule-card-shape',
    says: 'A card has all seven members.',
    check({ raw, spot }, report) {
      for (const key of ['uuid', 'address', 'parents', 'node', 'pins', 'joins', 'branches']) {
        if (raw[key] === undefined) report(spot, `The card has no "${key}".`);
      }
    },
  },
  {
    of: 'card',
    code: 'rule-card-key',
    says: 'The keys of node and model are the last part of the address.',
    check({ raw, kind, model, spot }, report) {
      if (member(raw['node'], 'key') !== kind.name) report(spot.at('node', 'key'), `It is not "${kind.name}".`);
      if (model['key'] !== kind.name) report(spot.at('node', 'model', 'key'), `It is not "${kind.name}".`);
    },
  },
  {
    of: 'card',
    code: 'rule-parents',
    says: 'The parents repeat pieces of the address.',
    check({ raw, spot }, report) {
      const parts = String(raw['address']).split(':');
      for (const [name, cut] of [
        ['version', 1],
        ['channel', 2],
      ] as const) {
        const parent = member(raw['parents'], name);
        if (textOf(parent, 'address') !== parts.slice(0, -cut).join(':'))
          report(spot.at('parents', name), 'It names another card.');
      }
    },
  },
  {
    of: 'card',
    code: 'rule-mirrored',
    mayBreak: true,
    says: 'A mirrored card has the same outputs as inputs, of the same types.',
    check(card, report) {
      if (card.model['mirrored'] !== true) return;
      const inputs = new Map(card.inputs.filter((field) => !field.forPolicy).map((field) => [nameOf(field), field]));
      const outputs = new Map(card.outputs.map((field) => [nameOf(field), field]));
      for (const [name, output] of outputs) {
        const input = inputs.get(name);
        if (!input) report(output.spot, `There is no input "${name}".`);
        else if (!haveSameType(input, output)) report(output.spot, `The input "${name}" has another type.`);
      }
      for (const [name, input] of inputs) if (!outputs.has(name)) report(input.spot, `There is no output "${name}".`);
    },
  },
  {
    of: 'card',
    code: 'rule-parameters',
    says: 'Settings are exactly the inputs in the group "parameters".',
    check(card, report) {
      for (const field of card.inputs) {
        if (field.isParameter !== (field.group === 'parameters'))
          report(field.spot.at('flags'), 'Flag and group disagree.');
      }
    },
  },
  {
    of: 'card',
    code: 'rule-literal',
    says: 'A literal is of the type of its field.',
    check(card, report) {
      for (const field of card.inputs) {
        if (!fits(field))
          report(field.spot.at('value', 'data'), `The literal is no ${field.type.name}${field.type.list ? '[]' : ''}.`);
      }
    },
  },
  {
    of: 'card',
    code: 'rule-proxy',
    mayBreak: true,
    says: 'An argument per item repeats its own name, and has neither wire nor literal when it takes the item.',
    check(card, report, { graph }) {
      for (const field of card.inputs) {
        const proxy = member(field.raw['value'], 'proxy');
        if (!isObject(proxy)) continue;
        if (!sameJson(proxy['dest'], { key: field.key, group: field.group }))
          report(field.spot.at('value', 'proxy', 'dest'), 'It names another input.');
        if (proxy['dynamic'] !== true) continue;
        if (graph.pins.get(card.id)?.has(field.id)) report(field.spot, 'It has a wire.');
        if (!isUnset(field.data) && field.data !== 0 && field.data !== false)
          report(field.spot.at('value', 'data'), 'It has a literal.');
      }
    },
  },
  {
    of: 'card',
    code: 'rule-template',
    says: "The names in a template are exactly the card's other inputs.",
    check(card, report) {
      const template = card.inputs.find((field) => field.key === '_text_' && field.group === null);
      if (!template || !(isKind(card, 'string:compose') || isKind(card, 'math:expression'))) return;
      const named = new Set(
        [...String(template.data ?? '').matchAll(/\{\{\{(.+?)\}\}\}/gs)].map((match) => match[1] ?? ''),
      );
      const others = new Set(
        card.inputs.filter((field) => field !== template && !field.forPolicy).map((field) => field.key),
      );
      for (const name of named) if (!others.has(name)) report(template.spot, `There is no input "${name}".`);
      for (const name of others) if (!named.has(name)) report(template.spot, `"${name}" does not stand in the text.`);
    },
  },
  {
    of: 'card',
    code: 'rule-if',
    says: 'An If/Else has two lanes, each begun by a hidden No-op without fields.',
    check(card, report, { graph }) {
      if (!isKind(card, 'control:if')) {
        if (card.branches.size > 0) report(card.spot.at('branches'), 'Only If/Else has lanes.');
        return;
      }
      if (!sameJson([...card.branches.values()].sort(), [false, true]))
        report(card.spot.at('branches'), 'There are not two lanes, one for true and one for false.');
      for (const id of card.branches.keys()) {
        const head = graph.cards.get(id);
        if (!head) continue;
        const isBare = isKind(head, 'control:noop') && head.inputs.length + head.outputs.length === 0;
        if (!isBare || head.model['displayed'] !== false) report(head.spot, 'A lane begins with something else.');
      }
    },
  },
  {
    of: 'card',
    code: 'rule-join',
    says: 'Every input of a Join is shown by exactly one output.',
    check(card, report) {
      if (!isKind(card, 'control:join')) return;
      for (const input of card.inputs) {
        const shown = member(card.raw['joins'], input.id);
        if (!Array.isArray(shown) || shown.length !== 1)
          report(card.spot.at('joins', input.id), `"${input.key}" is not shown once.`);
        const output = card.outputs.find((field) => field.id === card.joins.get(input.id));
        if (!output) report(card.spot.at('joins', input.id), `"${input.key}" is shown by no output of the card.`);
      }
    },
  },
  {
    of: 'card',
    code: 'rule-blocks',
    mayBreak: true,
    says: 'The blocks of If/ElseIf and If Error end with their only Return, which gives what the card gives.',
    check(card, report) {
      if (!isKind(card, 'control:branch') && !isKind(card, 'control:tryCatch')) return;
      for (const field of card.inputs) {
        if (field.type.name !== 'flo') continue;
        if (field.block) checkBlock(card, field.block, report);
        else report(field.spot.at('value', 'data'), 'It holds no block.');
      }
    },
  },
  {
    of: 'card',
    code: 'rule-handler',
    mayBreak: true,
    says: 'If Error, and no other card, has a block for errors.',
    check(card, report) {
      const isTry = isKind(card, 'control:tryCatch');
      const spot = card.spot.at('node', 'model', 'policy', 'error');
      if (isTry !== (card.policy.type === 'handler')) report(spot, isTry ? 'It has none.' : 'It has one.');
      if (!isTry) return;
      if (member(member(card.model['policy'], 'error'), 'merge') !== 'join')
        report(spot.at('merge'), 'It is not "join".');
      if (card.policy.block) checkBlock(card, card.policy.block, report);
      else report(spot.at('flo'), 'It holds no block.');
    },
  },
  {
    of: 'card',
    code: 'rule-wormhole',
    says: 'A value enters a block by an input of the owner that is wired, and an output of the same name and type that is used.',
    check(card, report, body) {
      checkWormholes(card, report, body);
    },
  },
];

function haveSameType(a: RawField, b: RawField): boolean {
  return a.type.name === b.type.name && a.type.list === b.type.list && sameJson(a.type.members, b.type.members);
}

const JSON_TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  Date: 'string',
  object: 'object',
};

function fits({ type, data }: RawField): boolean {
  if (data === null || data === undefined || type.name === 'unknown' || type.name === 'flo') return true;
  if (type.list !== Array.isArray(data)) return false;
  // A list of objects holds anything.
  if (type.list && type.name === 'object') return true;
  const wanted = JSON_TYPES[type.name];
  const items: readonly unknown[] = Array.isArray(data) ? data : [data];
  return items.every((item) => item === null || wanted === undefined || typeof item === wanted);
}

function checkBlock(card: RawCard, block: RawGraph, report: Report): void {
  if (!block.start || !isKind(block.start, 'control:callable')) report(block.spot, 'It begins with something else.');
  const returns = [...block.cards.values()].filter((inner) => isKind(inner, 'control:return'));
  const last = block.sequence.at(-1);
  const [end] = returns;
  if (!end || returns.length !== 1 || end !== last) {
    report(block.spot, `It has ${returns.length} Returns${end && end !== last ? ', and does not end with one' : ''}.`);
    return;
  }
  const names = (fields: readonly RawField[]) => fields.map(nameOf).sort();
  if (!sameJson(names(end.inputs.filter((field) => !field.forPolicy)), names(card.outputs))) {
    report(end.spot, `The Return does not give the outputs of "${card.title}".`);
  }
}

function checkWormholes(card: RawCard, report: Report, { graph }: Body): void {
  const blocks = [
    ...card.inputs.flatMap((field) => field.block ?? []),
    ...(card.policy.block ? [card.policy.block] : []),
  ];
  const holds = isKind(card, 'control:branch') || isKind(card, 'control:tryCatch');
  if (!holds) return;
  for (const field of card.inputs) {
    if (field.group !== 'context') continue;
    const inside = blocks.find((block) => block.start?.id === field.metadata['wormholeMethodId']);
    const output = inside?.start?.outputs.find((inner) => inner.group === 'context' && inner.key === field.key);
    if (!graph.pins.get(card.id)?.has(field.id)) report(field.spot, 'Nothing is wired to it.');
    if (!inside?.start || !output) report(field.spot, 'It leads into no block.');
    else {
      if (!haveSameType(field, output)) report(output.spot, 'It has another type outside.');
      if (output.metadata['wormholeMethodId'] !== card.id) report(output.spot, 'It names another owner.');
      const pins = inside.start.raw['pins'];
      if (!isObject(pins) || !isObject(pins[output.id])) report(output.spot, 'Nothing reads it.');
    }
  }
}
