/** List cards. */
import type { CardType } from '@flowdeck/engine';
import { at } from './at.js';
import { construct } from './construct.js';
import { filter } from './filter.js';
import { filterCustom } from './filter-custom.js';
import { find } from './find.js';
import { forEach } from './for-each.js';
import { forEachIgnoreErrors } from './for-each-ignore-errors.js';
import { length } from './length.js';
import { map } from './map.js';
import { pluck } from './pluck.js';
import { reduce } from './reduce.js';

export const list: readonly CardType[] = [
  at,
  construct,
  filter,
  filterCustom,
  find,
  forEach,
  forEachIgnoreErrors,
  length,
  map,
  pluck,
  reduce,
];
