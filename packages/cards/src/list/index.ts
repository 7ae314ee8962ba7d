/** List cards. */
import type { CardType } from '@flowdeck/engine';
import { addToEnd } from './add-to-end.js';
import { addToFront } from './add-to-front.js';
import { at } from './at.js';
import { collapse } from './collapse.js';
import { combineAll } from './combine-all.js';
import { construct } from './construct.js';
import { difference } from './difference.js';
import { filter } from './filter.js';
import { filterCustom } from './filter-custom.js';
import { find } from './find.js';
import { findCustom } from './find-custom.js';
import { flatten } from './flatten.js';
import { forEach } from './for-each.js';
import { forEachIgnoreErrors } from './for-each-ignore-errors.js';
import { getFirstItem } from './get-first-item.js';
import { getLastItem } from './get-last-item.js';
import { groupBy } from './group-by.js';
import { includes } from './includes.js';
import { indexBy } from './index-by.js';
import { intersection } from './intersection.js';
import { length } from './length.js';
import { map } from './map.js';
import { merge } from './merge.js';
import { pluck } from './pluck.js';
import { reduce } from './reduce.js';
import { removeDuplicates } from './remove-duplicates.js';
import { reverse } from './reverse.js';
import { sample } from './sample.js';
import { slice } from './slice.js';
import { sort } from './sort.js';
import { sortCustom } from './sort-custom.js';
import { split } from './split.js';
import { statistics } from './statistics.js';
import { sum } from './sum.js';
import { swap } from './swap.js';
import { toText } from './to-text.js';
import { truncate } from './truncate.js';
import { union } from './union.js';
import { uniqueCustom } from './unique-custom.js';
import { xor } from './xor.js';
import { zip } from './zip.js';

export const list: readonly CardType[] = [
  addToEnd,
  addToFront,
  at,
  collapse,
  combineAll,
  construct,
  difference,
  filter,
  filterCustom,
  find,
  findCustom,
  flatten,
  forEach,
  forEachIgnoreErrors,
  getFirstItem,
  getLastItem,
  groupBy,
  includes,
  indexBy,
  intersection,
  length,
  map,
  merge,
  pluck,
  reduce,
  removeDuplicates,
  reverse,
  sample,
  slice,
  sort,
  sortCustom,
  split,
  statistics,
  sum,
  swap,
  toText,
  truncate,
  union,
  uniqueCustom,
  xor,
  zip,
];
