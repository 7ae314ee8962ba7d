/** What event flows tell those who watch their host. */
import type { KeptEvent } from '../events/types.js';
import type { NoticeLevel } from '../notices/types.js';
import type { Watch } from '../notices/watch.js';
import type { WebhookInfo } from '../webhook/webhooks.js';

export function eventNotices(watch: Pick<Watch, 'tell'>) {
  return {
    /** An event waits for its owner. */
    parked({ flow, id: delivery, runId: run }: KeptEvent, reason: string): void {
      watch.tell('warn', { what: 'parked', flow, delivery, run, reason });
    },
    /** A registration has come to another place in its life, or failed to. */
    stepped(flow: string, phase: WebhookInfo['phase'], reason: string | null): void {
      watch.tell(reason === null ? 'info' : 'warn', { what: 'webhook', flow, phase, reason });
    },
    /** A poll has taken a turn. */
    turned(flow: string, items: number, reason: string | null): void {
      const outcome = reason === null ? 'done' : 'failed';
      watch.tell(levelOf(items, reason), { what: 'poll', flow, outcome, items, reason });
    },
  };
}

/** Turns that bring nothing are many. */
function levelOf(items: number, reason: string | null): NoticeLevel {
  if (reason !== null) return 'warn';
  return items > 0 ? 'info' : 'debug';
}
