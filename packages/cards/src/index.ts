/** The standard card library. */
import type { CardType } from '@flowdeck/engine';
import { boolean } from './boolean/index.js';
import { control } from './control/index.js';
import { date } from './date/index.js';
import { encryption } from './encryption/index.js';
import { error } from './error/index.js';
import { expression } from './expression/index.js';
import { files } from './files/index.js';
import { flow } from './flow/index.js';
import { http } from './http/index.js';
import { json } from './json/index.js';
import { jwt } from './jwt/index.js';
import { list } from './list/index.js';
import { number } from './number/index.js';
import { object } from './object/index.js';
import { packOf } from './pack.js';
import { tables } from './tables/index.js';
import { text } from './text/index.js';
import { url } from './url/index.js';
import { xml } from './xml/index.js';

/**
 * The card types of the standard library by module; the module is the namespace of their ids.
 *
 * @example
 * const compose = cards.text.find((card) => card.id === 'text.compose');
 */
export const cards = {
  boolean,
  control,
  date,
  encryption,
  error,
  expression,
  files,
  flow,
  http,
  json,
  jwt,
  list,
  number,
  object,
  tables,
  text,
  url,
  xml,
} as const satisfies Readonly<Record<string, readonly CardType[]>>;

/**
 * The standard card library as a pack.
 *
 * @example
 * const engine = createEngine({ packs: [standard] });
 */
export const standard = packOf(Object.keys(cards), Object.values(cards).flat());

export type { CardsCode } from './codes.js';

export default standard;
