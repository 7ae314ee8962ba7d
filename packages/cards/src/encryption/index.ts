/** Encryption cards. */
import type { CardType } from '@flowdeck/engine';
import { aes } from './aes.js';
import { decrypt } from './decrypt.js';
import { encrypt } from './encrypt.js';
import { hash } from './hash.js';
import { hmac } from './hmac.js';

export const encryption: readonly CardType[] = [aes, decrypt, encrypt, hash, hmac];
