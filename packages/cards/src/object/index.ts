/** Object cards. */
import type { CardType } from '@flowdeck/engine';
import { clearEmpty } from './clear-empty.js';
import { collapse } from './collapse.js';
import { construct } from './construct.js';
import { filter } from './filter.js';
import { forEach } from './for-each.js';
import { get } from './get.js';
import { getMultiple } from './get-multiple.js';
import { keys } from './keys.js';
import { map } from './map.js';
import { mapToList } from './map-to-list.js';
import { merge } from './merge.js';
import { move } from './move.js';
import { set } from './set.js';
import { size } from './size.js';
import { split } from './split.js';
import { unset } from './unset.js';
import { unzip } from './unzip.js';
import { values } from './values.js';
import { zip } from './zip.js';

export const object: readonly CardType[] = [
  clearEmpty,
  collapse,
  construct,
  filter,
  forEach,
  get,
  getMultiple,
  keys,
  map,
  mapToList,
  merge,
  move,
  set,
  size,
  split,
  unset,
  unzip,
  values,
  zip,
];
