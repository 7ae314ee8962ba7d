/** A process of its own for the tests of connections: asks for one of them at once so often, and prints what it got. */
import { liveConnections } from '@flowdeck/connect';
import { HttpError, type HttpPort, systemClock } from '@flowdeck/engine';
import type { ConnectorDocument } from '@flowdeck/engine/kit';
import { openConnections } from '../src/connections/open.js';

const [dir = '', key = '', tokenUrl = '', count = '1'] = process.argv.slice(2);

const manifest: ConnectorDocument = {
  key: 'acme',
  name: 'Acme',
  version: '1.0.0',
  auth: { type: 'oauth2', oauth: { grant: 'authorizationCode', authorizeUrl: tokenUrl, tokenUrl } },
  flows: {},
};

/** The plainest port there is: the tests of the guarded one are elsewhere. */
const http: HttpPort = {
  async request({ method, url, headers, body }) {
    try {
      const response = await fetch(url, {
        method,
        headers: { ...headers },
        ...(body === undefined ? {} : { body: String(body) }),
      });
      const { status, statusText } = response;
      return { status, statusText, headers: {}, body: new Uint8Array(await response.arrayBuffer()), url };
    } catch (cause) {
      throw new HttpError<'http-network'>('http-network', 'No connection.', { cause });
    }
  },
};

const store = await openConnections({ dir, key });
const live = liveConnections({ store, http, clock: systemClock(), manifest: () => manifest });
const given = await Promise.all(Array.from({ length: Number(count) }, () => live.get('mine')));
console.log(JSON.stringify([...new Set(given.map((each) => each?.auth['access_token']))]));
