/** `lint-never-produced`: an output is read, or promised, that nothing ever gives. */
import { fieldName, pointerTo } from '@flowdeck/engine/kit';
import { type Names, Produced } from '../outputs.js';
import { quoted } from '../quoted.js';
import { type CardSite, type FlowSite, sourcePointer } from '../sites.js';
import type { Report, Rule } from '../types.js';
import { fieldNames, type Usage, usageOf } from '../usage.js';

export const neverProduced: Rule = {
  id: 'lint-never-produced',
  severity: 'warning',
  title: 'An output is read that nothing gives',
  explanation:
    'A value that nothing gives is null, and the flow goes on with it. Found are references to outputs that a card does not have; outputs of an If/Else, If/ElseIf or If Error that are read although none of its blocks gives them; and outputs that a flow declares although none of its Returns gives them. What cards of an unknown type give is not judged.',
  bad: {
    title: 'Neither block gives "sid", and the Return reads it',
    document: {
      flowdeck: 1,
      id: 'send',
      type: 'helper',
      inputs: [{ key: 'phone', type: 'text' }],
      cards: [
        {
          id: 'attempt',
          card: 'error.ifError',
          outputs: [{ key: 'sid', type: 'text' }],
          blocks: {
            try: { cards: [{ card: 'flow.return', in: { id: { from: '/inputs/phone' } } }] },
            catch: { cards: [{ card: 'flow.return', in: { why: { from: '/error/message' } } }] },
          },
        },
        { card: 'flow.return', in: { sid: { from: '/attempt/sid' } } },
      ],
    },
  },
  good: {
    title: 'A Return in a block gives it',
    document: {
      flowdeck: 1,
      id: 'send',
      type: 'helper',
      inputs: [{ key: 'phone', type: 'text' }],
      cards: [
        {
          id: 'attempt',
          card: 'error.ifError',
          outputs: [{ key: 'sid', type: 'text' }],
          blocks: {
            try: { cards: [{ card: 'flow.return', in: { sid: { from: '/inputs/phone' } } }] },
            catch: { cards: [{ card: 'flow.return', in: { sid: '' } }] },
          },
        },
        { card: 'flow.return', in: { sid: { from: '/attempt/sid' } } },
      ],
    },
  },
  check: (file, report) => {
    const produced = new Produced();
    for (const flow of file.flows) {
      const usage = usageOf(flow);
      for (const card of flow.cards) {
        checkReads(card, produced, report);
        checkBlocks(card, usage, produced, report);
      }
      checkPromises(flow, produced, report);
    }
  },
};

/** References to outputs that the card they name does not have. */
function checkReads(card: CardSite, produced: Produced, report: Report): void {
  for (const site of card.bindings) {
    for (const { root, path } of site.references) {
      const source = card.flow.cardById.get(root);
      if (source === undefined || path === null || path.length === 0) continue;
      const names = produced.ofCard(source);
      if (names === null || hasOutput(names, path)) continue;
      report(card, {
        pointer: sourcePointer(site),
        message: `Card ${quoted(root)} has no output ${quoted(path[0] ?? '')}.`,
        hint: names.size === 0 ? 'The card gives nothing.' : `It gives ${listed(names)}.`,
      });
    }
  }
}

function hasOutput(names: ReadonlySet<string>, path: readonly string[]): boolean {
  return fieldNames(path).some((name) => names.has(name));
}

const FEW = 8;

function listed(names: ReadonlySet<string>): string {
  const shown: string[] = [];
  for (const name of names) {
    if (shown.length === FEW) return `${shown.join(', ')} and ${names.size - FEW} more`;
    shown.push(quoted(name));
  }
  return shown.join(', ');
}

/** Outputs that the author declared, that are read, and that none of the card's blocks gives. */
function checkBlocks(card: CardSite, usage: Usage, produced: Produced, report: Report): void {
  const { type, node, flow } = card;
  if (type?.blocks === undefined || node.outputs === undefined) return;
  const own = new Set(type.outputs.map(fieldName));
  const given = new Set<string>();
  for (const block of card.blocks) {
    const names: Names =
      block.declaration?.scope === 'inline'
        ? new Set(Object.keys(block.block?.out ?? {}))
        : block.declaration && produced.ofScope(block, flow);
    if (names === null) return;
    for (const name of names) given.add(name);
  }
  for (const [index, field] of node.outputs.entries()) {
    const name = fieldName(field);
    if (own.has(name) || given.has(name) || !usage.isRead(card, name)) continue;
    report(card, {
      pointer: pointerTo(card.pointer, 'outputs', index),
      message: `${quoted(name)} is read, and no block of the card gives it.`,
      hint: 'Give it in a block, by a Return in a scoped block or "out" in an inline one.',
    });
  }
}

/** Outputs of the signature that none of the flow's Returns gives. */
function checkPromises(flow: FlowSite, produced: Produced, report: Report): void {
  if (!produced.hasReturn(flow.body)) return;
  const given = produced.ofFlow(flow);
  if (given === null) return;
  for (const [index, field] of (flow.flow.outputs ?? []).entries()) {
    const name = fieldName(field);
    if (given.has(name)) continue;
    report(flow, {
      pointer: pointerTo(flow.pointer, 'outputs', index),
      message: `The flow promises ${quoted(name)}, and none of its Returns gives it.`,
      hint: 'Give it in a Return, or remove it from the outputs of the flow.',
    });
  }
}
