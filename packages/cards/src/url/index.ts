/** URL cards. */
import type { CardType } from '@flowdeck/engine';
import { decodeComponent } from './decode-component.js';
import { encodeComponent } from './encode-component.js';

export const url: readonly CardType[] = [decodeComponent, encodeComponent];
