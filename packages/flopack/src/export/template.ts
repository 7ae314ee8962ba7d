/** Templates: theirs names every value in three braces, and has exactly the inputs that it names. */
import type { CardNode } from '@flowdeck/engine/kit';
import type { CardLink } from '../import/draft.js';

const OUR_PLACEHOLDER = /\{\{\{([^{}]+)\}\}\}|\{\{([^{}]+)\}\}/g;

/** Names that a template of ours takes from its inputs. */
export function placeholders(template: unknown, node: CardNode): ReadonlySet<string> {
  const names = new Set<string>();
  if (typeof template !== 'string') return names;
  for (const [, triple, double] of template.matchAll(OUR_PLACEHOLDER)) {
    const name = triple ?? double ?? '';
    if (Object.hasOwn(node.in ?? {}, name)) names.add(name);
  }
  return names;
}

/** Our template as theirs; names without an input give nothing, as they do when a flow runs. */
export function foreignTemplate(template: string, node: CardNode, link: CardLink | null): string {
  return template.replace(OUR_PLACEHOLDER, (whole, triple: string | undefined, double: string | undefined) => {
    const name = triple ?? double ?? '';
    if (Object.hasOwn(node.in ?? {}, name)) return `{{{${link?.inputs.get(name)?.key ?? name}}}}`;
    return triple === undefined ? whole : '';
  });
}
