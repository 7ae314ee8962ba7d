/** Waiting for the signal by which a paused run goes on. */
import type { CardContext, Outputs } from '@flowdeck/engine';
import { isPlainObject } from '@flowdeck/engine/kit';

const THIRTY_DAYS = 30 * 86_400_000;

export const RESUME_ERRORS = { timeout: 'The run was not resumed within 30 days.' } as const;

/** The keys of what the signal brings. Only an object has keys to become outputs. */
export async function resumed(ctx: Pick<CardContext, 'waitFor'>): Promise<Outputs> {
  const payload = await ctx.waitFor('resume', THIRTY_DAYS);
  return isPlainObject(payload) ? payload : {};
}
