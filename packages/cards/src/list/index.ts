/** List cards. */
import type { CardType } from '@flowdeck/engine';
import { addToEnd } from './add-to-end.js';
import { addToFront } from './add-to-front.js';
import { listAt } from './at.js';
import { listCollapse } from './collapse.js';
import { combineAll } from './combine-all.js';
import { listConstruct } from './construct.js';
import { listDifference } from './difference.js';
import { listFilter } from './filter.js';
import { filterCustom } from './filter-custom.js';
import { listFind } from './find.js';
import { findCustom } from './find-custom.js';
import { flatten } from './flatten.js';
import { listForEach } from './for-each.js';
import { forEachIgnoreErrors } from './for-each-ignore-errors.js';
import { getFirstItem } from './get-first-item.js';
import { getLastItem } from './get-last-item.js';
import { groupBy } from './group-by.js';
import { includes } from './includes.js';
import { indexBy } from './index-by.js';
import { intersection } from './intersection.js';
import { listLength } from './length.js';
import { listMap } from './map.js';
import { listMerge } from './merge.js';
import { pluck } from './pluck.js';
import { reduce } from './reduce.js';
import { removeDuplicates } from './remove-duplicates.js';
import { reverse } from './reverse.js';
import { sample } from './sample.js';
import { slice } from './slice.js';
import { sort } from './sort.js';
import { sortCustom } from './sort-custom.js';
import { listSplit } from './split.js';
import { statistics } from './statistics.js';
import { sum } from './sum.js';
import { swap } from './swap.js';
import { listToText } from './to-text.js';
import { truncate } from './truncate.js';
import { union } from './union.js';
import { uniqueCustom } from './unique-custom.js';
import { listXor } from './xor.js';
import { listZip } from './zip.js';

export const list: readonly CardType[] = [
  addToEnd,
  addToFront,
  listAt,
  listCollapse,
  combineAll,
  listConstruct,
  listDifference,
  listFilter,
  filterCustom,
  listFind,
  findCustom,
  flatten,
  listForEach,
  forEachIgnoreErrors,
  getFirstItem,
  getLastItem,
  groupBy,
  includes,
  indexBy,
  intersection,
  listLength,
  listMap,
  listMerge,
  pluck,
  reduce,
  removeDuplicates,
  reverse,
  sample,
  slice,
  sort,
  sortCustom,
  listSplit,
  statistics,
  sum,
  swap,
  listToText,
  truncate,
  union,
  uniqueCustom,
  listXor,
  listZip,
];
