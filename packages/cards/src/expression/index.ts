/** Expression cards. */
import type { CardType } from '@flowdeck/engine';
import { jsonata } from './jsonata.js';

export const expression: readonly CardType[] = [jsonata];
