/** Whether a message may go to its recipient. */

import { parseAddress } from '../addresses.js';
import { MAGIC_TO } from '../magic.js';
import { Refusal } from '../wire/errors.js';
import type { Call } from '../world.js';
import type { Sender } from './sender.js';

/**
 * Checks the recipient against the magic numbers, the opt-outs and the limits of a trial account.
 *
 * @throws Refusal 21612, 21408, 21614 (magic), 21610 (opted out), 21608 (trial, not verified)
 */
export function checkRecipient(call: Call, toText: string, sender: Sender): void {
  const to = parseAddress(toText).id;
  const magic = MAGIC_TO[to];
  if (magic !== undefined) throw new Refusal(magic, { to, from: sender.from ?? '' });
  if (call.principal.kind === 'test') return;
  const { optOuts, setup } = call.account;
  if (optOuts.has(`*|${toText}`) || optOuts.has(`${sender.from}|${toText}`)) throw new Refusal(21610);
  if (setup.type === 'Trial' && !setup.verified?.includes(to)) throw new Refusal(21608, { to });
}
