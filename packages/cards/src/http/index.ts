/** HTTP cards. Their ids begin with "http."; they reach the world through the HTTP port of the host. */
import type { CardType } from '@flowdeck/engine';
import { remove } from './delete.js';
import { httpGet } from './get.js';
import { patch } from './patch.js';
import { post } from './post.js';
import { put } from './put.js';
import { httpRaw } from './raw.js';

export const http: readonly CardType[] = [remove, httpGet, patch, post, put, httpRaw];
