/** All rules, in the order in which the documentation lists them. */
import type { Rule } from '../types.js';
import { actionForRequest } from './action-for-request.js';
import { anyRow } from './any-row.js';
import { deprecatedCard } from './deprecated-card.js';
import { foreignFormat } from './foreign-format.js';
import { keyOfList } from './key-of-list.js';
import { literalSecret } from './literal-secret.js';
import { missingAuthping } from './missing-authping.js';
import { neverProduced } from './never-produced.js';
import { relativeUrl } from './relative-url.js';
import { unboundedRecursion } from './unbounded-recursion.js';
import { unencodedForm } from './unencoded-form.js';
import { unhandledHttp } from './unhandled-http.js';
import { unknownCard } from './unknown-card.js';
import { unknownResult } from './unknown-result.js';
import { unknownRule } from './unknown-rule.js';
import { unknownZone } from './unknown-zone.js';
import { unreachableCard } from './unreachable-card.js';
import { unusedAssign } from './unused-assign.js';
import { unusedValue } from './unused-value.js';

export const rules: readonly Rule[] = [
  neverProduced,
  unreachableCard,
  unknownResult,
  unusedAssign,
  unhandledHttp,
  literalSecret,
  unboundedRecursion,
  unknownCard,
  deprecatedCard,
  unencodedForm,
  relativeUrl,
  missingAuthping,
  foreignFormat,
  unknownZone,
  unusedValue,
  anyRow,
  keyOfList,
  actionForRequest,
  unknownRule,
];
