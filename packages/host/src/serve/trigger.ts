/** What starts runs. */

/** What started a run. */
export type Trigger = (typeof TRIGGERS)[number];

const TRIGGERS = ['api', 'schedule', 'event', 'delegated', 'hand'] as const;

export function isTrigger(value: unknown): value is Trigger {
  return TRIGGERS.some((trigger) => trigger === value);
}
