/** Flowdeck on Node, with its standard cards and its guarded way into the web. */
import { standard } from '@flowdeck/cards';
import { httpPort } from '@flowdeck/cards/http';
import type { HttpPort, Pack } from '@flowdeck/engine';
import type { Adapter } from '@flowdeck/testing';
import { adapterOf } from './adapter.js';
import { serveFlowdeck } from './host.js';

/** What the adapter of this engine is made of. */
export interface FlowdeckOptions {
  /** Beside the standard cards, which are always there. */
  readonly packs?: readonly Pack[];
  /** Stands in for the network. Default: the HTTP port of `@flowdeck/cards/http`, with the settings of the case. */
  readonly http?: HttpPort;
}

/**
 * Makes the adapter for Flowdeck with the given packs. Every run gets an engine of its own.
 *
 * @throws FlowdeckError what `createEngine` throws: packs that collide, a faulty connector.
 * @example
 * for await (const result of runCases(suite, flowdeckAdapter({ packs: [acme] }))) console.log(result.id, result.status);
 */
export function flowdeckAdapter(options: FlowdeckOptions = {}): Adapter {
  const packs = withStandard(options.packs ?? []);
  return {
    ...adapterOf(packs, httpPort, options.http),
    serve: (request) => serveFlowdeck(packs, httpPort, request),
  };
}

/** A test of the standard cards themselves brings them along. */
export function withStandard(packs: readonly Pack[]): readonly Pack[] {
  return packs.some((pack) => pack.name === standard.name) ? packs : [standard, ...packs];
}
