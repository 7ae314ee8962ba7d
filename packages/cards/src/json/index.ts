/** JSON cards. */
import type { CardType } from '@flowdeck/engine';
import { parse } from './parse.js';
import { stringify } from './stringify.js';

export const json: readonly CardType[] = [parse, stringify];
