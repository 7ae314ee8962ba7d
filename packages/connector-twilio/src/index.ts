/** The Twilio Messaging connector: a manifest and flows, put together. */
import { definePack } from '@flowdeck/engine';
import connector from './connector.json' with { type: 'json' };
import authping from './flows/authping.flow.json' with { type: 'json' };
import checkRelativeUrl from './flows/check-relative-url.flow.json' with { type: 'json' };
import customApiAction from './flows/custom-api-action.flow.json' with { type: 'json' };
import httpHelper from './flows/http-helper.flow.json' with { type: 'json' };
import sendMessage from './flows/send-message.flow.json' with { type: 'json' };

const files = [httpHelper, checkRelativeUrl, authping, customApiAction, sendMessage];

/** The connector as one document, as `flowdeck` files hold it. */
export const twilioDeck = {
  flowdeck: 1,
  name: 'Twilio',
  connector,
  flows: files.map(({ flowdeck: _, ...flow }) => flow),
} as const;

/**
 * The pack: cards `twilio.sendMessage` and `twilio.customApiAction`, and the connector behind them.
 *
 * @example
 * const engine = createEngine({ packs: [standard, twilio], ports: { http: httpPort(), connections } });
 */
export const twilio = definePack({
  name: '@flowdeck/connector-twilio',
  namespace: 'twilio',
  version: connector.version,
  connectors: [twilioDeck],
});

export default twilio;
