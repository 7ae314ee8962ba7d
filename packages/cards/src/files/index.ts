/** File cards. */
import type { CardType } from '@flowdeck/engine';
import { download } from './download.js';
import { info } from './info.js';

export const files: readonly CardType[] = [download, info];
