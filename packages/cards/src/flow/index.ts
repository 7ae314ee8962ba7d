/** Flow cards: results, errors, calls and answers. */
import type { CardType } from '@flowdeck/engine';
import { call } from './call.js';
import { callAsync } from './call-async.js';
import { close } from './close.js';
import { exportFlow } from './export-flow.js';
import { exportFolder } from './export-folder.js';
import { returnResult } from './return.js';
import { returnError } from './return-error.js';
import { returnErrorIf } from './return-error-if.js';
import { returnRaw } from './return-raw.js';

export const flow: readonly CardType[] = [
  call,
  callAsync,
  close,
  exportFlow,
  exportFolder,
  returnResult,
  returnError,
  returnErrorIf,
  returnRaw,
];
