/** Requests that actions of connectors stand for, as their manifests declare them. */
import type { ConnectorDocument } from '@flowdeck/engine/kit';

/** A request by hand, and the cards that would send it. */
export interface KnownRequest {
  /** Id of the card. */
  readonly card: string;
  readonly method: string;
  /** Fits the outline of a URL without its query. */
  readonly url: RegExp;
}

export function knownRequests(connectors: readonly ConnectorDocument[]): readonly KnownRequest[] {
  return connectors.flatMap(({ key, requests = [] }) =>
    requests.map(({ action, method, url }) => ({ card: `${key}.${action}`, method, url: patternOf(url) })),
  );
}

const HOLE = /\{[^{}]*\}/;

/** What stands for any text may be a value; what is written out has to be written out. */
function patternOf(url: string): RegExp {
  const parts = url.split(HOLE).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/?#]*')}$`, 'i');
}

/** The outline of a URL without its query and its fragment. */
export function withoutQuery(outline: string): string {
  return outline.replace(/[?#].*$/s, '');
}
