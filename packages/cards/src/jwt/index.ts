/** JWT cards. */
import type { CardType } from '@flowdeck/engine';
import { decode } from './decode.js';
import { sign } from './sign.js';
import { verify } from './verify.js';

export const jwt: readonly CardType[] = [decode, sign, verify];
