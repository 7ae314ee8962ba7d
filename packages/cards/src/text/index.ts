/** Text cards. */
import type { CardType } from '@flowdeck/engine';
import { textAt } from './at.js';
import { base64Decode } from './base64-decode.js';
import { base64Encode } from './base64-encode.js';
import { compose } from './compose.js';
import { concatenate } from './concatenate.js';
import { textFind } from './find.js';
import { findEmail } from './find-email.js';
import { findLast } from './find-last.js';
import { findPattern } from './find-pattern.js';
import { textLength } from './length.js';
import { random } from './random.js';
import { replace } from './replace.js';
import { replacePatterns } from './replace-patterns.js';
import { segment } from './segment.js';
import { textSplit } from './split.js';
import { toLowerCase } from './to-lower-case.js';
import { toUpperCase } from './to-upper-case.js';
import { trim } from './trim.js';
import { uniqueId } from './unique-id.js';

export const text: readonly CardType[] = [
  textAt,
  base64Decode,
  base64Encode,
  compose,
  concatenate,
  findEmail,
  findLast,
  findPattern,
  textFind,
  textLength,
  random,
  replacePatterns,
  replace,
  segment,
  textSplit,
  toLowerCase,
  toUpperCase,
  trim,
  uniqueId,
];
