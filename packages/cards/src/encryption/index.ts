/** Encryption cards. */
import type { CardType } from '@flowdeck/engine';
import { aes } from './aes.js';
import { decrypt } from './decrypt.js';
import { encrypt } from './encrypt.js';
import { hash } from './hash.js';
import { hmac } from './hmac.js';
import { sha1 } from './sha1.js';
import { sha256 } from './sha256.js';
import { encryptionSign } from './sign.js';

export const encryption: readonly CardType[] = [aes, decrypt, encrypt, hash, hmac, sha1, sha256, encryptionSign];
