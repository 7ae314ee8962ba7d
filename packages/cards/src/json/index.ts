/** JSON cards. */
import type { CardType } from '@flowdeck/engine';
import { jsonParse } from './parse.js';
import { stringify } from './stringify.js';

export const json: readonly CardType[] = [jsonParse, stringify];
