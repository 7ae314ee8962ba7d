/** Checks that what starts a flow fits its type, and is whole. */
import type { Diagnostics } from './diagnostics.js';
import { isObject } from './members.js';

/** Which type of flow has which of them. */
const TYPE_OF = { schedule: 'schedule', access: 'api', event: 'event' } as const;

/** Reports `misplaced-trigger` and `access-incomplete`. The flow may have any shape. */
export function checkTriggers(
  flow: Readonly<Record<string, unknown>>,
  pointer: string,
  diagnostics: Diagnostics,
): void {
  for (const [part, type] of Object.entries(TYPE_OF)) {
    if (flow[part] === undefined || flow['type'] === type) continue;
    diagnostics.add({
      code: 'misplaced-trigger',
      pointer: `${pointer}/${part}`,
      message: `Only a flow of type "${type}" has "${part}".`,
      hint: `Remove it, or set "type": "${type}".`,
    });
  }
  if (isObject(flow['access'])) checkAccess(flow['access'], `${pointer}/access`, diagnostics);
  if (isObject(flow['event'])) checkEvent(flow['event'], `${pointer}/event`, diagnostics);
}

const OF_OAUTH = ['issuer', 'audience', 'jwksUri', 'scopes'] as const;

function checkAccess(access: Readonly<Record<string, unknown>>, pointer: string, diagnostics: Diagnostics): void {
  if (access['by'] !== 'oauth') {
    for (const key of OF_OAUTH) {
      if (access[key] === undefined) continue;
      diagnostics.add({
        code: 'misplaced-trigger',
        pointer: `${pointer}/${key}`,
        message: `Only access by "oauth" has "${key}".`,
        hint: 'Remove it, or set "by": "oauth".',
      });
    }
    return;
  }
  for (const key of ['issuer', 'audience']) {
    if (access[key] !== undefined) continue;
    diagnostics.add({
      code: 'access-incomplete',
      pointer,
      message: `Access by "oauth" needs "${key}".`,
      hint: 'Say whose tokens are taken: "issuer" is their "iss", "audience" their "aud".',
    });
  }
  for (const key of ['issuer', 'jwksUri']) {
    const url = access[key];
    if (typeof url !== 'string' || /^https?:\/\/[^/]/i.test(url)) continue;
    diagnostics.add({
      code: 'access-incomplete',
      pointer: `${pointer}/${key}`,
      message: `${JSON.stringify(url)} is no URL of an authorization server.`,
      hint: 'Write it whole, such as "https://login.example.com/".',
    });
  }
}

const OF_CONNECTORS = ['connection', 'options', 'everySeconds'] as const;

function checkEvent(event: Readonly<Record<string, unknown>>, pointer: string, diagnostics: Diagnostics): void {
  if (event['connector'] !== undefined) return;
  for (const key of OF_CONNECTORS) {
    if (event[key] === undefined) continue;
    diagnostics.add({
      code: 'misplaced-trigger',
      pointer: `${pointer}/${key}`,
      message: `Only an event of a connector has "${key}".`,
      hint: 'Remove it, or name the "connector".',
    });
  }
}
