/** URL cards. */
import type { CardType } from '@flowdeck/engine';
import { decodeComponent } from './decode-component.js';
import { decodeQuery } from './decode-query.js';
import { encodeComponent } from './encode-component.js';
import { encodeQuery } from './encode-query.js';
import { format } from './format.js';
import { urlParse } from './parse.js';

export const url: readonly CardType[] = [decodeComponent, decodeQuery, encodeComponent, encodeQuery, format, urlParse];
