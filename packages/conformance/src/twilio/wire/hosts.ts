/** Hosts of the service: which product, edge and region a Host header stands for. */

/** The products that are simulated, each with a host of its own: `messaging` is `messaging.twilio.com`. */
export const PRODUCTS = ['api', 'messaging', 'content', 'lookups', 'verify', 'events', 'iam'] as const;

export type Product = (typeof PRODUCTS)[number];

/** Where a request was sent to. */
export interface Site {
  /** Null: an address of this machine, under which all products stand together. */
  readonly product: Product | null;
  /** Null: an address of this machine, which is in every region. */
  readonly region: string | null;
  /** Where absolute links of the answer lead. */
  readonly origin: string;
}

const DOMAIN = '.twilio.com';
const DEFAULT_REGION = 'us1';

/**
 * Reads a Host header. `api.twilio.com` is in us1; `api.dublin.ie1.twilio.com` names edge and region. Undefined: a name
 * under `twilio.com` that is no host of a product, such as `api.ie1.twilio.com`, whose form ended in April 2026.
 */
export function siteOf(host: string): Site | undefined {
  const name = host.toLowerCase().replace(/:\d+$/, '');
  if (!name.endsWith(DOMAIN)) return { product: null, region: null, origin: `http://${host}` };
  const [label, edge, region, ...rest] = name.slice(0, -DOMAIN.length).split('.');
  const product = PRODUCTS.find((each) => each === label);
  if (!product || rest.length > 0 || (edge !== undefined && (!region || edge === ''))) return undefined;
  return { product, region: region ?? DEFAULT_REGION, origin: `https://${name}` };
}
