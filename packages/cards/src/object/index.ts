/** Object cards. */
import type { CardType } from '@flowdeck/engine';
import { clearEmpty } from './clear-empty.js';
import { objectCollapse } from './collapse.js';
import { objectConstruct } from './construct.js';
import { objectFilter } from './filter.js';
import { objectForEach } from './for-each.js';
import { objectGet } from './get.js';
import { getMultiple } from './get-multiple.js';
import { keys } from './keys.js';
import { objectMap } from './map.js';
import { mapToList } from './map-to-list.js';
import { objectMerge } from './merge.js';
import { objectMove } from './move.js';
import { set } from './set.js';
import { size } from './size.js';
import { objectSplit } from './split.js';
import { unset } from './unset.js';
import { unzip } from './unzip.js';
import { values } from './values.js';
import { objectZip } from './zip.js';

export const object: readonly CardType[] = [
  clearEmpty,
  objectCollapse,
  objectConstruct,
  objectFilter,
  objectForEach,
  objectGet,
  getMultiple,
  keys,
  objectMap,
  mapToList,
  objectMerge,
  objectMove,
  set,
  size,
  objectSplit,
  unset,
  unzip,
  values,
  objectZip,
];
