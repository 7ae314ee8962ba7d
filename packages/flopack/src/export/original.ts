/** What of an import an export goes by. */
import type { ImportedFlow } from '../import/flow.js';
import type { RawPin } from '../read/index.js';

/** What every wire stands for in the document, as it was imported. */
export function routesOf(imported: ImportedFlow | null): ReadonlyMap<RawPin, string> {
  const routes = new Map<RawPin, string>();
  for (const [binding, [pin]] of imported?.draft.wires.routes ?? []) {
    if (pin && typeof binding === 'object' && binding !== null && 'from' in binding) routes.set(pin, binding.from);
  }
  return routes;
}
