/** How much Mermaid draws where nobody configured it, as on the pages of Git hosts: beyond it there is an error instead of a picture. */

const MOST_ARROWS = 500;
const MOST_OF_A_CHART = 50_000;

/**
 * Why a chart of `mermaid` is not drawn by those who read it, as a sentence. Null: it is drawn.
 *
 * @example
 * beyondMermaid(mermaid(graphs, { wires: true })); // 'Mermaid draws at most 500 arrows, and the picture has 612.'
 */
export function beyondMermaid(chart: string): string | null {
  // In labels there is no ">": it is written as a code.
  const arrows = chart.match(/^ {2}n\d+ -\.?->/gm)?.length ?? 0;
  if (arrows > MOST_ARROWS) return `Mermaid draws at most ${MOST_ARROWS} arrows, and the picture has ${arrows}.`;
  if (chart.length <= MOST_OF_A_CHART) return null;
  return `Mermaid reads at most ${MOST_OF_A_CHART} characters, and the picture has ${chart.length}.`;
}
