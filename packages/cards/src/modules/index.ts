/** The standard card library in parts, for processes that live shortly: only what is asked for is loaded. */
import type { CardType, Pack } from '@flowdeck/engine';
import { packOf } from '../pack.js';

/** A module is the namespace of its cards. In the build each is a file of its own. */
const MODULES: Readonly<Record<string, () => Promise<readonly CardType[]>>> = {
  boolean: async () => (await import('../boolean/index.js')).boolean,
  control: async () => (await import('../control/index.js')).control,
  date: async () => (await import('../date/index.js')).date,
  encryption: async () => (await import('../encryption/index.js')).encryption,
  error: async () => (await import('../error/index.js')).error,
  expression: async () => (await import('../expression/index.js')).expression,
  files: async () => (await import('../files/index.js')).files,
  flow: async () => (await import('../flow/index.js')).flow,
  http: async () => (await import('../http/index.js')).http,
  json: async () => (await import('../json/index.js')).json,
  jwt: async () => (await import('../jwt/index.js')).jwt,
  list: async () => (await import('../list/index.js')).list,
  number: async () => (await import('../number/index.js')).number,
  object: async () => (await import('../object/index.js')).object,
  tables: async () => (await import('../tables/index.js')).tables,
  text: async () => (await import('../text/index.js')).text,
  url: async () => (await import('../url/index.js')).url,
  xml: async () => (await import('../xml/index.js')).xml,
};

/**
 * The standard card library with the modules that these cards are of, and no other: a process that runs one flow starts sooner. When a card is none
 * of the library it is given whole, so that whatever is said of that card is said in sight of all.
 *
 * @param ids Of the cards that documents use.
 * @example
 * const engine = createEngine({ packs: [await standardFor(['text.compose', 'flow.return'])] });
 */
export async function standardFor(ids: Iterable<string>): Promise<Pack> {
  const wanted = new Set(ids);
  const names = new Set([...wanted].map((id) => id.slice(0, id.indexOf('.'))));
  const loads = [...names].map((name) => (Object.hasOwn(MODULES, name) ? MODULES[name] : undefined));
  if (loads.includes(undefined)) return whole();
  const cards = (await Promise.all(loads.map((load) => load?.() ?? []))).flat();
  for (const { id } of cards) wanted.delete(id);
  if (wanted.size > 0) return whole();
  return packOf(Object.keys(MODULES), cards);
}

async function whole(): Promise<Pack> {
  return (await import('../index.js')).standard;
}
