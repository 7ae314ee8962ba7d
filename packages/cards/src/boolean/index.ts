/** True/false cards. */
import type { CardType } from '@flowdeck/engine';
import { and } from './and.js';
import { compare } from './compare.js';
import { not } from './not.js';
import { or } from './or.js';

export const boolean: readonly CardType[] = [and, compare, not, or];
