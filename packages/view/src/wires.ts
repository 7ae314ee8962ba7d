/**
 * Leads wires from card to card through the room around them: down from a foot, along below a line of cards, and up or down
 * between two neighbours. So no wire passes a card, its words, or the label of a block. Units are pixels.
 */
import { METRICS, type PlacedCard } from './layout.js';

/** Corner of a wire. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Cards that stand beside each other. */
interface Line {
  readonly cards: readonly PlacedCard[];
  readonly bottom: number;
  /** How much room is below it. */
  readonly room: number;
}

/** Where a card sits. */
interface Seat {
  readonly card: PlacedCard;
  /** All lines of its row. */
  readonly lines: readonly Line[];
  /** The number of its line among them. */
  readonly at: number;
  /** The seat of the card in whose block it stands. */
  readonly outer: Seat | null;
}

/** Wires of different cards keep apart by so many ways beside each other; then they share. */
const WAYS = 6;

/** The room for wires between the cards of one flow. */
export class Wiring {
  readonly #seats = new Map<string, Seat>();
  readonly #ways = new Map<string, number>();

  constructor(cards: readonly PlacedCard[]) {
    this.#sit(cards, null);
  }

  /** The corners of a wire that reads a card of the same row, or of a row around it. Empty: there is no such card. */
  route(from: string, to: string): readonly Point[] {
    const source = this.#seats.get(from);
    const target = this.#seats.get(to);
    if (source === undefined || target === undefined) return [];
    const seats = seatsFrom(source, target);
    const [first] = seats;
    if (first === undefined) return [];
    return cornersOf({ source, first, seats, way: this.#wayOf(from) });
  }

  #sit(cards: readonly PlacedCard[], outer: Seat | null): void {
    const lines = linesIn(cards);
    lines.forEach((line, at) => {
      for (const card of line.cards) {
        const seat = { card, lines, at, outer };
        this.#seats.set(card.card.key, seat);
        for (const block of card.blocks) this.#sit(block.cards, seat);
      }
    });
  }

  /** All wires of one card go the same way, as far as they go together. */
  #wayOf(key: string): number {
    const known = this.#ways.get(key);
    if (known !== undefined) return known;
    const way = this.#ways.size % WAYS;
    this.#ways.set(key, way);
    return way;
  }
}

/** From the card in the row of `source` in whose blocks `target` stands, down to `target` itself; empty when none is. */
function seatsFrom({ lines }: Seat, target: Seat): readonly Seat[] {
  const seats: Seat[] = [];
  for (let seat: Seat | null = target; seat !== null; seat = seat.outer) {
    seats.unshift(seat);
    if (seat.lines === lines) return seats;
  }
  return [];
}

function linesIn(cards: readonly PlacedCard[]): readonly Line[] {
  const rows: PlacedCard[][] = [];
  for (const card of cards) {
    const row = rows.at(-1);
    if (row?.[0]?.y === card.y) row.push(card);
    else rows.push([card]);
  }
  return rows.map((row, index) => ({
    cards: row,
    bottom: Math.max(...row.map(({ y, height }) => y + height)),
    room: index < rows.length - 1 ? METRICS.lineGap : METRICS.padding,
  }));
}

/** A wire to lead. */
interface Lead {
  readonly source: Seat;
  /** In the row of the source. */
  readonly first: Seat;
  /** From there to the target. */
  readonly seats: readonly Seat[];
  readonly way: number;
}

function cornersOf({ source, first, seats, way }: Lead): readonly Point[] {
  const { card, lines } = source;
  const corners: Point[] = [{ x: card.x + card.width * 0.75 + way * 3, y: card.y + card.height }];
  const go = (to: Partial<Point>) => {
    const last = corners.at(-1);
    if (last !== undefined) corners.push({ ...last, ...to });
  };
  const along = (line: Line) => go({ y: line.bottom + line.room * (0.12 + (0.76 * way) / (WAYS - 1)) });
  const end = (seat: Seat, y: number) => {
    go({ x: seat.card.x + seat.card.width * 0.2 + way * 5 });
    go({ y });
  };
  for (const line of lines.slice(source.at, source.at + 1))
    along(seats.length > 1 ? line : between(line, source, first));
  for (const line of lines.slice(source.at + 1, first.at)) {
    go({ x: gapIn(line, corners.at(-1)?.x ?? card.x, first.card.x, way) });
    along(line);
  }
  // From above it enters a card of another line at its top; what stands in blocks is reached between cards, from below.
  if (first.at > source.at && seats.length === 1) end(first, first.card.y);
  else {
    seats.forEach((seat, index) => {
      const inner = seats[index + 1];
      if (inner === undefined) end(seat, seat.card.y + seat.card.height);
      else {
        go({ x: gapBefore(seat, way) });
        for (const line of inner.lines.slice(inner.at, inner.at + 1)) along(line);
      }
    });
  }
  return corners;
}

/** Below the cards from one of a line to another of it: nearer than below the whole line. */
function between(line: Line, { card: from }: Seat, { card: to }: Seat): Line {
  if (from.y !== to.y) return line;
  const cards = line.cards.slice(line.cards.indexOf(from), line.cards.indexOf(to) + 1);
  const bottom = Math.max(...cards.map(({ y, height }) => y + height));
  return { cards, bottom, room: Math.min(METRICS.lineGap, line.bottom + line.room - bottom) };
}

/** Between a card and its neighbour to the left, or the edge. */
function gapBefore({ card, lines, at }: Seat, way: number): number {
  return card.x - (lines[at]?.cards[0] === card ? narrow(way) : wide(way));
}

/** The gap of a line through which the way from `now` to `goal` is shortest. */
function gapIn({ cards }: Line, now: number, goal: number, way: number): number {
  const last = cards.at(-1);
  const gaps = cards.map(({ x }, index) => x - (index === 0 ? narrow(way) : wide(way)));
  if (last !== undefined) gaps.push(last.x + last.width + narrow(way));
  const length = (x: number) => Math.abs(x - now) + Math.abs(goal - x);
  return gaps.reduce((best, x) => (length(x) < length(best) ? x : best), gaps[0] ?? now);
}

function narrow(way: number): number {
  return 2 + way * 1.4;
}

/** Off the head of the arrow that leads to the card. */
function wide(way: number): number {
  return METRICS.gap - 6 - way * 3.2;
}

/** The path of a wire, with round corners. */
export function pathThrough(points: readonly Point[]): string {
  const corners = points.filter(({ x, y }, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before === undefined || after === undefined) return true;
    return !((before.x === x && x === after.x) || (before.y === y && y === after.y));
  });
  return corners
    .map((corner, index) => {
      const [before, after] = [corners[index - 1], corners[index + 1]];
      if (before === undefined) return `M${cornerText(corner)}`;
      if (after === undefined) return `L${cornerText(corner)}`;
      return `L${cornerText(towards(corner, before))}Q${cornerText(corner)} ${cornerText(towards(corner, after))}`;
    })
    .join('');
}

/** How round a corner is, at most. */
const ROUND = 4;

function towards(from: Point, to: Point): Point {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const part = Math.min(ROUND, Math.hypot(dx, dy) / 2) / (Math.hypot(dx, dy) || 1);
  return { x: from.x + dx * part, y: from.y + dy * part };
}

function cornerText({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}
