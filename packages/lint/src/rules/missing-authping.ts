/** `lint-missing-authping`: nobody can find out whether a connection of the connector works. */
import { isDeck, pointerTo } from '@flowdeck/engine/kit';
import { Produced } from '../outputs.js';
import { quoted } from '../quoted.js';
import type { Rule } from '../types.js';

export const missingAuthping: Rule = {
  id: 'lint-missing-authping',
  severity: 'warning',
  title: 'A connector cannot test its connections',
  explanation:
    'A connector names a flow of the type "authping" that makes a harmless request and returns "working". Without it a wrong password shows at the first real use of the connection.',
  bad: {
    title: 'The manifest names no authping flow',
    document: {
      flowdeck: 1,
      flows: [{ id: 'get', type: 'action', cards: [{ card: 'flow.return', in: { done: true } }] }],
      connector: { key: 'acme', name: 'Acme', version: '1.0.0', auth: { type: 'basic' }, flows: { actions: ['get'] } },
    },
  },
  good: {
    title: 'It names one, which returns "working"',
    document: {
      flowdeck: 1,
      flows: [
        {
          id: 'ping',
          type: 'authping',
          outputs: [{ key: 'working', type: 'boolean' }],
          cards: [
            { id: 'get', card: 'http.get', in: { url: 'https://api.example.com/me' } },
            {
              id: 'ok',
              card: 'boolean.compare',
              in: { left: { from: '/get/statusCode' }, operator: '==', right: 200 },
            },
            { card: 'flow.return', in: { working: { from: '/ok/result' } } },
          ],
        },
        { id: 'get', type: 'action', cards: [{ card: 'flow.return', in: { done: true } }] },
      ],
      connector: {
        key: 'acme',
        name: 'Acme',
        version: '1.0.0',
        auth: { type: 'basic' },
        flows: { authping: 'ping', actions: ['get'] },
      },
    },
  },
  check: (file, report) => {
    if (!isDeck(file.document) || file.document.connector === undefined) return;
    const pointer = pointerTo('', 'connector', 'flows');
    const id = file.document.connector.flows.authping;
    if (id === undefined) {
      report(file, {
        pointer,
        message: 'The connector has no authping flow.',
        hint: 'Add a flow of the type "authping" that makes a harmless request and returns "working", and name it here.',
      });
      return;
    }
    const flow = file.flowById.get(id);
    const given = flow && new Produced().ofFlow(flow);
    if (flow === undefined || given == null || given.has('working')) return;
    report(flow, {
      message: `The authping flow ${quoted(id)} never returns "working".`,
      hint: 'Return "working": true when the request succeeded.',
    });
  },
};
