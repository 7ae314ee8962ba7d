/** True/false cards. */
import type { CardType } from '@flowdeck/engine';
import { and } from './and.js';
import { compare } from './compare.js';
import { booleanExpression } from './expression.js';
import { nand } from './nand.js';
import { nor } from './nor.js';
import { not } from './not.js';
import { or } from './or.js';
import { xnor } from './xnor.js';
import { booleanXor } from './xor.js';

export const boolean: readonly CardType[] = [and, compare, booleanExpression, nand, nor, not, or, xnor, booleanXor];
