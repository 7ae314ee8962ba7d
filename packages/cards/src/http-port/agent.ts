/** The agent of the port. A module of its own, to be loaded late with undici, which bundlers give names of to static imports only. */
import { Agent, buildConnector } from 'undici';
import { guardedConnector } from './connect.js';
import type { Settings } from './options.js';

export function guardedAgent(settings: Settings): Agent {
  return new Agent({
    connect: guardedConnector(buildConnector, settings),
    connections: settings.maxConcurrent,
    // The deadline of the exchange is the one clock.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
}
