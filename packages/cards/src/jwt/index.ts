/** JWT cards. */
import type { CardType } from '@flowdeck/engine';
import { jwtDecode } from './decode.js';
import { jwtSign } from './sign.js';
import { verify } from './verify.js';

export const jwt: readonly CardType[] = [jwtDecode, jwtSign, verify];
