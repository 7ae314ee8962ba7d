/** Control cards: branches, loops, waits. */
import type { CardType } from '@flowdeck/engine';
import { assign } from './assign.js';
import { assignIf } from './assign-if.js';
import { comment } from './comment.js';
import { continueIf } from './continue-if.js';
import { ifElse } from './if-else.js';
import { ifElseIf } from './if-else-if.js';
import { lookup } from './lookup.js';
import { paginate } from './paginate.js';
import { pause } from './pause.js';
import { pauseRaw } from './pause-raw.js';
import { controlRepeat } from './repeat.js';
import { waitFor } from './wait-for.js';
import { waitUntil } from './wait-until.js';

export const control: readonly CardType[] = [
  assign,
  assignIf,
  comment,
  continueIf,
  ifElse,
  ifElseIf,
  lookup,
  paginate,
  pause,
  pauseRaw,
  controlRepeat,
  waitFor,
  waitUntil,
];
