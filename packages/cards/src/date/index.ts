/** Date & Time cards. */
import type { CardType } from '@flowdeck/engine';
import { add } from './add.js';
import { convert } from './convert.js';
import { difference } from './difference.js';
import { epoch } from './epoch.js';
import { fromText } from './from-text.js';
import { iso } from './iso.js';
import { now } from './now.js';
import { subtract } from './subtract.js';
import { toText } from './to-text.js';
import { unix } from './unix.js';

export const date: readonly CardType[] = [add, convert, difference, epoch, fromText, iso, now, subtract, toText, unix];
