/** HTTP cards. Their ids begin with "http."; the folder "http" holds the port through which they reach the world. */
import type { CardType } from '@flowdeck/engine';
import { remove } from './delete.js';
import { get } from './get.js';
import { patch } from './patch.js';
import { post } from './post.js';
import { put } from './put.js';
import { raw } from './raw.js';

export const http: readonly CardType[] = [remove, get, patch, post, put, raw];
