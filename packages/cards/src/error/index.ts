/** Error cards. */
import type { CardType } from '@flowdeck/engine';
import { ifError } from './if-error.js';

export const error: readonly CardType[] = [ifError];
