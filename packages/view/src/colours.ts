/** The colours of a picture, as attributes: a page that allows no style shows them too. Classes let a page change them. */
export const COLOURS = {
  text: '#1f2937',
  dim: '#566173',
  flow: { fill: '#f8fafc', stroke: '#cbd5e1' },
  card: { fill: '#ffffff', stroke: '#64748b' },
  note: { fill: '#fef9c3', stroke: '#ca8a04' },
  block: { fill: '#f1f5f9', stroke: '#94a3b8' },
  next: '#64748b',
  wire: '#2563eb',
  link: '#1d4ed8',
} as const;

/** The colour of a connector: the same in every picture, by its name. The name stands beside it: two may look alike. */
export function colourOf(connector: string): string {
  let sum = 0;
  for (const letter of connector) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  // By the golden angle, neighbours are far apart.
  return `hsl(${(sum * 137) % 360},55%,42%)`;
}
