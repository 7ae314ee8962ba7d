/** Date & Time cards. */
import type { CardType } from '@flowdeck/engine';
import { dateAdd } from './add.js';
import { dateConvert } from './convert.js';
import { dateDifference } from './difference.js';
import { epoch } from './epoch.js';
import { fromText } from './from-text.js';
import { iso } from './iso.js';
import { now } from './now.js';
import { dateSubtract } from './subtract.js';
import { dateToText } from './to-text.js';
import { unix } from './unix.js';

export const date: readonly CardType[] = [
  dateAdd,
  dateConvert,
  dateDifference,
  epoch,
  fromText,
  iso,
  now,
  dateSubtract,
  dateToText,
  unix,
];
