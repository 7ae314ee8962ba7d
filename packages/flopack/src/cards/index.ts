/** The mappings of foreign cards to ours, a table a module. */
import type { CardMapping } from '../import/mapping.js';
import control from './control.json' with { type: 'json' };
import filefunctions from './filefunctions.json' with { type: 'json' };
import http from './http.json' with { type: 'json' };
import stash from './stash.json' with { type: 'json' };

export type CardTable = Readonly<Record<string, CardMapping>>;

export const CARD_TABLES: readonly CardTable[] = [control, filefunctions, http, stash];
