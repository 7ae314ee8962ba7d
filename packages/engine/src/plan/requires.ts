/** Holds the packs that a document pins against those that are loaded. */
import type { Registry } from '../cards/index.js';
import type { FlowFile } from '../document/types.js';
import type { PlanDiagnostics } from './plan-diagnostics.js';
import { Spot } from './spot.js';
import { satisfies } from './version.js';

/** Reports `missing-pack` and `pack-version`. */
export function checkRequires(document: FlowFile, registry: Registry, report: PlanDiagnostics): void {
  for (const [namespace, range] of Object.entries(('requires' in document ? document.requires : undefined) ?? {})) {
    const spot = Spot.root().at('requires').at(namespace);
    const version = registry.version(namespace);
    if (version === undefined) {
      report.add(
        'error',
        'missing-pack',
        spot,
        `No loaded pack brings "${namespace}".`,
        'Load the pack, or correct the name.',
      );
    } else if (!satisfies(version, range)) {
      report.add(
        'error',
        'pack-version',
        spot,
        `"${namespace}" is loaded in version ${version}, and the document asks for ${range}.`,
        'Install a version in that range.',
      );
    }
  }
}
