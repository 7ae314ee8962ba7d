/** Number cards. */
import type { CardType } from '@flowdeck/engine';
import { absoluteValue } from './absolute-value.js';
import { numberAdd } from './add.js';
import { divide } from './divide.js';
import { exponent } from './exponent.js';
import { factorial } from './factorial.js';
import { formula } from './formula.js';
import { increment } from './increment.js';
import { larger } from './larger.js';
import { log } from './log.js';
import { multiply } from './multiply.js';
import { percentage } from './percentage.js';
import { power } from './power.js';
import { randomInteger } from './random-integer.js';
import { remainder } from './remainder.js';
import { round } from './round.js';
import { roundDecimalPlaces } from './round-decimal-places.js';
import { roundDown } from './round-down.js';
import { roundUp } from './round-up.js';
import { numberSign } from './sign.js';
import { smaller } from './smaller.js';
import { squareRoot } from './square-root.js';
import { numberSubtract } from './subtract.js';

export const number: readonly CardType[] = [
  absoluteValue,
  numberAdd,
  divide,
  exponent,
  factorial,
  formula,
  increment,
  larger,
  log,
  multiply,
  percentage,
  power,
  randomInteger,
  remainder,
  roundDecimalPlaces,
  roundDown,
  roundUp,
  round,
  numberSign,
  smaller,
  squareRoot,
  numberSubtract,
];
