/** What an account has spent, told from the prices of its messages and calls. */

import type { Account } from '../accounts.js';

/** In US dollars. */
export function spentBy(account: Account): number {
  let spent = 0;
  for (const message of account.messages) spent += priceOf(message.price);
  for (const call of account.calls) spent += priceOf(call.price);
  return spent;
}

/** Prices are negative amounts as text. */
export function priceOf(price: string | null): number {
  return price === null ? 0 : -Number(price);
}
