/** Object cards. */
import type { CardType } from '@flowdeck/engine';
import { construct } from './construct.js';
import { get } from './get.js';
import { getMultiple } from './get-multiple.js';
import { mapToList } from './map-to-list.js';
import { merge } from './merge.js';
import { set } from './set.js';

export const object: readonly CardType[] = [construct, get, getMultiple, mapToList, merge, set];
