/** Text cards. */
import type { CardType } from '@flowdeck/engine';
import { at } from './at.js';
import { base64Decode } from './base64-decode.js';
import { base64Encode } from './base64-encode.js';
import { compose } from './compose.js';
import { concatenate } from './concatenate.js';
import { segment } from './segment.js';

export const text: readonly CardType[] = [at, base64Decode, base64Encode, compose, concatenate, segment];
