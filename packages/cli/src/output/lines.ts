/** Writes a node of the tree as lines: the node first, what happened inside it below. */
import type { Palette } from './colour.js';
import { reasonText } from './run-error.js';
import { brief, count, duration, grouped, plain } from './text.js';
import type { TreeNode } from './tree-node.js';

export interface LineOptions {
  readonly palette: Palette;
  /** True: inputs and outputs of every card. */
  readonly data: boolean;
}

export function linesOf(node: TreeNode, options: LineOptions, depth = 1, caught = false): string[] {
  const margin = '  '.repeat(depth);
  const { palette, data } = options;
  const lines = [margin + headOf(node, palette, caught)];
  const inner = `${margin}  `;
  for (const note of node.notes) lines.push(palette.dim(`${inner}${plain(note)}`));
  if (data && node.kind === 'card') {
    if (node.inputs !== null) lines.push(palette.dim(`${inner}in  ${brief(node.inputs)}`));
    if (node.outputs !== null) lines.push(palette.dim(`${inner}out ${brief(node.outputs)}`));
  }
  let block: string | null = null;
  for (const child of node.children) {
    if (child.block !== block && child.block !== null) lines.push(palette.dim(`${inner}${plain(child.block)}:`));
    block = child.block;
    // What fails inside a card that does not fail was dealt with.
    const isCaught = child.status === 'error' && (caught || node.status === 'success' || node.status === 'stopped');
    lines.push(...linesOf(child, options, depth + (child.block === null ? 1 : 2), isCaught));
  }
  if (node.hidden > 0)
    lines.push(
      palette.dim(`${inner}… and ${count(node.hidden, node.children[0]?.kind === 'card' ? 'card' : 'call')} more`),
    );
  return lines;
}

function headOf(node: TreeNode, palette: Palette, caught: boolean): string {
  const name = node.kind === 'call' ? `→ ${plain(node.name)}` : plain(node.name);
  const parts = [`${cardMark(node, palette, caught)} ${name}`];
  if (node.type !== '') parts.push(palette.dim(node.type));
  if (node.progress) parts.push(progressText(node.progress));
  if (node.status !== 'running') parts.push(palette.dim(duration(node.durationMs)));
  // The innermost failing card tells the error; what is around it failed with it.
  const isInner = node.error !== null && !node.children.some((child) => child.status === 'error');
  if (node.error && isInner) {
    const text = `${reasonText(node.error)} [${node.error.code}]`;
    parts.push(caught ? palette.yellow(`${text} (caught)`) : palette.red(text));
  }
  return parts.join('  ');
}

function cardMark({ status }: TreeNode, palette: Palette, caught: boolean): string {
  if (status === 'success') return palette.green('✓');
  if (status === 'stopped') return palette.green('■');
  if (status === 'running') return palette.cyan('…');
  return caught ? palette.yellow('!') : palette.red('✗');
}

export function progressText({ done, total }: NonNullable<TreeNode['progress']>): string {
  const of = total === null ? '' : ` of ${grouped(total)}`;
  return `${grouped(done)}${of}`;
}
