/** Holds what a flow of a connector reads of its connection against what the manifest declares. */
import { quoted } from '../document/members.js';
import type { PlanDiagnostics } from './plan-diagnostics.js';
import type { BlockScope } from './scope.js';
import type { Spot } from './spot.js';

/** A warning: a host may give credentials that the manifest does not name. */
export function checkConnectionName(
  name: string | undefined,
  scope: BlockScope,
  spot: Spot,
  report: PlanDiagnostics,
): void {
  const known = scope.flow.connectionNames;
  if (known === null || name === undefined || known.has(name)) return;
  const message = `The connector declares neither a credential nor a parameter ${quoted(name)}.`;
  const hint = report.suggest(name, known) ?? `Declared: ${[...known].join(', ') || 'none'}.`;
  report.add('warning', 'connection-name-unknown', spot, message, hint);
}
