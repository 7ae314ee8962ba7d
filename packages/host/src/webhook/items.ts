/** The items of a delivery that brings many. */
import type { JsonData } from '@flowdeck/engine';
import type { EventDelivery } from '@flowdeck/engine/kit';
import type { Delivery } from './delivery.js';
import { valueAt } from './parts.js';

/** Null: there is no list where the connector says that there is one. */
export function itemsOf({ path }: NonNullable<EventDelivery['items']>, delivery: Delivery): readonly JsonData[] | null {
  const found = path === undefined ? delivery.parsed : valueAt(delivery.parsed, path);
  return Array.isArray(found) ? found : null;
}
