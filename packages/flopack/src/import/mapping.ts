/** How the fields of a foreign card and of ours correspond. */
import type { CardAddress, CardType } from '@flowdeck/engine';
import { fieldName } from '@flowdeck/engine/kit';

export interface CardMapping {
  /** Our card type, such as `text.split`. */
  readonly card: string;
  /** Foreign input name (`key` or `group/key`) to ours. */
  readonly in: Readonly<Record<string, string>>;
  /** Further foreign names of inputs, which an export never writes; `*` stands for any group. */
  readonly also: Readonly<Record<string, string>>;
  /** The same for outputs; `group/*` stands for all of a group. */
  readonly out: Readonly<Record<string, string>>;
  /** Author-named inputs: all others, or those of one group. */
  readonly extra: boolean | { readonly group: string };
  /** The input that is a text with `{{{KEY}}}` for values of the others. */
  readonly template: string | null;
}

/** What an address says of its card, with all fields that have one name in both. */
export function mappingBy(address: CardAddress, card: CardType): CardMapping {
  const { in: inputs = {}, out: outputs = {}, also = {}, lacks = {}, extraGroup } = address;
  const { composes } = card.traits ?? {};
  const template = address.template ?? (composes === true ? undefined : composes);
  const named = allNames(inputs, card.inputs.map(fieldName), lacks.in);
  const text = Object.entries(named).find(([, ours]) => ours === template)?.[0];
  return {
    card: card.id,
    in: named,
    also,
    out: allNames(outputs, card.outputs.map(fieldName), lacks.out),
    extra: extraGroup == null ? extraGroup === undefined && card.extraInputs !== undefined : { group: extraGroup },
    template: text ?? null,
  };
}

/** In the order of the card, unless the address names all. */
function allNames(
  names: Readonly<Record<string, string>>,
  fields: readonly string[],
  lacking: readonly string[] = [],
): Readonly<Record<string, string>> {
  const named = Object.entries(names);
  const ours = fields.filter((name) => !lacking.includes(name));
  const isNamed = (name: string) => named.some(([, own]) => own === name);
  if (ours.every(isNamed)) return names;
  const declared = ours.flatMap((name) => (isNamed(name) ? named.filter(([, own]) => own === name) : [[name, name]]));
  return Object.fromEntries([...declared, ...named.filter(([, own]) => !fields.includes(own))]);
}

/** Our name of a foreign output, or the other way round when the entries are turned. */
export function mappedName(entries: Iterable<readonly [string, string]>, name: string): string | null {
  const slash = name.indexOf('/');
  const group = slash > 0 ? `${name.slice(0, slash)}/*` : null;
  for (const [from, to] of entries) {
    if (from === name) return to;
    if (from === group) return to.replace('*', () => name.slice(slash + 1));
  }
  return null;
}
