/** What stands in a card, line by line: what it is called, what it is, what it compares, remarks, calls, how it went. */
import type { CardMark } from './marks.js';
import type { GraphCard } from './model.js';
import { type TextKind, wrapText } from './text.js';

/** One line of text in a card. */
export interface CardLine {
  /** What it says; the colours go by it. */
  readonly role: 'title' | 'type' | 'condition' | 'remark' | 'call' | 'mark';
  readonly text: string;
  /** Of a call: the id of the flow. */
  readonly flow: string | null;
}

/** How text of a role is set, and how many lines it may take. */
const SET: Readonly<Record<CardLine['role'], { readonly kind: TextKind; readonly most: number }>> = {
  title: { kind: 'title', most: 3 },
  type: { kind: 'small', most: 2 },
  condition: { kind: 'small', most: 6 },
  remark: { kind: 'small', most: 12 },
  call: { kind: 'small', most: 2 },
  mark: { kind: 'small', most: 2 },
};

export function kindOfLine({ role }: Pick<CardLine, 'role'>): TextKind {
  return SET[role].kind;
}

/** The lines of a card that is `room` pixels wide inside, from its title down. What the title says already is not said again. */
export function linesOf(card: GraphCard, room: number, mark: CardMark | undefined): readonly CardLine[] {
  const { title, condition, remark, calls } = card;
  const parts: readonly Omit<CardLine, 'flow'>[] = [
    { role: 'title', text: title },
    ...(remark === null && typeText(card) !== title ? [{ role: 'type', text: typeText(card) } as const] : []),
    ...(condition === null ? [] : [{ role: 'condition', text: condition } as const]),
    ...(remark === null ? [] : [{ role: 'remark', text: remark } as const]),
  ];
  return [
    ...parts.flatMap((part) => broken(part, null, room)),
    ...calls.flatMap((flow) => broken({ role: 'call', text: `→\u00a0${flow}` }, flow, room)),
    ...(mark === undefined ? [] : broken({ role: 'mark', text: mark.text }, null, room)),
  ];
}

/** The type of a card, with the connection that it uses. */
export function typeText({ card, connection }: GraphCard): string {
  return connection === null ? card : `${card} · ${connection}`;
}

function broken({ role, text }: Omit<CardLine, 'flow'>, flow: string | null, room: number): readonly CardLine[] {
  const { kind, most } = SET[role];
  return wrapText(text, kind, room, most).map((line) => ({ role, text: line, flow }));
}

/** What stands below the type of a card, whole. */
export function notesOf({ condition, remark, calls }: GraphCard): readonly string[] {
  return [...[condition, remark].filter((note) => note !== null), ...calls.map((flow) => `→ ${flow}`)];
}
