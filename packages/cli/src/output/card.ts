/** Explains one card in full. */
import type { CardTraits, ExtraInputs, Field, RegisteredCard, TypeRef } from '@flowdeck/engine';
import { fieldName, toData } from '@flowdeck/engine/kit';
import type { Palette } from './colour.js';

export function cardText({ card, pack, version }: RegisteredCard, palette: Palette): string {
  const { bold, dim, cyan } = palette;
  const sections = [
    [`${bold(cyan(card.id))}  ${card.title}  ${dim(`${card.kind}, ${pack} ${version}`)}`, '', card.description],
    cardSection(
      'Inputs',
      [...card.inputs.map((field) => fieldLine(field, palette)), ...extraInputs(card.extraInputs, palette)],
      palette,
    ),
    cardSection(
      'Outputs',
      [...card.outputs.map((field) => fieldLine(field, palette)), ...otherOutputs(card, palette)],
      palette,
    ),
    cardSection(
      'Blocks',
      Object.entries(card.blocks ?? {}).map(([name, block]) => {
        const required = `${block.required ? ', required' : ''}${block.always ? ', always run' : ''}`;
        const provides = block.provides ? `, provides ${block.provides.join(', ')}` : '';
        return descriptionLines(
          `${name === '*' ? '(any name)' : name}  ${dim(`${block.scope}${required}${provides}`)}`,
          block.description,
        );
      }),
      palette,
    ),
    cardSection('Traits', traitLines(card.traits), palette),
    cardSection(
      'Errors',
      Object.entries(card.errors ?? {}).map(([code, text]) => `${code}  ${text}`),
      palette,
    ),
    cardSection(
      'Examples',
      (card.examples ?? []).map((example) => {
        const title = example.title === undefined ? '' : `${dim(`# ${example.title}`)}\n    `;
        const out = example.out === undefined ? '' : `\n    → ${JSON.stringify(toData(example.out))}`;
        const error = example.error === undefined ? '' : `\n    → error ${example.error}`;
        return `${title}in ${JSON.stringify(toData(example.in))}${out}${error}`;
      }),
      palette,
    ),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function cardSection(title: string, lines: readonly string[], { bold }: Palette): string[] {
  return lines.length === 0 ? [] : [bold(title), ...lines.map((line) => `  ${line}`)];
}

function fieldLine(field: Field, { dim }: Palette): string {
  const notes = [
    typeText(field),
    field.required ? 'required' : '',
    field.default === undefined ? '' : `default ${JSON.stringify(toData(field.default))}`,
    field.choices === undefined
      ? ''
      : `one of ${field.choices.map((choice) => JSON.stringify(toData(choice))).join(', ')}`,
    field.secret ? 'secret' : '',
  ].filter((note) => note !== '');
  return descriptionLines(`${fieldName(field)}  ${dim(notes.join(', '))}`, field.description);
}

function extraInputs(extra: ExtraInputs | undefined, { dim }: Palette): string[] {
  if (!extra) return [];
  const name = extra.group === undefined ? '(any name)' : `${extra.group}/(any name)`;
  const forward =
    extra.forward === undefined ? '' : `, forwarded to "${extra.forward}"${extra.perItem ? ', per item' : ''}`;
  return [descriptionLines(`${name}  ${dim(`${typeText(extra)}${forward}`)}`, extra.description)];
}

function otherOutputs(card: RegisteredCard['card'], { dim }: Palette): string[] {
  const lines: string[] = [];
  if (card.extraOutputs) lines.push(`(any name)  ${dim(`${typeText(card.extraOutputs)}, as declared in "outputs"`)}`);
  if (card.mirror) lines.push(dim('the same names and values as the inputs'));
  if (card.outputsFromBlocks) lines.push(dim('those declared in "outputs"; the Return of a block gives them'));
  return lines;
}

function traitLines(traits: CardTraits = {}): string[] {
  return Object.entries(traits).map(([trait, value]) => {
    if (value === true) return trait;
    return `${trait}: ${typeof value === 'string' ? value : Object.values(value).join(', ')}`;
  });
}

function typeText({ type, list }: TypeRef): string {
  return list ? `list of ${type}` : type;
}

function descriptionLines(head: string, description: string | undefined): string {
  return description === undefined ? head : `${head}\n      ${description}`;
}
