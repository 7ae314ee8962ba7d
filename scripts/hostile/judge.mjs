// What the figures of hostile flows come to. Pure: the same figures, the same judgement.

/** Milliseconds by which a run may outlive its wall time, beside the card that it is in the midst of. */
export const GRACE_MS = 50;
/** Milliseconds that this one card may take: an expression has a second of its own. */
export const CARD_MS = 1_000;

/** @returns why a host could not live with it, or null */
function faultOf({ lost, bare, overrunMs, slowest }) {
  if (lost !== null) return lost;
  if (bare !== null) return bare;
  if (overrunMs === null) return null;
  const card = slowest?.ms ?? 0;
  if (overrunMs > GRACE_MS + card) {
    const named = slowest === null ? '' : `; no card took longer than ${slowest.card}, ${ms(card)} ms`;
    return `outlives its limit by ${ms(overrunMs)} ms${named}`;
  }
  if (card > CARD_MS) return `one ${slowest.card} takes ${ms(card)} ms`;
  return null;
}

const ms = (number) => number.toFixed(1);

function spread(figures) {
  const late = figures.flatMap(({ overrunMs }) => overrunMs ?? []).sort((a, b) => a - b);
  const at = (part) => late[Math.min(late.length - 1, Math.floor(late.length * part))] ?? 0;
  return {
    flows: figures.length,
    late: late.length,
    ...{ p50: at(0.5), p99: at(0.99), most: at(1) },
    stallMs: Math.max(0, ...figures.map(({ heldMs }) => heldMs ?? 0)),
    peakMb: Math.max(0, ...figures.map(({ peakMb }) => peakMb ?? 0)),
  };
}

/** @param figures As `watchFlows` gives them. */
export function judge(figures) {
  const faults = figures.flatMap((figure) => {
    const why = faultOf(figure);
    return why === null ? [] : [{ index: figure.index, kind: figure.kind, why }];
  });
  const ended = figures.filter(({ lost }) => lost === null);
  const ends = {};
  for (const { status, limit } of ended) ends[limit ?? status] = (ends[limit ?? status] ?? 0) + 1;
  const cards = {};
  for (const { slowest } of ended) {
    if (slowest !== null) cards[slowest.card] = Math.max(cards[slowest.card] ?? 0, slowest.ms);
  }
  const kinds = [...new Set(figures.map(({ kind }) => kind))];
  return {
    faults,
    lost: figures.length - ended.length,
    all: spread(figures),
    kinds: Object.fromEntries(kinds.map((kind) => [kind, spread(figures.filter((each) => each.kind === kind))])),
    /** The longest of each card type among the runs that were late. */
    cards,
    ends,
  };
}

/** The judgement for people. */
export function describeJudgement({ faults, lost, all, kinds, cards, ends }) {
  const cells = (texts) => texts.map((text) => text.padStart(8)).join('');
  const line = (name, { flows, late, p50, p99, most, stallMs, peakMb }) =>
    name.padEnd(34) + cells([`${late}/${flows}`, ms(p50), ms(p99), ms(most), ms(stallMs), peakMb.toFixed(0)]);
  return [
    'past the wall time or the cancel, in ms'.padEnd(34) + cells(['late', 'p50', 'p99', 'most', 'stall', 'MB']),
    ...Object.entries(kinds).map(([kind, numbers]) => line(`  ${kind}`, numbers)),
    line('all', all),
    `ended by: ${Object.entries(ends)
      .map(([name, times]) => `${name} ${times}`)
      .join(', ')}`,
    ...Object.entries(cards)
      .sort(([, a], [, b]) => b - a)
      .map(([card, longest]) => `the longest ${card} of a run that was late: ${ms(longest)} ms`),
    ...faults.map(({ index, kind, why }) => `fault: flow ${index}, "${kind}": ${why}`),
    `${all.flows} hostile flows: ${lost} crashed or hung, ${faults.length} faults`,
  ].join('\n');
}
