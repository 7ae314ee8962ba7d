/** The Twilio Messaging connector: it stands in the directory of this package, as `connector.json` and flow files. */
import { connectorPack } from '@flowdeck/connect/node';
import { isTwilioSigned } from './signature.js';

/**
 * The pack: the cards of Twilio, such as `twilio.sendMessage`, `twilio.startVerification` and `twilio.customApiAction`, and the
 * connector behind them.
 *
 * @throws DocumentError, when the module is loaded, if files of the package were changed and are faulty now.
 * @example
 * const engine = createEngine({ packs: [standard, twilio], ports: { http: httpPort(), connections } });
 */
export const twilio = connectorPack(new URL('..', import.meta.url), '@flowdeck/connector-twilio', {
  'twilio.signature': isTwilioSigned,
});

export { isTwilioSigned };

export default twilio;
