/** The mappings of foreign cards to ours, a table a module. */

import boolean from './boolean.json' with { type: 'json' };
import type { CardMapping } from './card-mapping.js';
import control from './control.json' with { type: 'json' };
import crypto from './crypto.json' with { type: 'json' };
import date from './date.json' with { type: 'json' };
import filefunctions from './filefunctions.json' with { type: 'json' };
import http from './http.json' with { type: 'json' };
import json from './json.json' with { type: 'json' };
import jwt from './jwt.json' with { type: 'json' };
import list from './list.json' with { type: 'json' };
import math from './math.json' with { type: 'json' };
import object from './object.json' with { type: 'json' };
import stash from './stash.json' with { type: 'json' };
import string from './string.json' with { type: 'json' };
import url from './url.json' with { type: 'json' };
import utility from './utility.json' with { type: 'json' };
import xml from './xml.json' with { type: 'json' };

export type CardTable = Readonly<Record<string, CardMapping>>;

export const CARD_TABLES: readonly CardTable[] = [
  boolean,
  control,
  crypto,
  date,
  filefunctions,
  http,
  json,
  jwt,
  list,
  math,
  object,
  stash,
  string,
  url,
  utility,
  xml,
];
