/** XML cards. */
import type { CardType } from '@flowdeck/engine';
import { build } from './build.js';
import { xmlParse } from './parse.js';

export const xml: readonly CardType[] = [build, xmlParse];
