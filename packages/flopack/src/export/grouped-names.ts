/** Which author-named inputs of a card stand in groups: who declares them says so, not the card. */
import type { CardType } from '@flowdeck/engine';
import { type Binding, type CardNode, fieldName } from '@flowdeck/engine/kit';
import type { Lane } from './draft.js';

/** Names of author-named inputs that begin with a group: what a Return gives, and what the called flow asks for. */
export function groupedNames({ flow }: Lane, node: CardNode, type: CardType | undefined): ReadonlySet<string> {
  const called = Object.values(node.in ?? {}).find((binding) => isFlowBinding(binding));
  const declared =
    type?.traits?.leaves === 'always'
      ? flow.outputs
      : (flow.draft.document.flows.find(({ id }) => isFlowBinding(called) && id === called.flow)?.inputs ?? []);
  return new Set(declared.filter(({ group }) => group !== undefined).map(fieldName));
}

function isFlowBinding(binding: Binding | undefined): binding is { readonly flow: string } {
  return typeof binding === 'object' && binding !== null && 'flow' in binding;
}
