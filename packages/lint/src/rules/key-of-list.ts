/** `lint-key-of-list`: a list or a text is asked for a key, which it never has. */
import type { FlowFile } from '@flowdeck/engine';
import { type CardNode, fieldName } from '@flowdeck/engine/kit';
import { quoted } from '../quoted.js';
import { soleReference } from '../references.js';
import { type BindingSite, type CardSite, sourcePointer } from '../sites.js';
import { literalOf } from '../text.js';
import type { Rule } from '../types.js';

export const keyOfList: Rule = {
  id: 'lint-key-of-list',
  severity: 'warning',
  title: 'A list or a text is asked for a key',
  explanation:
    'The operators "has" and "doesn\'t have" ask an object for a key. A list or a text has no keys, so that "has" is false for it whatever it holds. Whether something is an item of a list, or a part of a text, "in" tells, with the list or the text at the right. Found are constant operators whose left side is a constant list or text, or is declared as one.',
  bad: { title: 'Tags have no key "urgent"', document: asking({ from: '/inputs/tags' }, 'has', 'urgent') },
  good: { title: 'Is "urgent" one of the tags?', document: asking('urgent', 'in', { from: '/inputs/tags' }) },
  check: (file, report) => {
    for (const flow of file.flows) {
      for (const card of flow.cards) {
        const compares = card.type?.traits?.compares;
        if (compares === undefined) continue;
        for (const left of card.bindings.filter(({ name }) => name === compares.left)) {
          const operator = card.bindings.find((site) => site.name === compares.operator && isBeside(site, left));
          const asked = operator && literalOf(operator);
          if (asked !== 'has' && asked !== "doesn't have") continue;
          const what = shapeOf(left, card);
          if (what === null) continue;
          report(card, {
            pointer: sourcePointer(left),
            message: `${quoted(asked)} asks for a key, and a ${what} has none.`,
            hint: `Write what is looked for at the left, "${asked === 'has' ? 'in' : 'not in'}", and the ${what} at the right.`,
          });
        }
      }
    }
  },
};

/** Whether both belong to the card itself, or to the same of its blocks. */
function isBeside(one: BindingSite, other: BindingSite): boolean {
  const holder = ({ pointer, name }: BindingSite) => pointer.slice(0, -name.length);
  return one.part === other.part && holder(one) === holder(other);
}

/** What the value is known to be, where it is no object. */
function shapeOf({ binding, references }: BindingSite, card: CardSite): 'list' | 'text' | null {
  if (typeof binding === 'string') return 'text';
  if (typeof binding === 'object' && binding !== null && 'value' in binding) {
    if (Array.isArray(binding.value)) return 'list';
    return typeof binding.value === 'string' ? 'text' : null;
  }
  const { root, path } = soleReference(binding, references) ?? { root: '', path: null };
  const [name, ...more] = path ?? [];
  if (name === undefined || more.length > 0) return null;
  const field = fieldsOf(root, card).find((each) => fieldName(each) === name);
  if (field?.list === true) return 'list';
  return field?.type === 'text' ? 'text' : null;
}

/** The fields among which a reference of a card finds what it reads. */
function fieldsOf(root: string, { flow }: CardSite) {
  if (root === 'inputs') return flow.flow.inputs ?? [];
  const source = flow.cardById.get(root);
  // What comes as it comes may be anything, whatever is declared.
  if (source === undefined || source.type?.traits?.givesAsItComes === true) return [];
  return [...(source.node.outputs ?? []), ...(source.type?.outputs ?? [])];
}

/** The flow of the examples. */
function asking(left: Side, operator: string, right: Side): FlowFile {
  return {
    flowdeck: 1,
    id: 'sort',
    type: 'helper',
    inputs: [{ key: 'tags', type: 'text', list: true }],
    cards: [
      { id: 'urgent', card: 'boolean.compare', in: { left, operator, right } },
      { card: 'flow.return', in: { urgent: { from: '/urgent/result' } } },
    ],
  };
}

type Side = NonNullable<CardNode['in']>[string];
